package dev.eksplatform.cluster;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestStack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityProvidersTest {

    private static final ClusterSpec SHOP = ClusterSpec.of("shop", "1.36");
    private static final IdentityProviderSpec COMPANY =
            IdentityProviderSpec.of("https://login.example.com", "kubernetes");

    @Test
    void aProviderHasTheDefaultsOfEks() {
        TerraformStack stack = TestStack.make();
        TestCluster.in(stack, SHOP.withIdentityProviders(Map.of("company", COMPANY)));
        JsonNode resource = TestStack.configuration(stack)
                .at("/resource/aws_eks_identity_provider_config")
                .elements()
                .next();
        assertThat(resource)
                .hasToString("{\"cluster_name\":\"${aws_eks_cluster.cluster_A4C38409.name}\",\"oidc\":{\"client_id\":"
                        + "\"kubernetes\",\"identity_provider_config_name\":\"company\",\"issuer_url\":"
                        + "\"https://login.example.com\"}}");
    }

    @Test
    void severalAreAssociatedOneAfterTheOther() {
        Map<String, IdentityProviderSpec> providers = new LinkedHashMap<>();
        providers.put(
                "company",
                COMPANY.withUsernameClaim(Optional.of("email"))
                        .withUsernamePrefix(Optional.of("-"))
                        .withGroupsClaim(Optional.of("groups"))
                        .withGroupsPrefix(Optional.of("oidc:"))
                        .withRequiredClaims(Map.of("hd", "example.com")));
        providers.put("partner", IdentityProviderSpec.of("https://login.example.org/realms/p", "shop"));
        TerraformStack stack = TestStack.make();
        TestCluster.in(stack, SHOP.withIdentityProviders(providers));
        assertThat(stack)
                .hasResources("aws_eks_identity_provider_config", 2)
                .hasResource("aws_eks_identity_provider_config")
                .withAttribute("oidc.identity_provider_config_name", "company")
                .withAttribute("oidc.username_claim", "email")
                .withAttribute("oidc.username_prefix", "-")
                .withAttribute("oidc.groups_claim", "groups")
                .withAttribute("oidc.groups_prefix", "oidc:")
                .withAttribute("oidc.required_claims.hd", "example.com")
                .withoutAttribute("depends_on")
                .and()
                .hasResource("aws_eks_identity_provider_config")
                .withAttribute("oidc.identity_provider_config_name", "partner")
                .withAttribute(
                        "depends_on",
                        List.of("aws_eks_identity_provider_config.cluster_identity-provider-company_DA840E50"));
    }

    @Test
    void theirNumberDependsOnTheVersion() {
        Map<String, IdentityProviderSpec> two = new LinkedHashMap<>();
        two.put("company", COMPANY);
        two.put("partner", COMPANY.withIssuerUrl("https://login.example.org"));
        ClusterSpec old = ClusterSpec.of("shop", "1.31");
        assertThat(ProblemsOf.making(() -> old.withIdentityProviders(two)))
                .containsExactly(
                        "identityProviders: 2 identity providers with Kubernetes 1.31; allowed: one, before Kubernetes"
                                + " 1.32; fix: remove some");
        Map<String, IdentityProviderSpec> eleven = new LinkedHashMap<>();
        for (int i = 0; i < 11; i++) {
            eleven.put("p" + i, COMPANY.withIssuerUrl("https://login" + i + ".example.com"));
        }
        assertThat(ProblemsOf.making(() -> SHOP.withIdentityProviders(eleven)))
                .containsExactly(
                        "identityProviders: 11 identity providers with Kubernetes 1.36; allowed: at most 10; fix: remove some");
    }

    @Test
    void anIssuerIsAssociatedOnce_AndCanBeReached() {
        Map<String, IdentityProviderSpec> same = new LinkedHashMap<>();
        same.put("company", COMPANY);
        same.put("second", COMPANY.withClientId("other"));
        same.put("a b", COMPANY.withIssuerUrl("https://keycloak.internal/realms/p"));
        assertThat(ProblemsOf.making(() -> SHOP.withIdentityProviders(same)))
                .containsExactly(
                        "identityProviders.second.issuerUrl: the issuer of company: EKS associates an issuer once, whatever its"
                                + " client; fix: remove one of the two",
                        "identityProviders[\"a b\"]: \"a b\" is not the name of an identity provider; allowed: 1 to 100"
                                + " letters, digits, - and _, beginning with a letter or digit; fix: rename it, such as to"
                                + " company",
                        "identityProviders[\"a b\"].issuerUrl: https://keycloak.internal/realms/p cannot be reached from the"
                                + " internet, where EKS reads its keys; allowed: an issuer on the internet; fix: publish it, or"
                                + " set controlPlaneEgressMode: customer-routed");
        ClusterSpec routed = SHOP.withControlPlaneEgressMode(Optional.of(ControlPlaneEgressMode.CUSTOMER_ROUTED));
        assertThat(routed.withIdentityProviders(Map.of("a", COMPANY.withIssuerUrl("https://10.1.2.3/")))
                        .identityProviders())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://login.example.com", "login.example.com", "https://", "https://a b", ""})
    void anIssuerIsAnHttpsUrl(String url) {
        assertThat(ProblemsOf.making(() -> COMPANY.withIssuerUrl(url)))
                .containsExactly(
                        "issuerUrl: \"" + url + "\" is not the URL of an issuer; allowed: an https URL, with a path at"
                                + " most; fix: write it as in the iss claim of a token, like https://login.example.com");
    }

    @Test
    void settingsAreThoseOfEks() {
        assertThat(ProblemsOf.making(() -> COMPANY.withIssuerUrl("https://login.example.com?tenant=1")))
                .containsExactly(
                        "issuerUrl: \"https://login.example.com?tenant=1\" has a query or a fragment; allowed: an https"
                                + " URL, with a path at most; fix: remove what follows the path");
        assertThat(ProblemsOf.making(() -> COMPANY.withIssuerUrl("https://oidc.eks.eu-central-1.amazonaws.com/id/AB")))
                .containsExactly("issuerUrl: https://oidc.eks.eu-central-1.amazonaws.com/id/AB issues the tokens of"
                        + " ServiceAccounts of a cluster, not of people; allowed: the issuer of a login service; fix: use"
                        + " identities for the AWS permissions of ServiceAccounts");
        assertThat(ProblemsOf.making(
                        () -> COMPANY.withUsernamePrefix(Optional.of("system:")).withClientId(" ")))
                .containsExactly(
                        "usernamePrefix: \"system:\" contains system:; allowed: text without system:, which Kubernetes"
                                + " uses itself; fix: write it like oidc:");
        assertThat(ProblemsOf.making(() -> COMPANY.withClientId(" ")))
                .containsExactly(
                        "clientId: \" \" is empty or has spaces at its ends; allowed: text without them; fix: correct it");
        assertThat(ProblemsOf.making(() -> COMPANY.withGroupsPrefix(Optional.of("oidc:"))))
                .containsExactly(
                        "groupsPrefix: a prefix of groups without groupsClaim; fix: add groupsClaim: groups, or remove it");
        assertThat(ProblemsOf.making(() -> COMPANY.withRequiredClaims(Map.of("hd", ""))))
                .containsExactly(
                        "requiredClaims.hd: a claim of 2 and a value of 0 characters; allowed: 1 to 63 characters, and a"
                                + " value of 1 to 253; fix: shorten it, or remove it");
    }
}
