package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.ProblemsOf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Istio, and Cilium behind the VPC CNI. */
class PodNetworkAddonsTest {

    private static final IstioSpec ISTIO = IstioSpec.standard();
    private static final CiliumSpec CILIUM = CiliumSpec.standard();

    private static List<HelmAddon> releases(IstioSpec spec) {
        return TestAddons.resolve(AddonsSpec.of(spec));
    }

    private static String values(HelmAddon addon, String... others) {
        return Json.compact(addon.values()
                .apply(new HelmAddon.ReleaseContext(
                        "shop", "eu-central-1", "vpc-0a1b2c3d", List.of(others), Map.of())));
    }

    @Test
    void ambientModeHasFourReleasesOfOneVersionInTheOrderOfAnUpgrade() {
        List<HelmAddon> releases = releases(ISTIO);

        assertThat(releases)
                .extracting(release -> release.name() + " " + release.chart() + " " + release.namespace())
                .containsExactly(
                        "istio-base base istio-system",
                        "istio istiod istio-system",
                        "istio-cni cni kube-system",
                        "istio-ztunnel ztunnel istio-system");
        assertThat(releases)
                .extracting(HelmAddon::version)
                .containsOnly(ISTIO.chart().chartVersion());
        assertThat(releases)
                .extracting(PodNetworkAddonsTest::values)
                .containsExactly(
                        "{\"defaultRevision\":\"default\"}",
                        "{\"autoscaleMax\":5,\"autoscaleMin\":2,\"cni\":{\"enabled\":true},\"nodeSelector\":{"
                                + "\"kubernetes.io/os\":\"linux\"},\"profile\":\"ambient\",\"seccompProfile\":{\"type\":"
                                + "\"RuntimeDefault\"}}",
                        "{\"profile\":\"ambient\"}",
                        "{\"istioNamespace\":\"istio-system\"}");
        assertThat(releases)
                .extracting(release -> release.webhookPorts().toString())
                .containsExactly("[]", "[15017]", "[]", "[]");
        assertThat(releases)
                .extracting(HelmAddon::podSecurity)
                .containsExactly(
                        Optional.of(PodSecurityLevel.RESTRICTED),
                        Optional.of(PodSecurityLevel.RESTRICTED),
                        Optional.empty(),
                        Optional.of(PodSecurityLevel.PRIVILEGED));
    }

    @Test
    void sidecarModeHasNoProxyOnNodes() {
        IstioSpec sidecar = ISTIO.with(one -> one.mode(IstioSpec.Mode.SIDECAR)
                .revision(Optional.of("stable"))
                .replicas(7)
                .cniValues(Map.of("logLevel", "info")));

        assertThat(releases(sidecar))
                .extracting(PodNetworkAddonsTest::values)
                .containsExactly(
                        "{\"defaultRevision\":\"stable\"}",
                        "{\"autoscaleMax\":7,\"autoscaleMin\":7,\"cni\":{\"enabled\":true},\"nodeSelector\":{"
                                + "\"kubernetes.io/os\":\"linux\"},\"revision\":\"stable\",\"seccompProfile\":{\"type\":"
                                + "\"RuntimeDefault\"}}",
                        "{\"logLevel\":\"info\",\"revision\":\"stable\"}");
        assertThat(releases(ISTIO.with(one -> one.mode(IstioSpec.Mode.SIDECAR).cni(false))))
                .extracting(HelmAddon::name)
                .containsExactly("istio-base", "istio");
    }

    @Test
    void ciliumComesBeforeWhateverItIsToEnforce() {
        AddonsSpec all =
                AddonsSpec.of(CILIUM, ISTIO, CertManagerSpec.standard(), LoadBalancerControllerSpec.standard());

        assertThat(TestAddons.resolve(all))
                .extracting(HelmAddon::name)
                .containsExactly(
                        "cilium",
                        "cert-manager",
                        "aws-load-balancer-controller",
                        "istio-base",
                        "istio",
                        "istio-cni",
                        "istio-ztunnel");
    }

