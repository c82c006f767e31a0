package dev.eksplatform.network;

import java.util.Optional;

/**
 * The tags by which the AWS Load Balancer Controller finds subnets. Source: <a
 * href="https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery/">subnet
 * auto-discovery</a>.
 */
final class SubnetRoleTags {

    /** On public subnets, for internet-facing load balancers. */
    static final String PUBLIC = "kubernetes.io/role/elb";

    /** On private subnets, for internal load balancers. */
    static final String PRIVATE = "kubernetes.io/role/internal-elb";

    private SubnetRoleTags() {}

    /** The tag of the subnets of a kind; empty when load balancers must not be placed in them. */
    static Optional<String> of(SubnetKind kind) {
        return switch (kind) {
            case PUBLIC -> Optional.of(PUBLIC);
            case PRIVATE -> Optional.of(PRIVATE);
            default -> Optional.empty();
        };
    }
}
