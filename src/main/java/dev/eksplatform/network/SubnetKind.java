package dev.eksplatform.network;

/** What subnets of a network are for. */
public enum SubnetKind {
    /** Internet-facing load balancers and NAT gateways. */
    PUBLIC("publicSubnets", 6, 56),

    /** Nodes, internal load balancers, VPC endpoints and, unless they have subnets of their own, pods. */
    PRIVATE("privateSubnets", 3, 0),

    /** What has no route out of the VPC, such as databases. */
    INTRA("intraSubnets", 10, 1016),

    /** Pods, when the VPC CNI takes their addresses from subnets of their own. */
    PODS("pods.subnets", 3, 0),

    /** The network interfaces of the control plane. */
    CONTROL_PLANE("controlPlaneSubnets", 10, 1008);

    /** As many as a network has zones at most, and one. */
    private static final int IPV6_SUBNETS_OF_A_KIND = SubnetPlan.MAX_ZONES + 1;

    private final String property;
    private final int bits;
    private final int first;

    SubnetKind(String property, int bits, int first) {
        this.property = property;
        this.bits = bits;
        this.first = first;
    }

    /** The property that gives the blocks. */
    String property() {
        return property;
    }

    /** How many bits longer than that of the network the prefix of a planned block is. */
    int bits() {
        return bits;
    }

    /** Which part of the network the planned block of a zone is: parts of no two kinds overlap, whatever is added later. */
    int part(int zone) {
        return first + zone;
    }

    /** The planned block of a zone. */
    Cidr planned(Cidr network, int zone) {
        return network.part(bits, part(zone));
    }

    /** Which /64 of the network's IPv6 block a zone's subnet has. */
    int ipv6Part(int zone) {
        return ordinal() * IPV6_SUBNETS_OF_A_KIND + zone;
    }

    /**
     * As it is written in YAML.
     *
     * @return such as {@code control-plane}
     */
    public String word() {
        return this == CONTROL_PLANE ? "control-plane" : property.replaceAll("Subnets|\\.subnets", "");
    }
}
