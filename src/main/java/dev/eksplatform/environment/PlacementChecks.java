package dev.eksplatform.environment;

import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.Placement;
import dev.eksplatform.network.ExistingNetworkSpec;
import dev.eksplatform.network.NetworkSource;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.network.Zone;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whether the zones and subnets of control plane, node groups and Fargate profiles are those of the network. */
record PlacementChecks(EnvironmentSpec spec, Problems problems) {

    void check() {
        if (spec.network().isEmpty() || spec.cluster().created().isEmpty()) {
            return;
        }
        NetworkSource network = spec.network().get();
        // A control plane may have small subnets of its own, in which neither nodes nor load balancers are placed.
        check(PropertyPath.of("cluster"), spec.cluster().created().get().placement(), network);
        spec.nodeGroups().forEach((name, group) -> compute("nodeGroups", name, group.placement(), network));
        spec.fargate().forEach((name, profile) -> compute("fargate", name, profile.placement(), network));
    }

    private void compute(String kind, String name, Placement placement, NetworkSource network) {
        PropertyPath owner = PropertyPath.of(kind, name);
        check(owner, placement, network);
        if (network instanceof ExistingNetworkSpec existing
                && existing.initialZones().isEmpty()) {
            subnets(owner, placement.subnetIds(), existing.privateSubnetIds());
        }
    }

    private void check(PropertyPath owner, Placement placement, NetworkSource network) {
        if (network instanceof NetworkSpec created) {
            zones(owner, "network.zones", placement.zones(), created.zones());
            if (!placement.subnetIds().isEmpty()) {
                problems.add(
                        owner.key("subnetIds"),
                        "subnets by id are only for an existing network",
                        "use zones: " + created.initialZones());
            }
        } else if (network instanceof ExistingNetworkSpec existing
                && !existing.initialZones().isEmpty()) {
            zones(owner, "network.existing.zones", placement.zones(), existing.zones());
            if (!placement.subnetIds().isEmpty() && !owner.equals(PropertyPath.of("cluster"))) {
                problems.add(
                        owner.key("subnetIds"),
                        "subnets by id where private subnets are looked up by tags",
                        "use zones: " + existing.initialZones());
            }
        } else if (network instanceof ExistingNetworkSpec existing
                && !placement.zones().isEmpty()) {
            problems.add(
                    owner.key("zones"),
                    "zones are only for a network that this file creates, or whose subnets are looked up",
                    "use subnetIds: " + existing.privateSubnetIds());
        }
    }

    private void zones(PropertyPath owner, String property, List<Zone> zones, List<Zone> known) {
        for (int i = 0; i < zones.size(); i++) {
            Zone zone = zones.get(i);
            if (!known.contains(zone)) {
                problems.add(
                        owner.key("zones").index(i),
                        zone + " is not in " + property,
                        known.toString(),
                        zone.region().equals(spec.region())
                                ? "add it at the end of " + property + ", or use one of those"
                                : "use " + known.get(0));
            }
        }
    }

    private void subnets(PropertyPath owner, List<String> ids, List<String> known) {
        for (int i = 0; i < ids.size(); i++) {
            if (!known.contains(ids.get(i))) {
                problems.add(
                        owner.key("subnetIds").index(i),
                        ids.get(i) + " is not in network.existing.privateSubnetIds",
                        known.toString(),
                        Suggestion.fix(
                                ids.get(i),
                                known,
                                "add it to privateSubnetIds; when the cluster exists, first set"
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
        ClusterSpec cluster = spec.cluster().created().orElse(null);
        if (spec.network().orElse(null) instanceof NetworkSpec network && cluster != null) {
            List<Zone> controlPlane = cluster.zones().isEmpty() ? network.initialZones() : cluster.zones();
            Set<Zone> used = new LinkedHashSet<>(controlPlane);
            spec.nodeGroups().values().forEach(group -> used.addAll(group.zones()));
            spec.fargate().values().forEach(profile -> used.addAll(profile.zones()));
            for (int i = 0; i < network.zones().size(); i++) {
                Zone zone = network.zones().get(i);
                if (!used.contains(zone)) {
                    warnings.add(new Problem(
                            Place.of(PropertyPath.of("network", "zones").index(i)),
                            "no control plane, node group or Fargate profile is in " + zone + ": they are in " + used,
                            "name it in zones of a node group; before the cluster exists, or if its control plane is"
                                    + " there already, in cluster.zones"));
                }
            }
        }
        return warnings;
    }
}
