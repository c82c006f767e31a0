package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.cluster.ClusterObject;
import dev.eksplatform.cluster.IngressClassSpec;
import dev.eksplatform.facts.GrantFacts;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.PolicyReference;
import dev.eksplatform.iam.document.InlinePolicy;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.problem.ProblemsOf;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The CRDs of the Gateway API, the controllers that create load balancers and services for its objects, and what else they may do. */
class GatewayAddonsTest {

    private static final String ZONE = "Z0123456789ABCDEFGHIJ";
    private static final String GROUP = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/shop/*";
    private static final LoadBalancerControllerSpec CONTROLLER = LoadBalancerControllerSpec.standard();
    private static final LatticeControllerSpec LATTICE = LatticeControllerSpec.standard();
    private static final GatewayClassSpec CLASS = GatewayClassSpec.standard();

    private static String values(HelmAddon addon, String... others) {
        return Json.compact(addon.values()
                .apply(new HelmAddon.ReleaseContext(
                        "shop", "eu-central-1", "vpc-0a1b2c3d", List.of(others), Map.of())));
    }

    private static List<String> objects(HelmAddon addon) {
        return addon.objects().stream()
                .map(ClusterObject::body)
                .map(Json::compact)
                .toList();
    }

    private static Map<String, InlinePolicy> more(LoadBalancerControllerSpec spec) {
        return spec.resolve(TestAddons.AWS).controllers().get(0).identity().policyDocuments();
    }

    private static String policy(LoadBalancerControllerSpec spec, String feature) {
        return Objects.requireNonNull(more(spec).get(feature)).policy().toJson();
    }

    @ParameterizedTest
    @EnumSource
    void everyKindOfAChannelHasAVersionThatIsStored(GatewayApiSpec.Channel channel) {
        Map<String, Map<String, Object>> definitions =
                GatewayApiSpec.standard().withChannel(channel).definitions();

        assertThat(definitions)
                .containsKeys(
                        "gatewayclasses.gateway.networking.k8s.io",
                        "gateways.gateway.networking.k8s.io",
                        "grpcroutes.gateway.networking.k8s.io",
                        "httproutes.gateway.networking.k8s.io",
                        "referencegrants.gateway.networking.k8s.io",
                        "tcproutes.gateway.networking.k8s.io",
                        "tlsroutes.gateway.networking.k8s.io",
                        "udproutes.gateway.networking.k8s.io")
                .allSatisfy((name, definition) -> {
                    String text = Json.compact(definition);
                    assertThat(text)
                            .contains(
                                    "\"name\":\"" + name + "\"",
                                    "\"kind\":\"CustomResourceDefinition\"",
                                    "\"storage\":true",
                                    "\"gateway.networking.k8s.io/channel\":\""
                                            + (channel == GatewayApiSpec.Channel.STANDARD ? "standard" : "experimental")
                                            + "\"")
                            .doesNotContain("\"status\":{\"acceptedNames\"");
                });
    }

    @Test
    void onlyTheExperimentalChannelHasKindsThatMayGo() {
        assertThat(GatewayApiSpec.standard().definitions().keySet())
                .noneMatch(name -> name.endsWith(".gateway.networking.x-k8s.io"));
        assertThat(GatewayApiSpec.standard()
                        .withChannel(GatewayApiSpec.Channel.EXPERIMENTAL)
                        .definitions()
                        .keySet())
                .anyMatch(name -> name.endsWith(".gateway.networking.x-k8s.io"));
    }

    @Test
    void aGatewayClassIsInternalAndRefusesInvalidHeaderFields() {
        HelmAddon addon =
                CONTROLLER.withGatewayClasses(Map.of("internal", CLASS)).resolve(TestAddons.AWS);

        assertThat(addon.needs()).containsExactly(GatewayApiSpec.NAME);
        assertThat(objects(addon))
                .containsExactly(
                        "{\"apiVersion\":\"gateway.k8s.aws/v1\",\"kind\":\"LoadBalancerConfiguration\",\"metadata\":{"
                                + "\"name\":\"internal\",\"namespace\":\"kube-system\"},\"spec\":{\"ipAddressType\":\"ipv4\","
                                + "\"loadBalancerAttributes\":[{\"key\":\"routing.http.drop_invalid_header_fields.enabled\","
                                + "\"value\":\"true\"}],\"scheme\":\"internal\"}}",
                        "{\"apiVersion\":\"gateway.networking.k8s.io/v1\",\"kind\":\"GatewayClass\",\"metadata\":{\"name\":"
                                + "\"internal\"},\"spec\":{\"controllerName\":\"gateway.k8s.aws/alb\",\"parametersRef\":{"
                                + "\"group\":\"gateway.k8s.aws\",\"kind\":\"LoadBalancerConfiguration\",\"name\":\"internal\","
                                + "\"namespace\":\"kube-system\"}}}");
        assertThat(CONTROLLER.resolve(TestAddons.AWS).needs()).isEmpty();
    }

    @Test
    void aGatewayClassHasWhatItsLoadBalancersHaveInCommon() {
        String certificate = "arn:aws:acm:eu-central-1:111122223333:certificate/";
        GatewayClassSpec full = CLASS.with(one -> one.type(GatewayClassSpec.Type.NLB)
                .scheme(IngressClassSpec.Scheme.INTERNET_FACING)
                .ipAddressType(IngressClassSpec.IpAddressType.DUALSTACK)
                .certificateArns(List.of(certificate + "a", certificate + "b"))
                .subnetIds(List.of("subnet-0a1b2c3d"))
                .sourceRanges(List.of(Cidr.parse("203.0.113.0/24")))
                .attributes(Map.of("deletion_protection.enabled", "true"))
                .tags(Map.of("team", "shop")));

        assertThat(objects(CONTROLLER.withGatewayClasses(Map.of("public", full)).resolve(TestAddons.AWS)))
                .first()
                .asString()
                .endsWith("\"spec\":{\"ipAddressType\":\"dualstack\",\"listenerConfigurations\":[{\"certificates\":[\""
                        + certificate + "b\"],\"defaultCertificate\":\"" + certificate
                        + "a\",\"protocolPort\":\"TLS:443\",\"sslPolicy\":\"ELBSecurityPolicy-TLS13-1-2-2021-06\"}],"
                        + "\"loadBalancerAttributes\":[{\"key\":\"deletion_protection.enabled\",\"value\":\"true\"}],"
                        + "\"loadBalancerSubnets\":[{\"identifier\":\"subnet-0a1b2c3d\"}],\"scheme\":\"internet-facing\","
                        + "\"sourceRanges\":[\"203.0.113.0/24\"],\"tags\":{\"team\":\"shop\"}}}");
    }

    @Test
    void aGatewayClassThatAwsWouldRefuseIsAnError() {
        assertThat(ProblemsOf.making(() -> CLASS.with(one -> one.certificateArns(List.of("example.com"))
                        .sslPolicy(Optional.of("TLS13"))
                        .subnetIds(List.of("subnet-0a1b2c3d")))))
                .containsExactly(
                        "certificateArns[0]: \"example.com\" is not the ARN of a certificate; allowed:"
                                + " arn:aws:acm:REGION:ACCOUNT:certificate/ID; fix: copy it from `aws acm list-certificates`",
                        "sslPolicy: \"TLS13\" is not a security policy; allowed: ELBSecurityPolicy- and its name; fix: copy"
                                + " it from `aws elbv2 describe-ssl-policies`",
                        "subnetIds: 1 given; allowed: at least two: an Application Load Balancer is placed in two zones or"
                                + " more; fix: add a subnet of another zone");
    }

    @Test
    void theControllerKeepsItsCertificateWhereCertManagerIsNot() {
        String standard = values(CONTROLLER.resolve(TestAddons.AWS));

        assertThat(standard)
                .contains(
                        "\"enableCertManager\":false,\"keepTLSSecret\":true",
                        "\"podDisruptionBudget\":{\"maxUnavailable\":1}")
                .doesNotContain("controllerConfig");
        assertThat(values(CONTROLLER.resolve(TestAddons.AWS), "cert-manager"))
                .contains("\"enableCertManager\":true")
                .doesNotContain("keepTLSSecret");
    }

    /** Neither AWS WAF nor AWS Shield has an endpoint there. */
    @Test
    void withoutARouteToTheInternetItDoesNotAskForWafAndShield() {
        ClusterNodes closed = new ClusterNodes(true, List.of(), true, List.of(), true, false, false, false);

        assertThat(values(CONTROLLER.resolve(TestAddons.on(closed))))
                .contains("\"enableShield\":false,\"enableWaf\":false,\"enableWafv2\":false");
        assertThat(values(CONTROLLER.resolve(TestAddons.AWS))).doesNotContain("enableShield", "enableWaf");
    }

