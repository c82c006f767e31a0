package dev.eksplatform.construct;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.aws.iam_policy.IamPolicy;
import com.hashicorp.cdktf.providers.aws.iam_policy.IamPolicyConfig;
import dev.eksplatform.testing.StackAssertions;
import dev.eksplatform.testing.TestStack;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewerAttributeTest {

    private TerraformStack stack;
    private IamPolicy policy;

    @BeforeEach
    void make() {
        stack = TestStack.make();
        policy = new IamPolicy(
                stack, "policy", IamPolicyConfig.builder().policy("{}").build());
    }

    @Test
    void isWritten() {
        NewerAttribute.set(policy, "delay_after_policy_creation_in_ms", 5000);

        StackAssertions.assertThat(stack)
                .hasResource("aws_iam_policy")
                .withAttribute("delay_after_policy_creation_in_ms", 5000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "delay"})
    void whatTheBindingsHaveAndWhatNoVersionHasIsRefused(String attribute) {
        assertThatThrownBy(() -> NewerAttribute.set(policy, attribute, "x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "aws_iam_policy." + attribute + " is not an attribute that came after the bindings (6.25.0)");
    }
}
