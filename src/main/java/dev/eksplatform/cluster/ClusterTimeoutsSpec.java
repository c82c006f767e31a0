package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * How long Terraform waits for EKS. Source: <a
 * href="https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_cluster#timeouts">timeouts of the
 * resource</a>.
 *
 * @param createMinutes for a new cluster, in minutes; default that of the AWS provider (30)
 * @param updateMinutes for each change of the cluster, in minutes; default that of the AWS provider (60)
 * @param deleteMinutes for the deletion, in minutes; default that of the AWS provider (15)
 */
@RecordBuilder
public record ClusterTimeoutsSpec(
        @Example("45") @Limit(min = 1, max = ClusterTimeoutsSpec.MOST)
        Optional<Integer> createMinutes,

        @Example("90") @Limit(min = 1, max = ClusterTimeoutsSpec.MOST)
        Optional<Integer> updateMinutes,

        @Example("30") @Limit(min = 1, max = ClusterTimeoutsSpec.MOST)
        Optional<Integer> deleteMinutes)
        implements ClusterTimeoutsSpecBuilder.With {

    private static final int MOST = 1440;

    /** Checks that each is a part of a day. */
    public ClusterTimeoutsSpec {
        Problems problems = new Problems();
        Ranges.check(problems, "createMinutes", createMinutes, "minutes", 1, MOST);
        Ranges.check(problems, "updateMinutes", updateMinutes, "minutes", 1, MOST);
        Ranges.check(problems, "deleteMinutes", deleteMinutes, "minutes", 1, MOST);
        problems.throwIfAny();
    }

    /**
     * Those of the AWS provider.
     *
     * @return the spec
     */
    @Defaults
    public static ClusterTimeoutsSpec standard() {
        return new ClusterTimeoutsSpec(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
