package dev.eksplatform.cluster;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * The most pods of a node, as EKS recommends and computes it for its own images. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html#determine-max-pods">maximum pods for each
 * instance type</a>, and its script {@code max-pods-calculator.sh}.
 *
 * @param prefixes whether the VPC CNI gives nodes prefixes of 16 addresses in place of single addresses; always so with IPv6
 * @param ownInterface whether the first network interface has no addresses for pods: custom networking
 * @param windows whether nodes run Windows, which uses one network interface
 */
@API(status = API.Status.INTERNAL)
public record MaxPods(boolean prefixes, boolean ownInterface, boolean windows) {

    /** Linux nodes whose pods have addresses of the node's subnet. */
    public static final MaxPods ADDRESSES = new MaxPods(false, false, false);

    private static final int PREFIX = 16;

    /** Pods that use the node's own address and are on every Linux node: the VPC CNI and kube-proxy. */
    private static final int ON_HOST_NETWORK = 2;

    private static final int FEW_PROCESSORS = 30;
    private static final int LIMIT = 110;
    private static final int LIMIT_WITH_MANY_PROCESSORS = 250;

    /** The same with prefixes. */
    public MaxPods withPrefixes() {
        return new MaxPods(true, ownInterface, windows);
    }

    /** The same with pods in subnets of their own. */
    public MaxPods withOwnInterface() {
        return new MaxPods(prefixes, true, windows);
    }

    /** The same for Windows nodes. */
    public MaxPods onWindows() {
        return new MaxPods(prefixes, ownInterface, true);
    }

    /**
     * For nodes of any of some types.
     *
     * @param types names of instance types
     * @return the number of the type with the fewest; empty when a type is not known
     */
    public Optional<Integer> of(List<String> types) {
        List<Integer> all = types.stream()
                .flatMap(type -> InstanceType.find(type).stream())
                .flatMap(type -> of(type).stream())
                .toList();
        return all.size() == types.size() ? all.stream().min(Integer::compareTo) : Optional.empty();
    }

    /**
     * For nodes of one type.
     *
     * @return empty when its addresses or its processors are not known
     */
    public Optional<Integer> of(InstanceType type) {
        return type.network().flatMap(network -> limit(type).map(limit -> Math.min(limit, addresses(network))));
    }

    private int addresses(InstanceType.NetworkLimits network) {
        int interfaces = windows ? 1 : network.interfaces() - (ownInterface ? 1 : 0);
        int ofInterface = (network.addresses() - 1) * (prefixes && network.nitro() ? PREFIX : 1);
        return interfaces * ofInterface + (windows ? 0 : ON_HOST_NETWORK);
    }

    /**
     * The number that EKS allows at most in its own images.
     *
     * @return 110, or 250 with 30 vCPUs or more; empty when their number is not known
     */
    public static Optional<Integer> limit(InstanceType type) {
        return type.vcpus().map(vcpus -> vcpus < FEW_PROCESSORS ? LIMIT : LIMIT_WITH_MANY_PROCESSORS);
    }

    /** The least limit of some types; types that are not known do not count. */
    static Optional<Integer> limit(List<String> types) {
        return types.stream()
                .flatMap(type -> InstanceType.find(type).stream())
                .flatMap(type -> limit(type).stream())
                .min(Integer::compareTo);
    }
}
