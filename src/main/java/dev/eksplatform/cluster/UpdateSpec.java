package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * How the nodes of a group are replaced when their version, image or launch template changes. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html">each phase of node updates</a>.
 *
 * @param maxUnavailable how many nodes are replaced at a time; default a percentage
 * @param maxUnavailablePercentage the percentage of nodes that are replaced at a time, never more than 100 nodes; default
 *     33 without {@code maxUnavailable}
 * @param strategy whether new nodes start first; default that of EKS, {@code default}. Needs AWS provider 6.40.0 or newer
 * @param force whether pods that are not evicted within 15 minutes, such as for a PodDisruptionBudget, are deleted instead of
 *     failing the update; default false
 */
@RecordBuilder
public record UpdateSpec(
        @Example("1") @Limit(min = 1, max = UpdateSpec.MOST) Optional<Integer> maxUnavailable,

        @Example("50") @Limit(min = 1, max = UpdateSpec.MOST)
        Optional<Integer> maxUnavailablePercentage,

        @Example("minimal") Optional<Strategy> strategy,

        @Example("true") boolean force)
        implements UpdateSpecBuilder.With {

    /** Of nodes and of percents. */
    private static final int MOST = 100;

    private static final int DEFAULT_PERCENTAGE = 33;

    /** Whether new nodes start before old ones are terminated. */
    public enum Strategy {
        /** New nodes start first, so that the group has more nodes for a while. */
        DEFAULT,
        /** Old nodes are terminated first: for types of which there are no more, such as those with GPUs. */
        MINIMAL
    }

    /** Checks that there is one number. */
    public UpdateSpec {
        Problems problems = new Problems();
        maxUnavailable.ifPresent(number -> check("maxUnavailable", number, problems));
        maxUnavailablePercentage.ifPresent(number -> check("maxUnavailablePercentage", number, problems));
        if (maxUnavailable.isPresent() && maxUnavailablePercentage.isPresent()) {
            problems.add(
                    PropertyPath.of("maxUnavailablePercentage"),
                    "maxUnavailable and maxUnavailablePercentage cannot be combined",
                    "remove one of them");
        }
        problems.throwIfAny();
    }

    private static void check(String property, int number, Problems problems) {
        if (number < 1 || number > MOST) {
            problems.add(
                    property, String.valueOf(number), "1 to " + MOST, "use " + Math.max(1, Math.min(MOST, number)));
        }
    }

    /**
     * A third of the nodes at a time.
     *
     * @return the spec
     */
    @Defaults
    public static UpdateSpec standard() {
        return new UpdateSpec(Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /** The percentage at a time; empty when there is a number of nodes. */
    Optional<Integer> percentage() {
        return maxUnavailable.isPresent()
                ? Optional.empty()
                : Optional.of(maxUnavailablePercentage.orElse(DEFAULT_PERCENTAGE));
    }
}
