package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * For how long Terraform waits for a node group.
 *
 * @param createMinutes until its nodes are ready, in minutes; default 60
 * @param updateMinutes until all nodes are replaced, in minutes; default 60
 * @param deleteMinutes until its nodes are drained and gone, in minutes; default 60
 */
@RecordBuilder
public record NodeGroupTimeouts(
        @Example("30") @Limit(min = 1) Optional<Integer> createMinutes,

        @Example("120") @Limit(min = 1) Optional<Integer> updateMinutes,

        @Example("30") @Limit(min = 1) Optional<Integer> deleteMinutes)
        implements NodeGroupTimeoutsBuilder.With {

    /** Checks that there is time. */
    public NodeGroupTimeouts {
        Problems problems = new Problems();
        check("createMinutes", createMinutes, problems);
        check("updateMinutes", updateMinutes, problems);
        check("deleteMinutes", deleteMinutes, problems);
        problems.throwIfAny();
    }

    private static void check(String property, Optional<Integer> minutes, Problems problems) {
        minutes.filter(number -> number < 1)
                .ifPresent(number ->
                        problems.add(property, number + " minutes", "1 or more", "remove it: the default is 60"));
    }

    /**
     * The defaults of the provider.
     *
     * @return the spec
     */
    @Defaults
    public static NodeGroupTimeouts standard() {
        return new NodeGroupTimeouts(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