    @Test
    void certificatesAreRequestedInTheGivenZonesOnly() {
        LoadBalancerControllerSpec spec = CONTROLLER.withCertificateZones(List.of(ZONE));

        assertThat(GrantFacts.of(policy(spec, "certificates")))
                .isEqualTo(GrantFacts.documented("aws-load-balancer-controller-certificates", "v3.5.0.aws").stream()
                        .filter(grant -> !grant.get(0).startsWith("acm-pca:"))
                        .map(grant -> grant.get(0).equals("route53:ChangeResourceRecordSets")
                                ? List.of(grant.get(0), "arn:aws:route53:::hostedzone/" + ZONE, grant.get(2))
                                : grant)
                        .collect(Collectors.toSet()));
        assertThat(values(spec.resolve(TestAddons.AWS)))
                .contains("\"controllerConfig\":{\"featureGates\":{\"EnableCertificateManagement\":true}}");
    }

    @Test
    void acceleratorsOfItsOwnAreAllThatItMayChange() {
        LoadBalancerControllerSpec spec = CONTROLLER.withGlobalAccelerator(true);

        assertThat(GrantFacts.of(policy(spec, "global-accelerator")))
                .isNotEmpty()
                .isEqualTo(GrantFacts.documented("aws-load-balancer-controller-global-accelerator", "v3.5.0.aws"));
        assertThat(values(spec.resolve(TestAddons.AWS)))
                .contains("\"controllerConfig\":{\"featureGates\":{\"GlobalAcceleratorController\":true}}");
        assertThat(ProblemsOf.making(() -> spec.resolve(TestAddons.in(Partition.AWS_CN))))
                .containsExactly(
                        "globalAccelerator: true in the partition aws-cn, which has no AWS Global Accelerator; fix:"
                                + " remove it");
        assertThat(more(spec.withIdentity(ControllerIdentity.standard()
                        .withPolicies(List.of(PolicyReference.parse("ElasticLoadBalancingFullAccess"))))))
                .isEmpty();
    }

