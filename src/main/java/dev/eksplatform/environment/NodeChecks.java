package dev.eksplatform.environment;

import dev.eksplatform.cluster.FargateProfileSpec;
import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.cluster.Placement;
import dev.eksplatform.cluster.PlacementGroupSpec;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.TagCheck;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether node groups and Fargate profiles fit to the account, the region, the network and the tags of an environment. */
record NodeChecks(EnvironmentSpec spec, Problems problems) {

    void check() {
        spec.nodeGroups().forEach((name, group) -> group(PropertyPath.of("nodeGroups", name), name, group));
        spec.fargate().forEach((name, profile) -> fargate(PropertyPath.of("fargate", name), profile));
    }

    private void group(PropertyPath where, String name, NodeGroupSpec group) {
        group.references().forEach(problem -> problems.add(problem.under(where)));
        policies(where, group.policies());
        group.roleArn().ifPresent(arn -> ofAccount(where.key("roleArn"), arn));
        group.disk().kmsKeyArn().ifPresent(arn -> regional(where.key("disk").key("kmsKeyArn"), arn));
        for (int i = 0; i < group.volumes().size(); i++) {
            PropertyPath volume = where.key("volumes").index(i);
            group.volumes().get(i).kmsKeyArn().ifPresent(arn -> regional(volume.key("kmsKeyArn"), arn));
        }
        group.capacityReservation()
                .flatMap(reservation -> reservation.resourceGroupArn())
                .ifPresent(arn -> regional(where.key("capacityReservation").key("resourceGroupArn"), arn));
        tags(where, group.tags());
        perZone(where, name, group);
        spread(where, group);
    }

    private void fargate(PropertyPath where, FargateProfileSpec profile) {
        profile.references().forEach(problem -> problems.add(problem.under(where)));
        policies(where, profile.policies());
        profile.roleArn().ifPresent(arn -> ofAccount(where.key("roleArn"), arn));
        tags(where, profile.tags());
    }

    private void policies(PropertyPath where, List<String> policies) {
        for (int i = 0; i < policies.size(); i++) {
            if (policies.get(i).startsWith("arn:")) {
                ofAccount(where.key("policies").index(i), policies.get(i));
            }
        }
    }

    /** A role and a customer managed policy belong to the account, an AWS managed policy to every account. */
    private void ofAccount(PropertyPath where, String arn) {
        parts(where, arn)
                .filter(part ->
                        !part[4].equals("aws") && !part[4].equals(spec.account().digits()))
                .ifPresent(part -> problems.add(
                        where,
                        "\"" + arn + "\" is of another account than "
                                + spec.account().digits(),
                        "create it in " + spec.account().digits()));
    }

    private void regional(PropertyPath where, String arn) {
        parts(where, arn)
                .filter(part -> !part[3].equals(spec.region()))
                .ifPresent(part -> problems.add(
                        where,
                        "\"" + arn + "\" is in " + part[3] + ", the nodes are in " + spec.region(),
                        "use one of " + spec.region()));
    }

    /** The six parts of an ARN; empty when it is not known, or of another partition, which is reported. */
    private Optional<String[]> parts(PropertyPath where, String arn) {
        if (TerraformTemplate.isOpen(arn)) {
            return Optional.empty();
        }
        Optional<Problem> foreign = Partition.ofRegion(spec.region()).problemWith(arn);
        foreign.ifPresent(problem -> problems.add(problem.at(Place.of(where))));
        return foreign.isPresent() ? Optional.empty() : Optional.of(arn.split(":", 6));
    }

    private void tags(PropertyPath where, Map<String, String> tags) {
        Set<String> all = new HashSet<>(spec.tags().keySet());
        all.addAll(tags.keySet());
        if (!tags.isEmpty() && all.size() > TagCheck.MOST && tags.size() <= TagCheck.MOST) {
            problems.add(
                    where.key("tags"),
                    all.size() + " tags with those of the environment",
                    "at most " + TagCheck.MOST
                            + ": AWS takes 50 on a resource, and the platform and controllers add some",
                    "remove some");
        }
    }

    private void perZone(PropertyPath where, String name, NodeGroupSpec group) {
        if (!group.perZone()) {
            return;
        }
        Map<String, NodeGroupSpec> groups = NodeGroups.of(name, group, spec);
        if (groups.isEmpty()) {
            problems.add(where.key("perZone"), "the zones of the group are not known", "add subnetIds");
        }
        for (String one : groups.keySet()) {
            if (spec.nodeGroups().containsKey(one)) {
                problems.add(where.key("perZone"), "there is another node group " + one, "rename one of them");
            }
            if (!EnvironmentNames.isNodeGroup(one)) {
                problems.add(
                        where,
                        "the name of the group " + one + " has " + one.length() + " characters",
                        "up to 36, zone included",
                        "use a shorter name");
                return;
            }
        }
    }

    /** A spread placement group that is full starts no more nodes. */
    private void spread(PropertyPath where, NodeGroupSpec group) {
        Placement placement = group.placement().isDefault() ? NodeGroups.controlPlane(spec) : group.placement();
        int zones = group.perZone()
                ? 1
                : placement.zones().size() + placement.subnetIds().size();
        group.placementGroup()
                .flatMap((PlacementGroupSpec placementGroup) -> placementGroup.mostNodes(zones))
                .filter(most -> zones > 0 && group.size().max() > most)
                .ifPresent(most -> problems.add(
                        where.key("size").key("max"),
                        group.size().max() + " nodes in a spread placement group of "
                                + (zones == 1 ? "one zone" : zones + " zones"),
                        "at most " + most + ": seven in each zone",
                        "use " + most + ", strategy: partition, or another node group"));
    }
}
