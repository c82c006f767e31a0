package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Doc;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;

/**
 * How many nodes a group has.
 *
 * @param min the least
 * @param desired how many to begin with, and to keep unless an autoscaler owns the number
 * @param max the most
 */
public record SizeSpec(
        @Doc(value = "The least number of nodes", example = "1") @Limit(min = 0)
        int min,

        @Doc(value = "The number of nodes to begin with", example = "2") @Limit(min = 0)
        int desired,

        @Doc(value = "The largest number of nodes", example = "3") @Limit(min = 1)
        int max) {

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
}
