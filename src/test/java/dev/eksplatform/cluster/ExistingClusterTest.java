package dev.eksplatform.cluster;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.testing.TestStack;
import org.junit.jupiter.api.Test;

class ExistingClusterTest {

    @Test
    void minimal() {
        TerraformStack stack = TestStack.make();
        ExistingCluster cluster = new ExistingCluster(stack, "cluster", ExistingClusterSpec.of("shop"));

        TestStack.checkGolden("existing-cluster-minimal", stack);
        assertThat(cluster.name()).isEqualTo("shop");
        assertThat(cluster.nameReference()).isEqualTo("shop");
    }

    @Test
    void full() {
        TerraformStack stack = TestStack.make();
        ExistingCluster cluster = new ExistingCluster(
                stack,
                "cluster",
                ExistingClusterSpec.of("shop")
                        .withOidc(OidcSpec.standard().withExisting(true))
                        .withInstallPodIdentityAgent(true));

        assertThat(cluster.oidcProvider()).isSameAs(cluster.oidcProvider());
        assertThat(cluster.requirePodIdentity()).hasSize(1).isEqualTo(cluster.requirePodIdentity());
        TestStack.checkGolden("existing-cluster-full", stack);
    }

    @Test
    void thePodIdentityAgentIsTakenToBeThere() {
        TerraformStack stack = TestStack.make();
        ExistingCluster cluster = new ExistingCluster(stack, "cluster", ExistingClusterSpec.of("shop"));

        assertThat(cluster.requirePodIdentity()).isEmpty();
        assertThat(stack).hasNoResource("aws_eks_addon");
    }
}
