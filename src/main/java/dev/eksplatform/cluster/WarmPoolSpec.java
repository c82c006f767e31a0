package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * Instances that have booted already and join the cluster when a group grows. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/warm-pools-managed-node-groups.html">warm pools with managed node
 * groups</a>. Needs AWS provider 6.64.0 or newer.
 *
 * @param minSize the least number of instances in the pool; default 0
 * @param maxGroupPreparedCapacity the most instances in pool and group together; default the group's maximum
 * @param poolState in which state the instances wait; default {@code stopped}
 * @param reuseOnScaleIn whether instances return to the pool when the group shrinks, not with Bottlerocket; default false
 */
@RecordBuilder
public record WarmPoolSpec(
        @Example("1") @Limit(min = 0) int minSize,

        @Example("6") @Limit(min = 1) Optional<Integer> maxGroupPreparedCapacity,

        @Example("running") PoolState poolState,

        @Example("true") boolean reuseOnScaleIn)
        implements WarmPoolSpecBuilder.With {

    /** In which state the instances of a warm pool wait. */
    public enum PoolState {
        /** Only their disks are charged. */
        STOPPED,
        /** They join at once, and are charged. */
        RUNNING,
        /** Their memory is on their encrypted disks; only some instance types, not with Bottlerocket. */
        HIBERNATED
    }

    /** Checks the numbers. */
    public WarmPoolSpec {
        Problems problems = new Problems();
        if (minSize < 0) {
            problems.add("minSize", minSize + " is negative", "0 or more", "use 0");
        }
        maxGroupPreparedCapacity
                .filter(most -> most < Math.max(1, minSize))
                .ifPresent(most -> problems.add(
                        "maxGroupPreparedCapacity",
                        most + " with minSize " + minSize,
                        "1 or more, and at least minSize",
                        "use the number of instances in pool and group together, or remove it"));
        problems.throwIfAny();
    }

    /**
     * A pool of stopped instances.
     *
     * @return the spec
     */
    @Defaults
    public static WarmPoolSpec standard() {
        return new WarmPoolSpec(0, Optional.empty(), PoolState.STOPPED, false);
    }
}
