package dev.eksplatform.environment;

import dev.eksplatform.addon.EfaDevicePluginSpec;
import dev.eksplatform.cluster.Capacity;
import dev.eksplatform.cluster.MaxPods;
import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.cluster.PodAddresses;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.Map;
import java.util.Optional;

/**
 * Node groups and Fargate profiles that AWS accepts although they may not be what is meant, or only with a higher quota or
 * more than the file says. Source of the quotas: <a
 * href="https://docs.aws.amazon.com/general/latest/gr/eks.html#limits_eks">EKS quotas</a>.
 */
record NodeHints(EnvironmentSpec spec, Problems hints) {

    private static final int GROUPS_OF_CLUSTER = 30;
    private static final int NODES_OF_GROUP = 450;
    private static final int PROFILES_OF_CLUSTER = 10;

    void add() {
        Map<String, NodeGroupSpec> groups = NodeGroups.all(spec);
        quota("nodeGroups", groups.size(), GROUPS_OF_CLUSTER, "node groups");
        quota("fargate", spec.fargate().size(), PROFILES_OF_CLUSTER, "Fargate profiles");
        Optional<PodSettings> settings = spec.cluster()
                .created()
                .flatMap(cluster -> spec.network().map(network -> PodSettings.of(network, cluster)))
                .filter(pods -> pods.variable(PodAddresses.PREFIXES).isEmpty());
        spec.nodeGroups().forEach((name, group) -> {
            PropertyPath where = PropertyPath.of("nodeGroups", name);
            group(where, group);
            settings.flatMap(pods -> withoutAddress(where, group, pods)).ifPresent(hints::add);
        });
    }

    private void quota(String property, int count, int quota, String what) {
        if (count > quota) {
            hints.add(
                    PropertyPath.of(property),
                    count + " " + what + ", of which a cluster has " + quota + " unless the quota was raised",
                    "raise it in Service Quotas before the apply, or remove some");
        }
    }

    private void group(PropertyPath where, NodeGroupSpec group) {
        if (group.image().isWithoutUpdates()) {
            hints.add(
                    where.key("image"),
                    "the last release of " + group.image() + " is from 2025: nodes get no security patches",
                    "use image: al2023");
        }
        if (group.size().max() > NODES_OF_GROUP) {
            hints.add(
                    where.key("size").key("max"),
                    group.size().max() + " nodes, of which a group has " + NODES_OF_GROUP
                            + " unless the quota was raised",
                    "raise it in Service Quotas before the apply, or add another node group");
        }
        if (group.capacity() == Capacity.SPOT && group.instanceTypes().size() == 1) {
            hints.add(
                    where.key("instanceTypes"),
                    "one instance type with capacity: spot: when EC2 needs it, all nodes go at once and no new ones come",
                    "add types of the same size, such as of other generations");
        }
        if (group.efa().isPresent() && !DevicePluginChecks.hasEfaPlugin(spec)) {
            hints.add(
                    where.key("efa"),
                    "pods get an EFA through " + EfaDevicePluginSpec.NAME + ", which is not in addons",
                    "add " + EfaDevicePluginSpec.NAME + ": {} to addons, unless something else installs it");
        }
        group.disk().kmsKeyArn().ifPresent(arn -> foreignKey(where.key("disk").key("kmsKeyArn"), arn));
        for (int i = 0; i < group.volumes().size(); i++) {
            PropertyPath volume = where.key("volumes").index(i).key("kmsKeyArn");
            group.volumes().get(i).kmsKeyArn().ifPresent(arn -> foreignKey(volume, arn));
        }
    }

    /**
     * Source: <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html">key
     * policy for encrypted volumes</a>.
     */
    private void foreignKey(PropertyPath where, String arn) {
        Optional.of(arn.split(":", 6))
                .filter(part ->
                        part.length == 6 && !part[4].equals(spec.account().digits()))
                .ifPresent(part -> hints.add(
                        where,
                        "a key of account " + part[4]
                                + ": no node starts before the service-linked role of EC2 Auto Scaling"
                                + " has a grant for it",
                        "run `aws kms create-grant` for it as docs/nodes.md describes"));
    }

    private static Optional<Problem> withoutAddress(PropertyPath where, NodeGroupSpec group, PodSettings settings) {
        MaxPods most = new MaxPods(
                settings.usesPrefixes(), settings.ownSubnets(), group.image().isWindows());
        return group.maxPods().flatMap(pods -> most.of(group.instanceTypes())
                .filter(addresses -> pods > addresses)
                .map(addresses -> new Problem(
                        Place.of(where.key("maxPods")),
                        "up to " + pods + " pods on nodes that have addresses for " + addresses
                                + ": the others would not start",
                        "use " + addresses
                                + (most.prefixes() ? "" : ", or let the VPC CNI assign prefixes (network.pods)"))));
    }
}
