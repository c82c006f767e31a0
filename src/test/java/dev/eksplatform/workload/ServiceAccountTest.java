package dev.eksplatform.workload;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.cluster.ExistingCluster;
import dev.eksplatform.cluster.ExistingClusterSpec;
import dev.eksplatform.identity.IdentityMode;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.WorkloadIdentity;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceAccountTest {

    private static final IdentitySpec READ_S3 = IdentitySpec.managedPolicies("AmazonS3ReadOnlyAccess");

    private static WorkloadIdentity identity(IdentitySpec spec) {
        TerraformStack infrastructure = TestStack.make();
        return new WorkloadIdentity(
                infrastructure,
                "orders",
                new ExistingCluster(infrastructure, "cluster", ExistingClusterSpec.of("shop")),
                "shop/orders",
                spec);
    }

    @Test
    void minimal() {
        TerraformStack stack = TestStack.make();
        new ServiceAccount(stack, "orders", identity(READ_S3), Map.of(), List.of());

        TestStack.checkGolden("service-account-minimal", stack);
    }

    @Test
    void full() {
        TerraformStack stack = TestStack.make();
        Namespace namespace = new Namespace(stack, "shop", "shop", Map.of());
        ServiceAccount account = new ServiceAccount(
                stack, "orders", identity(READ_S3), Map.of("team", "orders"), List.of(namespace.resource()));

        TestStack.checkGolden("service-account-full", stack);
        assertThat(account.resource()).isPresent();
    }

    @Test
    void anExistingOneIsAnnotatedInPlace() {
        TerraformStack stack = TestStack.make();
        IdentitySpec existing = READ_S3.withServiceAccount(IdentitySpec.Ownership.EXISTING);
        new ServiceAccount(stack, "orders", identity(existing), Map.of(), List.of());

        TestStack.checkGolden("service-account-annotated", stack);
        assertThat(stack).hasNoResource("kubernetes_service_account_v1");
    }

    @Test
    void podIdentityNeedsNoAnnotation() {
        IdentitySpec bound = READ_S3.withMode(Optional.of(IdentityMode.POD_IDENTITY));
        TerraformStack made = TestStack.make();
        new ServiceAccount(made, "orders", identity(bound), Map.of(), List.of());
        TerraformStack existing = TestStack.make();
        ServiceAccount untouched = new ServiceAccount(
                existing,
                "orders",
                identity(bound.withServiceAccount(IdentitySpec.Ownership.EXISTING)),
                Map.of(),
                List.of());

        assertThat(made)
                .hasResource("kubernetes_service_account_v1")
                .withAttribute("metadata", Map.of("name", "orders", "namespace", "shop"));
        assertThat(untouched.resource()).isEmpty();
        assertThat(TestStack.configuration(existing)).isEmpty();
    }
}
