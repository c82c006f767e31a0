package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * How many nodes a group has.
 *
 * @param min the minimum number of nodes
 * @param desired the initial number of nodes, which is kept unless an autoscaler owns the number
 * @param max the maximum number of nodes
 */
@RecordBuilder
public record SizeSpec(
        @Example("1") @Limit(min = 0) int min,

        @Example("2") @Limit(min = 0) int desired,

        @Example("3") @Limit(min = 1) int max)
        implements SizeSpecBuilder.With {

    /** Checks that 0 &lt;= min &lt;= desired &lt;= max and 1 &lt;= max. */
    public SizeSpec {
        Problems problems = new Problems();
        if (min < 0) {
            problems.add("min", min + " is negative", "0 or more", "use 0");
        }
        if (max < 1) {
            problems.add("max", max + " nodes", "1 or more", "use 1, or remove the node group");
        }
        if (min > max) {
            problems.add("min", "min " + min + " is more than max " + max, "min <= desired <= max", "swap them");
        } else if (desired < min || desired > max) {
            problems.add(
                    "desired",
                    desired + " is not between min " + min + " and max " + max,
                    "min <= desired <= max",
                    "use " + Math.max(min, Math.min(desired, max)));
        }
        problems.throwIfAny();
    }

    /**
     * A number of nodes.
     *
     * @param min the minimum
     * @param desired the initial number
     * @param max the maximum
     * @return the spec
     * @throws dev.eksplatform.problem.InvalidInputException unless min &lt;= desired &lt;= max and max is 1 or more
     */
    @Defaults
    public static SizeSpec of(int min, int desired, int max) {
        return new SizeSpec(min, desired, max);
    }
}
