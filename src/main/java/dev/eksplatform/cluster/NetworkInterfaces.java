package dev.eksplatform.cluster;

import org.apiguardian.api.API;

/**
 * The network interfaces that an instance can have, and the addresses that pods get from them. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html#determine-max-pods">number of pods</a>.
 *
 * @param count how many
 * @param addresses the IPv4 addresses of each; one of them is its own
 */
@API(status = API.Status.INTERNAL)
public record NetworkInterfaces(int count, int addresses) {

    /** Addresses of a prefix. */
    public static final int PREFIX = 16;

    /** Managed node groups let no more pods run on a node with fewer than 30 vCPUs. */
    public static final int MOST_PODS = 110;

    /** Pods that use the node's own address and are on every node: the VPC CNI and kube-proxy. */
    private static final int ON_HOST_NETWORK = 2;

    /** Reads an entry of the table of instance types, such as {@code 3x10}. */
    static NetworkInterfaces parse(String limits) {
        String[] numbers = limits.split("x", -1);
        return new NetworkInterfaces(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }

    /**
     * How many pods the interfaces have addresses for.
     *
     * @param ownSubnets whether pods have subnets of their own, which the first interface is not in
     * @param prefixes whether each address is a prefix instead
     * @return the number, with pods that use the node's own address
     */
    public int pods(boolean ownSubnets, boolean prefixes) {
        int places = (ownSubnets ? count - 1 : count) * (addresses - 1);
        return places * (prefixes ? PREFIX : 1) + ON_HOST_NETWORK;
    }

    /**
     * How many addresses a node takes of the subnet of its pods when it runs as many as it can.
     *
     * @param ownSubnets whether pods have subnets of their own, which the first interface is not in
     * @param prefixes whether each address is a prefix instead
     * @return the number, with those of the interfaces themselves and one prefix that is kept ready
     */
    public int taken(boolean ownSubnets, boolean prefixes) {
        if (!prefixes) {
            return (ownSubnets ? count - 1 : count) * addresses;
        }
        int pods = Math.min(pods(ownSubnets, true), MOST_PODS) - ON_HOST_NETWORK;
        int needed = (pods + PREFIX - 1) / PREFIX + 1;
        int used = (needed + addresses - 2) / (addresses - 1);
        return needed * PREFIX + used;
    }
}
