package dev.eksplatform.workload;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SccBindingTest {

    private static final ServiceAccountName OSTOY = ServiceAccountName.parse("ostoy-1/ostoy-sa");

    @Test
    void minimal() {
        TerraformStack stack = TestStack.make();
        new SccBinding(stack, "binding", OSTOY, "restricted", List.of());

        TestStack.checkGolden("scc-binding-minimal", stack);
    }

    @Test
    void full() {
        TerraformStack stack = TestStack.make();
        Namespace namespace = new Namespace(stack, "ostoy", "ostoy-1", Map.of());
        new SccBinding(stack, "binding", OSTOY, "anyuid", List.of(namespace.resource()));

        TestStack.checkGolden("scc-binding-full", stack);
    }
}
