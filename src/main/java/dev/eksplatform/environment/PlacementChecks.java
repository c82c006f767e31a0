package dev.eksplatform.environment;

import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.Placement;
import dev.eksplatform.network.ExistingNetworkSpec;
import dev.eksplatform.network.NetworkSource;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.network.Zone;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the zones and subnets of control plane, node groups and Fargate profiles are those of the network. */
record PlacementChecks(EnvironmentSpec spec, Problems problems) {

    void check() {
        Optional<NetworkSource> network = spec.network();
        if (network.isEmpty() || !(spec.cluster() instanceof ClusterSpec cluster)) {
            return;
        }
        check("cluster", cluster.placement(), network.get());
        spec.nodeGroups().forEach((name, group) -> check("nodeGroups." + name, group.placement(), network.get()));
        spec.fargate().forEach((name, profile) -> check("fargate." + name, profile.placement(), network.get()));
    }

    private void check(String owner, Placement placement, NetworkSource network) {
        if (network instanceof NetworkSpec made) {
            zones(owner, placement.zones(), made.zones());
            if (!placement.subnetIds().isEmpty()) {
                problems.add(
                        owner + ".subnetIds",
                        "subnets by id, in a network that is created here",
                        "subnetIds only with network.existing",
                        "use zones: " + made.initialZones());
            }
        } else if (network instanceof ExistingNetworkSpec existing) {
            if (!placement.zones().isEmpty()) {
                problems.add(
                        owner + ".zones",
                        "zones, in an existing network, whose subnets are given by id",
                        "zones only in a network that is created here",
                        "use subnetIds: " + existing.privateSubnetIds());
            }
            // A control plane may have small subnets of its own, in which neither nodes nor load balancers are placed.
            if (!owner.equals("cluster")) {
                subnets(owner, placement.subnetIds(), existing.privateSubnetIds());
            }
        }
    }

    private void zones(String owner, List<Zone> zones, List<Zone> known) {
        for (int i = 0; i < zones.size(); i++) {
            Zone zone = zones.get(i);
            if (!known.contains(zone)) {
                problems.add(
                        owner + ".zones[" + i + "]",
                        zone + " is not in network.zones",
                        known.toString(),
                        zone.region().equals(spec.region())
                                ? "add it at the end of network.zones, or use one of those"
                                : "use " + known.get(0));
            }
        }
    }

    private void subnets(String owner, List<String> ids, List<String> known) {
        for (int i = 0; i < ids.size(); i++) {
            if (!known.contains(ids.get(i))) {
                problems.add(
                        owner + ".subnetIds[" + i + "]",
                        ids.get(i) + " is not in network.existing.privateSubnetIds",
                        known.toString(),
                        Suggestion.nearest(ids.get(i), known)
                                .map(id -> "did you mean " + id + "?")
                                .orElse("add it to privateSubnetIds; when the cluster exists, first set"
                                        + " cluster.subnetIds to those that it has"));
            }
        }
    }

    /**
     * Zones of the network in which nothing of the cluster runs: right while a zone is being added, else likely forgotten.
     *
     * @return a warning for each
     */
    static List<Problem> unusedZones(EnvironmentSpec spec) {
        List<Problem> warnings = new ArrayList<>();
        if (spec.network().orElse(null) instanceof NetworkSpec network
                && spec.cluster() instanceof ClusterSpec cluster) {
            List<Zone> controlPlane = cluster.zones().isEmpty() ? network.initialZones() : cluster.zones();
            Set<Zone> used = new LinkedHashSet<>(controlPlane);
            spec.nodeGroups().values().forEach(group -> used.addAll(group.zones()));
            spec.fargate().values().forEach(profile -> used.addAll(profile.zones()));
            for (int i = 0; i < network.zones().size(); i++) {
                Zone zone = network.zones().get(i);
                if (!used.contains(zone)) {
                    warnings.add(new Problem(
                            "network.zones[" + i + "]",
                            "no control plane, node group or Fargate profile is in " + zone + ": they are in " + used,
                            "zones that are used",
                            "name it in zones of a node group; before the cluster exists, or if its control plane is"
                                    + " there already, in cluster.zones"));
                }
            }
        }
        return warnings;
    }
}
