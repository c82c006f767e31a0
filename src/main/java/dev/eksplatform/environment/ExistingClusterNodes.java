package dev.eksplatform.environment;

import dev.eksplatform.cluster.ExistingClusterSpec;
import dev.eksplatform.cluster.Placement;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;

/** What node groups and Fargate profiles on a cluster that exists need to know about it. */
final class ExistingClusterNodes {

    private ExistingClusterNodes() {}

    static void check(EnvironmentSpec spec, ExistingClusterSpec cluster, Problems problems) {
        if (!spec.nodeGroups().isEmpty()) {
            if (cluster.version().isEmpty()) {
                problems.add(
                        PropertyPath.of("cluster", "version"),
                        "node groups need the Kubernetes version of the cluster, which chooses their image",
                        "add version: the one of `aws eks describe-cluster --name " + cluster.name() + "`");
            } else {
                EnvironmentChecks.nodeVersions(spec, cluster.version().get(), problems);
            }
        }
        spec.nodeGroups().forEach((name, group) -> place("nodeGroups", name, group.placement(), cluster, problems));
        spec.fargate().forEach((name, profile) -> place("fargate", name, profile.placement(), cluster, problems));
    }

    private static void place(
            String kind, String name, Placement placement, ExistingClusterSpec cluster, Problems problems) {
        PropertyPath owner = PropertyPath.of(kind, name);
        if (!placement.zones().isEmpty()) {
            problems.add(owner.key("zones"), "zones are only for a network that this file creates", "use subnetIds");
        } else if (placement.subnetIds().isEmpty() && cluster.subnetIds().isEmpty()) {
            problems.add(
                    owner,
                    "no subnets: those of the control plane of an existing cluster may be public ones",
                    "add subnetIds: [subnet-…] here, or to cluster.existing for all");
        }
    }

    /** Windows nodes on a cluster whose control plane is not configured here. */
    static List<Problem> warnings(EnvironmentSpec spec) {
        if (!(spec.cluster() instanceof ExistingClusterSpec)) {
            return List.of();
        }
        return spec.nodeGroups().entrySet().stream()
                .filter(group -> group.getValue().image().isWindows())
                .map(group -> new Problem(
                        Place.of(PropertyPath.of("nodeGroups", group.getKey(), "image")),
                        "pods on Windows get no addresses unless the existing cluster is prepared for it",
                        "attach AmazonEKSVPCResourceController to its role, and set enableWindowsIpam of its vpc-cni"))
                .toList();
    }
}
