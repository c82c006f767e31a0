package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * Elastic Fabric Adapters: one network interface on each network card that has EFA. The nodes are in one zone, and in a
 * cluster placement group unless {@code placementGroup} names another; their security group allows all traffic among
 * themselves. Pods request {@code vpc.amazonaws.com/efa} through the chart {@code aws-efa-k8s-device-plugin}. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/node-efa.html">EFA with EKS</a>.
 *
 * @param efaOnly whether the interfaces behind the first one are for EFA only, so that they take no IP addresses; default
 *     false
 * @param networkCards the number of network cards with EFA, for types that are newer than this release; default that of the
 *     known types
 */
@RecordBuilder
public record EfaSpec(
        @Example("true") boolean efaOnly,

        @Example("32") @Limit(min = 1, max = EfaSpec.MOST) Optional<Integer> networkCards)
        implements EfaSpecBuilder.With {

    private static final int MOST = 64;

    /** Checks the number of cards. */
    public EfaSpec {
        Problems problems = new Problems();
        networkCards
                .filter(cards -> cards < 1 || cards > MOST)
                .ifPresent(cards -> problems.add(
                        "networkCards", cards + " network cards", "1 to " + MOST, "use that of the instance type"));
        problems.throwIfAny();
    }

    /**
     * EFA on each network card that has it.
     *
     * @return the spec
     */
    @Defaults
    public static EfaSpec standard() {
        return new EfaSpec(false, Optional.empty());
    }

    /** The network cards with EFA of nodes of a type. */
    Optional<InstanceFeature.Cards> cards(String instanceType) {
        return networkCards
                .map(count -> new InstanceFeature.Cards(0, count - 1))
                .or(() -> InstanceFeature.efaCards(instanceType));
    }
}