    @Test
    void forTargetGroupsThatExistItNeedsFewPermissionsAndGuardsNoService() {
        LoadBalancerControllerSpec spec =
                CONTROLLER.with(one -> one.targetGroupBindingOnly(true).targetGroups(List.of(GROUP)));
        HelmAddon addon = spec.resolve(TestAddons.AWS);
        Set<List<String>> documented =
                GrantFacts.documented("aws-load-balancer-controller-target-groups", "v3.5.0.aws");

        assertThat(GrantFacts.of(
                        addon.controllers().get(0).policy().orElseThrow().toJson()))
                .isEqualTo(documented.stream()
                        .map(grant ->
                                grant.get(0).contains(":Describe") ? grant : List.of(grant.get(0), GROUP, grant.get(2)))
                        .collect(Collectors.toSet()));
        assertThat(GrantFacts.of(spec.withTargetGroups(List.of())
                        .resolve(TestAddons.AWS)
                        .controllers()
                        .get(0)
                        .policy()
                        .orElseThrow()
                        .toJson()))
                .isEqualTo(documented);
        assertThat(addon.guardsServices()).isFalse();
        assertThat(values(addon))
                .contains(
                        "\"createIngressClassResource\":false",
                        "\"enableServiceMutatorWebhook\":false",
                        "\"featureGates\":{\"ALBGatewayAPI\":false,\"EnableServiceController\":false,\"NLBGatewayAPI\":false}");
    }

    @ParameterizedTest
    @CsvSource({"1.13.4, globalAccelerator, 3.0.0", "3.4.3, gatewayClasses, 3.5.0", "3.2.0, certificateZones, 3.3.0"})
    void aFeatureNeedsAChartThatHasIt(String chart, String property, String first) {
        assertThat(ProblemsOf.making(() ->
                        CONTROLLER.with(one -> one.chart(CONTROLLER.chart().withChartVersion(ChartVersion.parse(chart)))
                                .globalAccelerator(property.equals("globalAccelerator"))
                                .gatewayClasses(property.equals("gatewayClasses") ? Map.of("public", CLASS) : Map.of())
                                .certificateZones(property.equals("certificateZones") ? List.of(ZONE) : List.of()))))
                .contains(property + ": needs chart " + first + " or newer, this is " + chart
                        + "; fix: use chartVersion: 3.5.0");
    }