    @Test
    void settingsOfTheChartsAreThoseOfEachRelease() {
        ChartSettings chart = new ChartSettings(
                ChartVersion.parse("1.31.0"),
                "oci://registry.example.com/istio",
                ISTIO.chart().options().withTimeoutMinutes(20).withValues(Map.of("traceSampling", 10)));
        IstioSpec spec = ISTIO.with(one -> one.chart(chart).ztunnelValues(Map.of("logLevel", "debug")));

        assertThat(releases(spec))
                .allSatisfy(release -> {
                    assertThat(release.repository()).isEqualTo("oci://registry.example.com/istio");
                    assertThat(release.version()).isEqualTo(ChartVersion.parse("1.31.0"));
                    assertThat(release.options().timeoutMinutes()).isEqualTo(20);
                })
                .extracting(PodNetworkAddonsTest::values)
                .satisfiesExactly(
                        base -> assertThat(base).doesNotContain("traceSampling"),
                        istiod -> assertThat(istiod).contains("\"traceSampling\":10"),
                        cni -> assertThat(cni).doesNotContain("traceSampling", "logLevel"),
                        ztunnel -> assertThat(ztunnel).contains("\"logLevel\":\"debug\""));
    }

    @Test
    void whatAModeDoesNotHaveIsRefused() {
        assertThat(ProblemsOf.making(() -> ISTIO.withCni(false)))
                .containsExactly(
                        "cni: false in ambient mode, in which the CNI plugin redirects the traffic of pods; fix:"
                                + " remove it, or set mode: sidecar");
        assertThat(ProblemsOf.making(() -> ISTIO.with(one -> one.mode(IstioSpec.Mode.SIDECAR)
                        .cni(false)
                        .replicas(0)
                        .revision(Optional.of("Stable"))
                        .cniValues(Map.of("logLevel", "info"))
                        .ztunnelValues(Map.of("logLevel", "info")))))
                .containsExactly(
                        "replicas: 0 replicas; allowed: 1 or more; fix: use 1, or remove the add-on",
                        "cniValues: not used with cni: false; fix: remove it",
                        "ztunnelValues: not used in sidecar mode, which has no ztunnel; fix: remove it, or set mode:"
                                + " ambient",
                        "revision: \"Stable\" is not a name; allowed: 1 to 63 lower case letters, digits and -, with a"
                                + " letter or digit at both ends; fix: write it like stable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"profile", "revision"})
    void whatHoldsThePartsTogetherIsThePlatforms(String value) {
        Map<String, Object> values = Map.of(value, "x");

        assertThat(ProblemsOf.making(
                        () -> ISTIO.with(one -> one.chart(ISTIO.chart().withValues(values))
                                .cniValues(values)
                                .ztunnelValues(values))))
                .extracting(problem -> problem.replaceFirst(";.*", ""))
                .containsExactly(
                        "values." + value + ": an override of a value that the platform sets",
                        "cniValues." + value + ": an override of a value that the platform sets",
                        "ztunnelValues." + value + ": an override of a value that the platform sets");
    }

    @Test
    void ciliumIsBehindTheVpcCni() {
        HelmAddon addon = CILIUM.resolve(TestAddons.AWS);

        assertThat(addon.namespace()).isEqualTo("kube-system");
        assertThat(addon.webhookPorts()).isEmpty();
        assertThat(values(addon))
                .isEqualTo("{\"cni\":{\"chainingMode\":\"aws-cni\",\"exclusive\":false},\"enableIPv4Masquerade\":false,"
                        + "\"enableIPv6Masquerade\":false,\"hubble\":{\"enabled\":false},\"operator\":{"
                        + "\"podDisruptionBudget\":{\"enabled\":true}},\"routingMode\":\"native\"}");
        assertThat(values(CILIUM.withHubble(true).resolve(TestAddons.AWS), IstioSpec.NAME))
                .contains(
                        "\"hubble\":{\"enabled\":true,\"tls\":{\"auto\":{\"method\":\"cronJob\"}}}",
                        "\"socketLB\":{\"hostNamespaceOnly\":true}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"routingMode", "enableIPv4Masquerade", "enableIPv6Masquerade"})
    void theChainIsThePlatforms(String value) {
        assertThat(ProblemsOf.making(() -> CILIUM.withChart(CILIUM.chart().withValues(Map.of(value, "x")))))
                .singleElement()
                .asString()
                .startsWith("values." + value + ": an override of a value that the platform sets");
    }
}
