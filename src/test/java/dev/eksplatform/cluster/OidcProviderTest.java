package dev.eksplatform.cluster;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import org.junit.jupiter.api.Test;

class OidcProviderTest {

    private static final String URL = "https://oidc.eks.eu-central-1.amazonaws.com/id/0A1B";
    private static final String STARFIELD = "9e99a48a9960b14926bb7f3b02e22da2b0ab7280";
    private static final String AMAZON = "06b25927c42a721631c1efd9431e648fa62e1e39";

    private static TerraformStack stackWith(OidcSpec spec) {
        TerraformStack stack = TestStack.make();
        new OidcProvider(stack, "oidc", URL, List.of("sts.amazonaws.com"), spec);
        return stack;
    }

    @Test
    void minimalLeavesTheThumbprintToIam() {
        TestStack.checkGolden("oidc-provider-minimal", stackWith(OidcSpec.standard()));
    }

    @Test
    void pinned() {
        TestStack.checkGolden(
                "oidc-provider-pinned",
                stackWith(OidcSpec.standard()
                        .withThumbprint(new ThumbprintSource.Pinned(
                                List.of(Thumbprint.parse(STARFIELD), Thumbprint.parse(AMAZON))))));
    }

    @Test
    void computedComesFromTheChainThatTheIssuerServes() {
        TestStack.checkGolden(
                "oidc-provider-computed",
                stackWith(OidcSpec.standard().withThumbprint(new ThumbprintSource.Computed())));
    }

    @Test
    void anExistingOneIsLookedUp() {
        TerraformStack stack = stackWith(OidcSpec.standard().withExisting(true));

        TestStack.checkGolden("oidc-provider-existing", stack);
        assertThat(stack).hasNoResource("aws_iam_openid_connect_provider");
    }

    @Test
    void theIssuerLosesItsSchemeWhetherTextOrReference() {
        TerraformStack stack = TestStack.make();
        OidcProvider fromText = new OidcProvider(stack, "oidc", URL, List.of(), OidcSpec.standard());
        OidcProvider fromCluster = TestCluster.in(stack).oidcProvider();

        assertThat(fromText.issuer()).isEqualTo("oidc.eks.eu-central-1.amazonaws.com/id/0A1B");
        assertThat(fromCluster.issuer()).isNotEqualTo(fromText.issuer());
        assertThat(TestStack.configuration(stack).path("locals"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "${trimprefix(aws_eks_cluster.cluster_A4C38409.identity[0].oidc[0].issuer, \"https://\")}");
    }
}
