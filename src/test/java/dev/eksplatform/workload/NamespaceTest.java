package dev.eksplatform.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.testing.TestStack;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamespaceTest {

    @Test
    void minimal() {
        TerraformStack stack = TestStack.make();
        Namespace namespace = new Namespace(stack, "shop", "shop", Map.of());

        TestStack.checkGolden("namespace-minimal", stack);
        assertThat(namespace.resource().getTerraformResourceType()).isEqualTo("kubernetes_namespace_v1");
    }

    @Test
    void full() {
        TerraformStack stack = TestStack.make();
        new Namespace(stack, "shop", "shop", Map.of("pod-security.kubernetes.io/enforce", "restricted"));

        TestStack.checkGolden("namespace-full", stack);
    }
}
