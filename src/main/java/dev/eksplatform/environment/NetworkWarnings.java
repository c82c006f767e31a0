package dev.eksplatform.environment;

import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.RemoteNetworkSpec;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.network.BlockPublicAccessSpec;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.network.ExistingNetworkSpec;
import dev.eksplatform.network.NatMode;
import dev.eksplatform.network.NetworkHints;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What is likely not meant in a network, and what does not go with the rest of the environment. */
final class NetworkWarnings {

    private static final String CONTROLLER = "aws-load-balancer-controller";

    /**
     * Source: <a
     * href="https://aws.amazon.com/blogs/networking-and-content-delivery/introducing-amazon-vpc-regional-nat-gateway">Introducing Amazon VPC
     * Regional NAT Gateway</a>.
     */
    private static final Set<Partition> NO_REGIONAL_NAT = EnumSet.of(Partition.AWS_CN, Partition.AWS_US_GOV);

    private NetworkWarnings() {}

    static List<Problem> of(EnvironmentSpec spec) {
        List<Problem> warnings = new ArrayList<>();
        boolean balances = spec.addons().named().containsKey(CONTROLLER);
        if (spec.network().orElse(null) instanceof NetworkSpec network) {
            NetworkHints.of(network).forEach(hint -> warnings.add(hint.under(PropertyPath.of("network"))));
            if (network.nat() == NatMode.REGIONAL && NO_REGIONAL_NAT.contains(Partition.ofRegion(spec.region()))) {
                Problems problems = new Problems();
                problems.add(
                        PropertyPath.of("network", "nat"),
                        "regional NAT gateways may not be available in " + spec.region()
                                + ": AWS announced them without the regions of China and AWS GovCloud (US)",
                        "use per-zone, unless you know that they are");
                warnings.addAll(problems.found());
            }
            spec.cluster()
                    .created()
                    .flatMap(ClusterSpec::remoteNetwork)
                    .ifPresent(remote -> warnings.addAll(unreached(network, remote)));
            network.blockPublicAccess()
                    .filter(block -> balances && !network.privateCluster() && blocksIngress(block))
                    .ifPresent(block -> warnings.addAll(blocked()));
        }
        if (spec.network().orElse(null) instanceof ExistingNetworkSpec network && network.shared() && balances) {
            Problems problems = new Problems();
            problems.add(
                    PropertyPath.of("network", "existing", "shared"),
                    "the AWS Load Balancer Controller does not see the owner's tags of shared subnets",
                    "name the subnets of each load balancer: annotation alb.ingress.kubernetes.io/subnets of an Ingress,"
                            + " service.beta.kubernetes.io/aws-load-balancer-subnets of a Service");
            warnings.addAll(problems.found());
        }
        return warnings;
    }

    /** The control plane reaches hybrid nodes and their pods through its subnets, which are private. */
    private static List<Problem> unreached(NetworkSpec network, RemoteNetworkSpec remote) {
        Problems problems = new Problems();
        new TreeMap<>(Map.of("nodeNetworks", remote.nodeNetworks(), "podNetworks", remote.podNetworks()))
                .forEach((key, blocks) -> {
                    for (int i = 0; i < blocks.size(); i++) {
                        Cidr block = blocks.get(i);
                        if (!network.leadsTo(block)) {
                            problems.add(
                                    PropertyPath.of("cluster", "remoteNetwork", key)
                                            .index(i),
                                    "no route of the network leads to " + block
                                            + ", so the control plane does not reach it unless a virtual private gateway"
                                            + " propagates one",
                                    "add it to network.transitGateway.routes or network.routes");
                        }
                    }
                });
        return problems.found();
    }

    private static boolean blocksIngress(BlockPublicAccessSpec block) {
        Optional<BlockPublicAccessSpec.PublicAccess> all =
                Optional.of(BlockPublicAccessSpec.PublicAccess.ALLOW_BIDIRECTIONAL);
        return block.mode().isPresent()
                && !block.vpc().equals(all)
                && !block.publicSubnets().equals(all);
    }

    private static List<Problem> blocked() {
        Problems problems = new Problems();
        problems.add(
                PropertyPath.of("network", "blockPublicAccess", "mode"),
                "load balancers on the internet get no requests: the setting blocks what comes from there",
                "set publicSubnets: allow-bidirectional, or use internal load balancers only");
        return problems.found();
    }
}
