package dev.eksplatform.addon;

import static dev.eksplatform.testing.StackAssertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AckSubscriptionTest {

    @Test
    void minimal() {
        TerraformStack stack = TestStack.make();
        new AckSubscription(stack, "s3", AckService.S3, "us-east-1", Map.of(), List.of());

        TestStack.checkGolden("ack-operator-minimal", stack);
    }

    @Test
    void fullComesAfterTheOperatorGroup() {
        TerraformStack stack = TestStack.make();
        new AckSubscription(
                stack,
                "dynamodb",
                AckService.parse("dynamodb"),
                "us-east-1",
                Map.of("team", "shop"),
                List.of(AckSubscription.group(stack, List.of())));

        TestStack.checkGolden("ack-operator-full", stack);
    }

    @Test
    void aPersonApprovesTheInstallPlan() {
        TerraformStack stack = TestStack.make();
        new AckSubscription(stack, "s3", AckService.S3, "us-east-1", Map.of(), List.of());

        assertThat(stack)
                .hasResource("kubernetes_manifest")
                .withAttribute("manifest.spec.installPlanApproval", "Manual");
    }
}