    @Test
    void featuresThatExcludeEachOtherAreErrors() {
        assertThat(ProblemsOf.making(() -> CONTROLLER.with(one -> one.targetGroupBindingOnly(true)
                        .globalAccelerator(true)
                        .certificateZones(List.of("zone"))
                        .gatewayClasses(Map.of("Public", CLASS)))))
                .containsExactly(
                        "gatewayClasses: not used with targetGroupBindingOnly, with which it creates nothing; fix: remove"
                                + " one of them",
                        "globalAccelerator: not used with targetGroupBindingOnly, with which it creates nothing; fix:"
                                + " remove one of them",
                        "certificateZones: not used with targetGroupBindingOnly, with which it creates nothing; fix:"
                                + " remove one of them",
                        "gatewayClasses.Public: \"Public\" is not a name; allowed: 1 to 63 lower case letters, digits and"
                                + " -, with a letter or digit at both ends; fix: write it like public",
                        "certificateZones[0]: \"zone\" is not the ID of a hosted zone; allowed: Z and up to 31 letters and"
                                + " digits; fix: copy it from `aws route53 list-hosted-zones`, without /hostedzone/");
        assertThat(ProblemsOf.making(() -> CONTROLLER.withTargetGroups(List.of("shop"))))
                .containsExactly(
                        "targetGroups[0]: \"shop\" is not the ARN of a target group; allowed:"
                                + " arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID; fix: copy it from"
                                + " `aws elbv2 describe-target-groups`",
                        "targetGroups: not used without targetGroupBindingOnly: the controller changes the target groups"
                                + " that it creates; fix: remove it, or add targetGroupBindingOnly: true");
    }

    @Test
    void theControllerOfLatticeHasItsNetworkByValue() {
        HelmAddon addon = LATTICE.withServiceNetwork(Optional.of("shop")).resolve(TestAddons.AWS);

        assertThat(values(addon))
                .isEqualTo("{\"awsAccountId\":\"111122223333\",\"awsRegion\":\"eu-central-1\",\"clusterName\":\"shop\","
                        + "\"clusterVpcId\":\"vpc-0a1b2c3d\",\"defaultServiceNetwork\":\"shop\",\"deployment\":{\"replicas\":"
                        + "2},\"pdb\":{\"enabled\":true,\"maxUnavailable\":1},\"serviceAccount\":{\"create\":false,\"name\":"
                        + "\"gateway-api-controller\"}}");
        assertThat(GrantFacts.of(
                        addon.controllers().get(0).policy().orElseThrow().toJson()))
                .isEqualTo(GrantFacts.documented("aws-gateway-api-controller", "v2.1.3.aws"));
        assertThat(addon.webhookPorts()).containsExactly(9443);
        assertThat(addon.needs()).containsExactly(GatewayApiSpec.NAME);
        assertThat(addon.resources()).containsExactly(Map.entry("traffic", LatticeTrafficSpec.of("eu-central-1")));
        assertThat(objects(addon))
                .containsExactly(
                        "{\"apiVersion\":\"gateway.networking.k8s.io/v1\",\"kind\":\"GatewayClass\",\"metadata\":{"
                                + "\"name\":\"amazon-vpc-lattice\"},\"spec\":{\"controllerName\":"
                                + "\"application-networking.k8s.aws/gateway-api-controller\"}}");
        assertThat(values(LATTICE.withReplicas(1).resolve(TestAddons.AWS)))
                .contains("\"pdb\":{\"enabled\":false}")
                .doesNotContain("defaultServiceNetwork");
    }

    @ParameterizedTest
    @CsvSource({"Shop", "a", "a--b", "-shop", "servicenetwork-shop"})
    void aServiceNetworkHasANameThatLatticeAccepts(String name) {
        assertThat(ProblemsOf.making(() -> LATTICE.withServiceNetwork(Optional.of(name))))
                .containsExactly(
                        "serviceNetwork: \"" + name + "\" is not the name of a service network; allowed: 3 to 63"
                                + " lower case letters, digits and -, not two of - in a row, none at an end; fix: write it like"
                                + " shop");
    }
}
