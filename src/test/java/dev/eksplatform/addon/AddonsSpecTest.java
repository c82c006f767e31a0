package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.facts.GrantFacts;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.PolicyReference;
import dev.eksplatform.internal.release.AckCharts;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddonsSpecTest {

    private static final CertManagerSpec CERT_MANAGER = CertManagerSpec.standard();
    private static final LoadBalancerControllerSpec CONTROLLER = LoadBalancerControllerSpec.standard();
    private static final AckControllerSpec ACK = AckControllerSpec.standard();
    private static final String RESERVED_END = "; fix: remove it: role, trust, ServiceAccount and chart must agree";

    private static Map<String, Object> at(String path, Object value) {
        int dot = path.indexOf('.');
        return dot < 0 ? Map.of(path, value) : Map.of(path.substring(0, dot), at(path.substring(dot + 1), value));
    }

    private static ChartSettings values(AddonSpec addon, Map<String, Object> values) {
        return addon.chart().withValues(values);
    }

    @Test
    void theyBecomeReadyCertManagerFirstThenTheGuardOfServicesThenTheRest() {
        AddonsSpec spec = AddonsSpec.of(CERT_MANAGER, CONTROLLER)
                .withAck(Map.of(AckService.S3, ACK))
                .withHelm(Map.of(
                        "a-chart",
                        HelmReleaseSpec.of(
                                "a", "https://charts.example.com", ChartVersion.parse("1.0.0"), "monitoring")));

        assertThat(TestAddons.resolve(spec))
                .extracting(HelmAddon::name)
                .containsExactly("cert-manager", "aws-load-balancer-controller", "a-chart", "ack-s3-controller");
        assertThat(TestAddons.resolve(AddonsSpec.none())).isEmpty();
    }

    @Test
    void anAddonHasItsOwnName() {
        assertThat(ProblemsOf.making(() -> AddonsSpec.none().withNamed(Map.of("certs", CERT_MANAGER))))
                .containsExactly("certs: the add-on cert-manager; fix: use cert-manager");
    }

    @Test
    void whatIsWrongWithAnAddonAndWithTheOrderIsReportedAtOnce() {
        HelmReleaseSpec web =
                HelmReleaseSpec.of("web", "https://charts.example.com", ChartVersion.parse("1.0.0"), "web");
        AddonsSpec spec = AddonsSpec.none()
                .withAck(Map.of(AckService.parse("dynamodbs"), ACK))
                .withHelm(Map.of("web", web.withNeeds(List.of("nope", "ack-dynamodbs-controller"))));

        assertThat(ProblemsOf.making(() -> TestAddons.resolve(spec)))
                .containsExactly(
                        "ack.dynamodbs: dynamodbs is not a service whose controller this release knows; allowed: "
                                + String.join(
                                        ", ", AckCharts.get().controllers().keySet())
                                + "; fix: did you mean dynamodb?",
                        "helm.web.needs: \"nope\" is not an add-on of this environment; allowed: ack-dynamodbs-controller, "
                                + "web; fix: add it, or remove the need");
    }

    @Test
    void policiesOfYourOwnReplaceTheOneOfTheLoadBalancerController() {
        PolicyReference own = PolicyReference.parse("arn:aws:iam::111122223333:policy/load-balancers");
        HelmAddon addon = CONTROLLER
                .withIdentity(CONTROLLER.identity().withPolicies(List.of(own)))
                .resolve(TestAddons.AWS);
        assertThat(addon.controllers().get(0).policy()).isEmpty();
        assertThat(addon.controllers().get(0).identity().policies()).containsExactly(own);
    }

    @ParameterizedTest
    @ValueSource(strings = {"crds.enabled", "crds.keep", "installCRDs"})
    void certManagersCrdsAreThePlatforms(String path) {
        assertThat(ProblemsOf.making(() -> CERT_MANAGER.withChart(values(CERT_MANAGER, at(path, false)))))
                .containsExactly("values." + path + ": an override of a value that the platform sets; allowed: values "
                        + "other than crds.enabled, crds.keep, installCRDs" + RESERVED_END);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clusterName",
                "region",
                "vpcId",
                "enableCertManager",
                "serviceAccount.create",
                "serviceAccount.name",
                "serviceAccount.annotations"
            })
    void whatBindsTheControllerToItsRoleIsThePlatforms(String path) {
        assertThat(ProblemsOf.making(() -> CONTROLLER.withChart(values(CONTROLLER, at(path, "x")))))
                .containsExactly("values." + path + ": an override of a value that the platform sets; allowed: values "
                        + "other than clusterName, region, vpcId, enableCertManager, serviceAccount.create, "
                        + "serviceAccount.name, serviceAccount.annotations" + RESERVED_END);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aws.region",
                "deletionPolicy",
                "serviceAccount.create",
                "serviceAccount.name",
                "serviceAccount.annotations"
            })
    void whatBindsAnAckControllerToItsRoleIsThePlatforms(String path) {
        assertThat(ProblemsOf.making(() -> ACK.withValues(at(path, "x"))))
                .containsExactly("values." + path + ": an override of a value that the platform sets; allowed: values "
                        + "other than aws.region, deletionPolicy, serviceAccount.create, serviceAccount.name, "
                        + "serviceAccount.annotations" + RESERVED_END);
    }

    @Test
    void anAddonHasAReplica() {
        String problem = "replicas: 0 replicas; allowed: 1 or more; fix: use 1, or remove the add-on";

        assertThat(ProblemsOf.making(() -> CERT_MANAGER.withReplicas(0))).containsExactly(problem);
        assertThat(ProblemsOf.making(() -> CONTROLLER.withReplicas(0))).containsExactly(problem);
    }

    @Test
    void aRepositoryIsAUrl() {
        String problem =
                "repository: \"jetstack/cert-manager\" is not a chart repository; allowed: an https:// or oci:// "
                        + "URL; fix: write it like https://charts.example.com or oci://registry.example.com/charts";

        assertThat(ProblemsOf.making(() -> CERT_MANAGER.chart().withRepository("jetstack/cert-manager")))
                .containsExactly(problem);
        assertThat(ProblemsOf.making(() -> CONTROLLER.chart().withRepository("jetstack/cert-manager")))
                .containsExactly(problem);
        assertThat(ProblemsOf.making(() -> ACK.withRepository("jetstack/cert-manager")))
                .containsExactly(problem);
    }

    @Test
    void certManagerBefore115KeepsItsCrdsInTheRelease() {
        assertThat(ProblemsOf.making(() -> CERT_MANAGER
                        .withChart(CERT_MANAGER.chart().withChartVersion(ChartVersion.parse("v1.14.7")))
                        .withKeepCrds(false)))
                .containsExactly(
                        "keepCrds: false with version v1.14.7; allowed: true before v1.15, whose CRDs are a part "
                                + "of the release in any case; fix: remove it, or use v1.15.0 or newer");
    }

    @Test
    void argumentsOfExternalDnsDoNotReplaceTheOneOfItsZoneType() {
        ExternalDnsSpec own = ExternalDnsSpec.standard()
                .withChart(ExternalDnsSpec.standard()
                        .chart()
                        .withValues(Map.of("extraArgs", List.of("--log-level=debug"))));

        assertThat(ProblemsOf.making(() -> own.withZoneType(Optional.of(ExternalDnsSpec.ZoneType.PRIVATE))))
                .containsExactly("values.extraArgs: arguments that replace the one of zoneType; fix: add"
                        + " --aws-zone-type=private to them, and remove zoneType");
    }

    @Test
    void certManagersWebhookPortIsWhatItsValuesSay() {
        assertThat(CERT_MANAGER.resolve(TestAddons.AWS).webhookPorts()).containsExactly(10250);
        assertThat(CERT_MANAGER
                        .withChart(values(CERT_MANAGER, at("webhook.securePort", 10260)))
                        .resolve(TestAddons.AWS)
                        .webhookPorts())
                .containsExactly(10260);
        assertThat(CONTROLLER.resolve(TestAddons.AWS).webhookPorts()).containsExactly(9443);
        assertThat(CONTROLLER
                        .withChart(values(CONTROLLER, at("webhookBindPort", 9444)))
                        .resolve(TestAddons.AWS)
                        .webhookPorts())
                .containsExactly(9444);
    }

    @Test
    void theNumberingOfTheControllersChartJumpedFrom1To3() {
        assertThat(ProblemsOf.making(
                        () -> CONTROLLER.withChart(CONTROLLER.chart().withChartVersion(ChartVersion.parse("2.8.2")))))
                .containsExactly("chartVersion: there is no chart 2.8.2; allowed: 1.x, or 3.x and newer: the numbering "
                        + "jumped from 1.17 to 3.0.0; fix: use 3.5.0");
    }

    @ParameterizedTest
    @CsvSource({
        "1.8.2, v2.8.2.aws, AWS",
        "3.5.0, v3.5.0.aws, AWS",
        "3.5.0, v3.5.0.aws-cn, AWS_CN",
        "3.5.0, v3.5.0.aws-us-gov, AWS_US_GOV"
    })
    void theControllersPolicyIsThatOfItsVersionAndPartition(String chart, String document, Partition partition) {
        HelmAddon addon = CONTROLLER
                .withChart(CONTROLLER.chart().withChartVersion(ChartVersion.parse(chart)))
                .resolve(TestAddons.in(partition));

        assertThat(GrantFacts.of(
                        addon.controllers().get(0).policy().orElseThrow().toJson()))
                .isNotEmpty()
                .isEqualTo(GrantFacts.documented("aws-load-balancer-controller", document));
    }

    @Test
    void anAckServiceHasAName() {
        assertThat(ProblemsOf.making(() -> AckService.parse("S3")))
                .containsExactly("\"S3\" is not an ACK service; allowed: the service's name in lower case letters and "
                        + "digits; fix: write it like s3 or dynamodb");
    }

    @Test
    void aWebhookPortIsAPort() {
        HelmReleaseSpec spec =
                HelmReleaseSpec.of("a", "https://charts.example.com", ChartVersion.parse("1.0.0"), "monitoring");

        assertThat(ProblemsOf.making(() -> spec.withWebhookPorts(List.of(443, 0, 65_536))))
                .containsExactly(
                        "webhookPorts[1]: port 0; allowed: 1 to 65535; fix: use the port its pods listen on",
                        "webhookPorts[2]: port 65536; allowed: 1 to 65535; fix: use the port its pods listen on");
        assertThat(ProblemsOf.making(
                        () -> HelmReleaseSpec.of("a", "charts", ChartVersion.parse("1.0.0"), "monitoring")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "A", "a/b", "${x}", "-a", "a..b", "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeefffff"})
    void aReleaseHasANameThatHelmAccepts(String release) {
        HelmReleaseSpec web =
                HelmReleaseSpec.of("web", "https://charts.example.com", ChartVersion.parse("1.0.0"), "web");

        assertThat(ProblemsOf.making(() -> AddonsSpec.none().withHelm(Map.of(release, web))))
                .containsExactly(PropertyPath.of("helm", release) + ": \"" + release
                        + "\" is not a release's name; allowed: 1 to "
                        + "53 lower case letters, digits, - and ., with a letter or digit at both ends; fix: "
                        + "rename it, such as to podinfo");
    }

    @Test
    void chartAndNamespaceHaveNames() {
        assertThat(ProblemsOf.making(
                        () -> HelmReleaseSpec.of("my chart", "https://x.example", ChartVersion.parse("1.0.0"), "Web")))
                .containsExactly(
                        "chart: \"my chart\" is not a chart's name; allowed: letters, digits, ., _, / and -; fix: write "
                                + "the name that the repository gives it, such as podinfo",
                        "namespace: \"Web\" is not a namespace's name; allowed: 1 to 63 lower case letters, digits and "
                                + "-, with a letter or digit at both ends; fix: write it like shop");
    }
}
