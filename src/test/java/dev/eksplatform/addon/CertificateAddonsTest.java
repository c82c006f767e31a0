package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.cluster.ClusterObject;
import dev.eksplatform.facts.GrantFacts;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.PolicyReference;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.ProblemsOf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** cert-manager with issuers, and the issuer of AWS Private CA. */
class CertificateAddonsTest {

    private static final String ZONE = "Z0123456789ABCDEFGHIJ";
    private static final String AUTHORITY =
            "arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f";
    private static final CertManagerSpec CERT_MANAGER = CertManagerSpec.standard();
    private static final PrivateCaIssuerSpec PRIVATE_CA = PrivateCaIssuerSpec.standard();
    private static final AcmeIssuerSpec DNS = AcmeIssuerSpec.of("platform@example.com");
    private static final AcmeIssuerSpec HTTP = DNS.with(one -> one.solver(AcmeIssuerSpec.Solver.HTTP01)
            .server(AcmeIssuerSpec.Server.STAGING)
            .ingressClass(Optional.of("nginx")));

    private static String values(HelmAddon addon, String... others) {
        return Json.compact(addon.values()
                .apply(new HelmAddon.ReleaseContext(
                        "shop", "eu-central-1", "vpc-0a1b2c3d", List.of(others), Map.of("team", "shop"))));
    }

    private static List<String> objects(HelmAddon addon) {
        return addon.objects().stream()
                .map(ClusterObject::body)
                .map(Json::compact)
                .toList();
    }

    private static Set<List<String>> grants(HelmAddon addon) {
        return GrantFacts.of(addon.controllers().get(0).policy().orElseThrow().toJson());
    }

    private static Set<List<String>> withResource(Set<List<String>> grants, String documented, String own) {
        return grants.stream()
                .map(grant -> List.of(grant.get(0), grant.get(1).replace(documented, own), grant.get(2)))
                .collect(Collectors.toSet());
    }

    @Test
    void certManagerWithoutZonesHasNoRole() {
        HelmAddon addon = CERT_MANAGER.resolve(TestAddons.AWS);

        assertThat(addon.controllers()).isEmpty();
        assertThat(addon.objects()).isEmpty();
        assertThat(addon.needs()).isEmpty();
        assertThat(values(addon))
                .isEqualTo(
                        "{\"cainjector\":{\"podDisruptionBudget\":{\"enabled\":true},\"replicaCount\":2},"
                                + "\"crds\":{\"enabled\":true,\"keep\":true},\"podDisruptionBudget\":{\"enabled\":true},"
                                + "\"replicaCount\":2,\"webhook\":{\"podDisruptionBudget\":{\"enabled\":true},\"replicaCount\":2}}");
    }

    @Test
    void aSingleReplicaHasNoBudgetThatWouldKeepNodesFromBeingDrained() {
        assertThat(values(CERT_MANAGER.withReplicas(1).resolve(TestAddons.AWS)))
                .contains("\"webhook\":{\"podDisruptionBudget\":{\"enabled\":false},\"replicaCount\":1}");
    }

    @Test
    void withOneZoneItMayChangeOnlyItsTextRecordsAndNeedNotFindIt() {
        HelmAddon addon = CERT_MANAGER
                .withZones(List.of(ZONE))
                .withIssuers(Map.of("letsencrypt", DNS))
                .resolve(TestAddons.AWS);

        assertThat(grants(addon))
                .isEqualTo(withResource(
                        GrantFacts.documented("cert-manager", "v1.21.2.aws").stream()
                                .filter(grant -> !grant.get(0).equals("route53:ListHostedZonesByName"))
                                .collect(Collectors.toSet()),
                        "hostedzone/*",
                        "hostedzone/" + ZONE));
        assertThat(addon.controllers().get(0).serviceAccount()).hasToString("cert-manager/cert-manager");
        assertThat(values(addon))
                .contains("\"securityContext\":{\"fsGroup\":1001},\"serviceAccount\":{\"create\":false,\"name\":"
                        + "\"cert-manager\"}");
        assertThat(objects(addon))
                .containsExactly("{\"apiVersion\":\"cert-manager.io/v1\",\"kind\":\"ClusterIssuer\",\"metadata\":{"
                        + "\"name\":\"letsencrypt\"},\"spec\":{\"acme\":{\"email\":\"platform@example.com\","
                        + "\"privateKeySecretRef\":{\"name\":\"letsencrypt-account\"},\"server\":"
                        + "\"https://acme-v02.api.letsencrypt.org/directory\",\"solvers\":[{\"dns01\":{\"route53\":{"
                        + "\"hostedZoneID\":\"" + ZONE + "\",\"region\":\"eu-central-1\"}}}]}}}");
    }

