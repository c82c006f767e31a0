package dev.eksplatform.workload;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.addon.AckControllerSpec.DeletionPolicy;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AckBucketTest {

    @Test
    void minimalKeepsTheBucketAndIsNamedAfterItsNamespace() {
        TerraformStack stack = TestStack.make();
        new AckBucket(stack, "bucket", "ostoy-1", BucketSpec.standard(), List.of());

        TestStack.checkGolden("ack-bucket-minimal", stack);
    }

    @Test
    void full() {
        TerraformStack stack = TestStack.make();
        Namespace namespace = new Namespace(stack, "ostoy", "ostoy-1", Map.of());
        AckBucket bucket = new AckBucket(
                stack,
                "bucket",
                "ostoy-1",
                BucketSpec.standard().withDeletionPolicy(DeletionPolicy.DELETE),
                List.of(namespace.resource()));

        TestStack.checkGolden("ack-bucket-full", stack);
        assertThat(bucket.resource().getTerraformResourceType()).isEqualTo("kubernetes_manifest");
        assertThat(stack).hasResources("kubernetes_manifest", 1);
    }

    @Test
    void aNamespaceWhoseBucketNameIsTooLongIsRefused() {
        Map<String, BucketSpec> buckets = Map.of("n".repeat(57), BucketSpec.standard());

        assertThat(ProblemsOf.making(() -> WorkloadsSpec.none().withBuckets(buckets)))
                .containsExactly("buckets." + "n".repeat(57) + ": the bucket's name " + "n".repeat(57)
                        + "-bucket has 64 characters; allowed: at most 63; fix: use a shorter namespace");
        assertThat(WorkloadsSpec.none()
                        .withBuckets(Map.of("n".repeat(56), BucketSpec.standard()))
                        .buckets())
                .hasSize(1);
    }
}
