package dev.eksplatform.environment;

import dev.eksplatform.iam.Partition;
import dev.eksplatform.network.BlockPublicAccessSpec;
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
import java.util.Optional;
import java.util.Set;

/** What is likely not meant in a network, and what does not go with the rest of the environment. */
final class NetworkWarnings {

    private static final String CONTROLLER = "aws-load-balancer-controller";

    /** Source: <a href="https://dev.to/_76130e67067eab4c8510/can-you-really-run-a-vpc-with-zero-public-subnets-using-regional-nat-gateway-a-hands-on-331m">where regional NAT gateways are available (2026-06)</a>. */
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
                                + ": AWS announced them without the regions of" + " China and AWS GovCloud (US)",
                        "use per-zone, unless you know that they are");
                warnings.addAll(problems.found());
            }
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