    @Test
    void withSeveralZonesItFindsThatOfADomain() {
        HelmAddon addon = CERT_MANAGER
                .withZones(List.of(ZONE, "ZOTHER"))
                .withIssuers(Map.of("letsencrypt", DNS.withDomains(List.of("example.com"))))
                .resolve(TestAddons.in(Partition.AWS_CN));

        assertThat(grants(addon))
                .contains(
                        List.of("route53:ListHostedZonesByName", "*", ""),
                        List.of("route53:GetChange", "arn:aws-cn:route53:::change/*", ""))
                .extracting(grant -> grant.get(1))
                .contains("arn:aws-cn:route53:::hostedzone/ZOTHER");
        assertThat(objects(addon).get(0))
                .contains(
                        "\"solvers\":[{\"dns01\":{\"route53\":{\"region\":\"cn-north-1\"}},\"selector\":{\"dnsZones\":"
                                + "[\"example.com\"]}}]");
    }

    @Test
    void anIssuerCanAskTheWebServerInstead() {
        HelmAddon addon = CERT_MANAGER
                .withIssuers(Map.of(
                        "by-gateway",
                        HTTP.with(one -> one.ingressClass(Optional.empty()).gateway(Optional.of("edge/public"))),
                        "by-ingress",
                        HTTP))
                .resolve(TestAddons.AWS);

        assertThat(addon.controllers()).isEmpty();
        assertThat(addon.needs()).containsExactly(GatewayApiSpec.NAME);
        assertThat(objects(addon))
                .satisfiesExactlyInAnyOrder(
                        gateway -> assertThat(gateway)
                                .contains("\"solvers\":[{\"http01\":{\"gatewayHTTPRoute\":{\"parentRefs\":[{\"kind\":"
                                        + "\"Gateway\",\"name\":\"public\",\"namespace\":\"edge\"}]}}}]"),
                        ingress -> assertThat(ingress)
                                .contains(
                                        "\"server\":\"https://acme-staging-v02.api.letsencrypt.org/directory\"",
                                        "\"solvers\":[{\"http01\":{\"ingress\":{\"ingressClassName\":\"nginx\"}}}]"));
    }

    @Test
    void certManagerLooksForGatewaysWhereTheirCrdsAre() {
        String on =
                "\"config\":{\"apiVersion\":\"controller.config.cert-manager.io/v1alpha1\",\"enableGatewayAPI\":true,"
                        + "\"kind\":\"ControllerConfiguration\"}";

        assertThat(values(CERT_MANAGER.resolve(TestAddons.AWS), GatewayApiSpec.NAME))
                .contains(on);
        assertThat(values(CERT_MANAGER.resolve(TestAddons.AWS), "istio")).doesNotContain("\"config\"");
        assertThat(values(
                        CERT_MANAGER
                                .withChart(CERT_MANAGER.chart().withChartVersion(ChartVersion.parse("v1.14.7")))
                                .resolve(TestAddons.AWS),
                        GatewayApiSpec.NAME))
                .doesNotContain("\"config\"");
    }

