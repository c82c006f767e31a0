package dev.eksplatform.network;

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
}
