package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * For how long Terraform waits for a Fargate profile.
 *
 * @param createMinutes until it is active, in minutes; default 10
 * @param deleteMinutes until it is gone with its pods, in minutes; default 10. EKS deletes one profile of a cluster at a time
 */
@RecordBuilder
public record FargateTimeouts(
        @Example("20") @Limit(min = 1) Optional<Integer> createMinutes,

        @Example("30") @Limit(min = 1) Optional<Integer> deleteMinutes)
        implements FargateTimeoutsBuilder.With {

    /** Checks that there is time. */
    public FargateTimeouts {
        Problems problems = new Problems();
        check("createMinutes", createMinutes, problems);
        check("deleteMinutes", deleteMinutes, problems);
        problems.throwIfAny();
    }

    private static void check(String property, Optional<Integer> minutes, Problems problems) {
        minutes.filter(number -> number < 1)
                .ifPresent(number ->
                        problems.add(property, number + " minutes", "1 or more", "remove it: the default is 10"));
    }

    /**
     * The defaults of the provider.
     *
     * @return the spec
     */
    @Defaults
    public static FargateTimeouts standard() {
        return new FargateTimeouts(Optional.empty(), Optional.empty());
    }
}