    @Test
    void whatDoesNotFitTheIssuersOfCertManagerIsRefused() {
        assertThat(ProblemsOf.making(() -> CERT_MANAGER.withIssuers(Map.of("Main", DNS))))
                .containsExactly(
                        "issuers.Main: \"Main\" is not a name; allowed: 1 to 63 lower case letters, digits and -, with a"
                                + " letter or digit at both ends; fix: write it like letsencrypt",
                        "issuers.Main.solver: dns01 without zones that cert-manager may change; fix: add zones: ["
                                + ZONE + "] to cert-manager, or set solver: http01");
        assertThat(ProblemsOf.making(() -> CERT_MANAGER.withZones(List.of("/hostedzone/" + ZONE))))
                .containsExactly(
                        "zones[0]: \"/hostedzone/" + ZONE + "\" is not the ID of a hosted zone; allowed: Z and up"
                                + " to 31 letters and digits; fix: copy it from `aws route53 list-hosted-zones`, without"
                                + " /hostedzone/");
        assertThat(ProblemsOf.making(() -> CERT_MANAGER.withIdentity(
                        ControllerIdentity.standard().withPolicyName(Optional.of("certificates")))))
                .containsExactly(
                        "zones: none, but settings of a role: cert-manager has one for Route 53; fix: add zones: ["
                                + ZONE + "], or remove mode, roleName and policyName");
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "name", "annotations"})
    void theServiceAccountIsThePlatformsOnlyWithARole(String key) {
        ChartSettings chart = CERT_MANAGER.chart().withValues(Map.of("serviceAccount", Map.of(key, "x")));

        assertThat(ProblemsOf.making(() -> CERT_MANAGER.withChart(chart))).isEmpty();
        assertThat(ProblemsOf.making(() -> CERT_MANAGER.withZones(List.of(ZONE)).withChart(chart)))
                .singleElement()
                .asString()
                .startsWith("values.serviceAccount." + key + ": an override of a value that the platform sets");
    }

    @Test
    void anIssuerHasASolverWithWhatItNeeds() {
        assertThat(ProblemsOf.making(() -> DNS.withEmail("platform")))
                .containsExactly(
                        "email: \"platform\" is not an e-mail address; allowed: one address; fix: write it like"
                                + " platform@example.com");
        assertThat(ProblemsOf.making(() -> HTTP.withIngressClass(Optional.empty())))
                .containsExactly(
                        "solver: http01 without a web server; allowed: ingressClass or gateway; fix: add one of"
                                + " them");
        assertThat(ProblemsOf.making(() -> HTTP.withGateway(Optional.of("edge/public"))))
                .containsExactly("solver: http01 with ingressClass and gateway; allowed: ingressClass or gateway; fix:"
                        + " remove one of them");
        assertThat(ProblemsOf.making(() -> DNS.withIngressClass(Optional.of("nginx"))))
                .containsExactly("ingressClass: not used with dns01, which needs no web server; fix: remove it, or set"
                        + " solver: http01");
        assertThat(ProblemsOf.making(() ->
                        HTTP.with(one -> one.ingressClass(Optional.empty()).gateway(Optional.of("public")))))
                .containsExactly("gateway: \"public\" is not a Gateway; allowed: namespace/name; fix: write it like"
                        + " edge/public");
    }

    @Test
    void thePrivateCaIssuerMayUseOnlyItsAuthorities() {
        HelmAddon addon = PRIVATE_CA.withIssuers(Map.of("internal", AUTHORITY)).resolve(TestAddons.AWS);

        assertThat(grants(addon)).isEqualTo(GrantFacts.documented("aws-privateca-issuer", "v1.12.0.aws"));
        assertThat(addon.after()).containsExactly("cert-manager");
        assertThat(addon.podSecurity()).contains(PodSecurityLevel.RESTRICTED);
        assertThat(addon.webhookPorts()).isEmpty();
        assertThat(values(addon))
                .isEqualTo("{\"podSecurityContext\":{\"runAsNonRoot\":true,\"seccompProfile\":{\"type\":"
                        + "\"RuntimeDefault\"}},\"replicaCount\":2,\"securityContext\":{\"capabilities\":{\"drop\":"
                        + "[\"ALL\"]}},\"serviceAccount\":{\"create\":false,\"name\":\"aws-privateca-issuer\"}}");
        assertThat(objects(addon))
                .containsExactly("{\"apiVersion\":\"awspca.cert-manager.io/v1beta1\",\"kind\":\"AWSPCAClusterIssuer\","
                        + "\"metadata\":{\"name\":\"internal\"},\"spec\":{\"arn\":\"" + AUTHORITY
                        + "\",\"region\":\"eu-central-1\"}}");
    }

    @Test
    void moreAuthoritiesAndOtherPoliciesArePermissionsToo() {
        String other = AUTHORITY.replace("0a1b2c3d-", "1a1b2c3d-");
        assertThat(grants(PRIVATE_CA
                        .withIssuers(Map.of("internal", AUTHORITY))
                        .withAuthorities(List.of(other, AUTHORITY))
                        .resolve(TestAddons.AWS)))
                .hasSize(6)
                .contains(List.of("acm-pca:IssueCertificate", other, ""));
        AddonController replaced = PRIVATE_CA
                .withIdentity(ControllerIdentity.standard()
                        .withPolicies(List.of(PolicyReference.parse("AWSCertificateManagerPrivateCAUser"))))
                .resolve(TestAddons.AWS)
                .controllers()
                .get(0);
        assertThat(replaced.policy()).isEmpty();
        assertThat(PRIVATE_CA.hasAuthority()).isFalse();
    }

    @Test
    void anAuthorityIsAnArnOfThePartition() {
        assertThat(ProblemsOf.making(() ->
                        PRIVATE_CA.with(one -> one.issuers(Map.of("Main", "ca")).authorities(List.of("ca")))))
                .containsExactly(
                        "issuers.Main: \"Main\" is not a name; allowed: 1 to 63 lower case letters, digits and -, with a"
                                + " letter or digit at both ends; fix: write it like internal",
                        "issuers.Main: \"ca\" is not the ARN of a private certificate authority; allowed:"
                                + " arn:aws:acm-pca:REGION:ACCOUNT:certificate-authority/ID; fix: copy it from `aws acm-pca"
                                + " list-certificate-authorities`",
                        "authorities[0]: \"ca\" is not the ARN of a private certificate authority; allowed:"
                                + " arn:aws:acm-pca:REGION:ACCOUNT:certificate-authority/ID; fix: copy it from `aws acm-pca"
                                + " list-certificate-authorities`");
        assertThat(ProblemsOf.making(() ->
                        PRIVATE_CA.withIssuers(Map.of("internal", AUTHORITY)).resolve(TestAddons.in(Partition.AWS_CN))))
                .singleElement()
                .asString()
                .startsWith("issuers.internal: ");
    }
}
