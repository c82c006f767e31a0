package dev.eksplatform.environment;

import dev.eksplatform.addon.ClusterNodes;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.ExistingClusterSpec;
import dev.eksplatform.network.ExistingNetworkSpec;
import dev.eksplatform.network.NetworkSource;
import dev.eksplatform.network.NetworkSpec;
import java.util.List;
import java.util.Optional;

/** Where the nodes of an environment's cluster are. */
final class NodesOfCluster {

    private NodesOfCluster() {}

    static ClusterNodes of(EnvironmentSpec spec) {
        ClusterSpec cluster = spec.cluster().created().orElse(null);
        if (cluster == null) {
            boolean existing = spec.cluster() instanceof ExistingClusterSpec;
            ExistingClusterSpec of = existing ? (ExistingClusterSpec) spec.cluster() : ExistingClusterSpec.of("none");
            return new ClusterNodes(
                    false, of.subnetIds(), false, of.nodeSecurityGroupIds(), false, false, false, false);
        }
        NetworkSource network = spec.network().orElse(null);
        Optional<PodSettings> pods = Optional.ofNullable(network).map(of -> PodSettings.of(of, cluster));
        return new ClusterNodes(
                network instanceof NetworkSpec,
                network instanceof ExistingNetworkSpec existing ? subnets(existing, cluster) : List.of(),
                cluster.nodeSecurityGroupId().isEmpty(),
                cluster.nodeSecurityGroupId().stream().toList(),
                ClosedNetwork.of(spec).isPresent(),
                cluster.zonalShift().orElse(false),
                pods.filter(PodSettings::ownSubnets).isPresent(),
                pods.filter(PodSettings::usesPrefixes).isPresent());
    }

    /** Those of the control plane, as for node groups; none where they are looked up, so that only EKS knows them. */
    private static List<String> subnets(ExistingNetworkSpec network, ClusterSpec cluster) {
        return cluster.subnetIds().isEmpty() ? network.privateSubnetIds() : cluster.subnetIds();
    }
}
