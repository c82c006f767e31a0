package dev.eksplatform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestStack;
import org.junit.jupiter.api.Test;

class RosaClusterTest {

    private static final OidcIssuer ISSUER = OidcIssuer.parse("rh-oidc.s3.us-east-1.amazonaws.com/2a1b3c4d5e");

    @Test
    void minimalMakesNothing() {
        TerraformStack stack = TestStack.make();
        RosaCluster cluster = new RosaCluster(stack, "cluster", RosaClusterSpec.of("shop", ISSUER, "rosa"));

        assertThat(TestStack.configuration(stack)).isEmpty();
        assertThat(cluster.name()).isEqualTo("shop");
        assertThat(cluster.nameReference()).isEqualTo("shop");
    }

    @Test
    void fullWithProviderForBothAudiences() {
        TerraformStack stack = TestStack.make();
        RosaCluster cluster = new RosaCluster(stack, "cluster", RosaClusterSpec.of("shop", ISSUER, "rosa"));

        assertThat(cluster.oidcProvider()).isSameAs(cluster.oidcProvider());
        assertThat(cluster.oidcProvider().issuer()).isEqualTo("rh-oidc.s3.us-east-1.amazonaws.com/2a1b3c4d5e");
        TestStack.checkGolden("rosa-cluster-full", stack);
    }

    @Test
    void aProviderMadeByRosaIsLookedUp() {
        TerraformStack stack = TestStack.make();
        OidcSpec existing = new OidcSpec(new ThumbprintSource.Omit(), true);
        new RosaCluster(stack, "cluster", new RosaClusterSpec("shop", ISSUER, "rosa", existing)).oidcProvider();

        TestStack.checkGolden("rosa-cluster-existing-provider", stack);
    }

    @Test
    void podIdentityDoesNotExist() {
        RosaCluster cluster = new RosaCluster(TestStack.make(), "cluster", RosaClusterSpec.of("shop", ISSUER, "rosa"));

        assertThat(ProblemsOf.making(cluster::requirePodIdentity))
                .containsExactly(
                        "EKS Pod Identity does not exist on ROSA: shop is an OpenShift cluster; allowed: irsa; "
                                + "fix: set identity: irsa");
    }
}
