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

    private static final int FEW_PROCESSORS = 30;
    private static final int LIMIT = NetworkInterfaces.MOST_PODS;
    private static final int LIMIT_WITH_MANY_PROCESSORS = 250;

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
        return type.interfaces().flatMap(interfaces -> limit(type)
                .map(limit -> Math.min(limit, addresses(interfaces, prefixes && type.isNitro()))));
    }

    private int addresses(NetworkInterfaces interfaces, boolean asPrefixes) {
        return windows
                ? (interfaces.addresses() - 1) * (asPrefixes ? NetworkInterfaces.PREFIX : 1)
                : interfaces.pods(ownInterface, asPrefixes);
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
