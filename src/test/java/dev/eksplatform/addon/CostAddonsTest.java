package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.ProblemsOf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CostAddonsTest {

    private static final OpencostSpec OPENCOST = OpencostSpec.standard();
    private static final KubecostSpec KUBECOST = KubecostSpec.standard();

    private static String values(AddonSpec spec, String... addons) {
        return Json.compact(spec.resolve(TestAddons.AWS)
                .values()
                .apply(new HelmAddon.ReleaseContext(
                        "shop", "eu-central-1", "vpc-0a1b2c3d", List.of(addons), Map.of())));
    }

    @Test
    void openCostCollectsByItselfWithoutPrometheus() {
        HelmAddon addon = OPENCOST.resolve(TestAddons.AWS);

        assertThat(addon.chart() + " " + addon.repository() + " " + addon.version() + " " + addon.namespace())
                .isEqualTo("opencost https://opencost.github.io/opencost-helm-chart 2.5.17 opencost");
        assertThat(values(OPENCOST, "opencost"))
                .isEqualTo("{\"opencost\":{\"exporter\":{\"collectorDataSource\":{\"enabled\":true},"
                        + "\"defaultClusterId\":\"shop\"},\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"},"
                        + "\"prometheus\":{\"internal\":{\"enabled\":false}}}}");
        assertThat(addon.podSecurity()).contains(PodSecurityLevel.BASELINE);
        assertThat(addon.outputs().get("opencost_command"))
                .extracting(HelmAddon.Output::value)
                .isEqualTo("kubectl --namespace opencost port-forward service/opencost 9091:9090");
    }

    @Test
    void itReadsFromThePrometheusOfTheEnvironmentOrAGivenOne() {
        assertThat(values(OPENCOST, "kube-prometheus-stack", "opencost"))
                .isEqualTo("{\"opencost\":{\"exporter\":{\"collectorDataSource\":{\"enabled\":false},"
                        + "\"defaultClusterId\":\"shop\"},\"metrics\":{\"serviceMonitor\":{\"enabled\":true}},"
                        + "\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"},"
                        + "\"prometheus\":{\"internal\":{\"enabled\":true,\"namespaceName\":\"monitoring\",\"port\":9090,"
                        + "\"serviceName\":\"kube-prometheus-stack-prometheus\"}}}}");
        assertThat(OPENCOST.resolve(TestAddons.AWS).after()).containsExactly("kube-prometheus-stack");
        assertThat(values(
                        OPENCOST.withPrometheusUrl(Optional.of("http://prometheus.metrics.svc:9090")),
                        "kube-prometheus-stack",
                        "opencost"))
                .contains(
                        "\"prometheus\":{\"external\":{\"enabled\":true,\"url\":\"http://prometheus.metrics.svc:9090\"},"
                                + "\"internal\":{\"enabled\":false}}")
                .contains("\"collectorDataSource\":{\"enabled\":false}")
                .doesNotContain("serviceMonitor");
        assertThat(ProblemsOf.making(() -> OPENCOST.withPrometheusUrl(Optional.of("prometheus:9090"))))
                .containsExactly("prometheusUrl: \"prometheus:9090\" is not the URL of a Prometheus server; allowed: an"
                        + " http:// or https:// URL; fix: write it like http://prometheus.metrics.svc:9090");
    }

    @Test
    void kubecostHasTheImagesForEksAndOnlyReads() {
        HelmAddon addon = KUBECOST.resolve(TestAddons.AWS);

        assertThat(addon.chart() + " " + addon.repository() + " " + addon.version() + " " + addon.namespace())
                .isEqualTo("kubecost https://kubecost.github.io/kubecost 3.2.1 kubecost");
        assertThat(values(KUBECOST))
                .contains("\"global\":{\"clusterId\":\"shop\",\"imageRegistry\":\"public.ecr.aws\"}")
                .contains("\"finopsagent\":{\"image\":{\"repository\":\"kubecost/agent\"},"
                        + "\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"}}")
                .contains("\"networkCosts\":{\"enabled\":false,")
                .contains("\"clusterController\":{\"enabled\":false,");
        assertThat(addon.podSecurity()).contains(PodSecurityLevel.BASELINE);
    }

    @Test
    void partsOfKubecostThatChangeSomethingAreAskedFor() {
        KubecostSpec whole = KUBECOST.withStorageClass(Optional.of("gp3"))
                .withNetworkCosts(true)
                .withClusterController(true);

        assertThat(values(whole))
                .contains("\"defaultStorageClass\":\"gp3\"")
                .contains("\"networkCosts\":{\"enabled\":true,")
                .contains("\"clusterController\":{\"enabled\":true,");
        assertThat(whole.resolve(TestAddons.AWS).podSecurity()).contains(PodSecurityLevel.PRIVILEGED);
        assertThat(ProblemsOf.making(
                        () -> KUBECOST.withChart(KUBECOST.chart().withChartVersion(ChartVersion.parse("2.8.2")))))
                .containsExactly(
                        "chartVersion: there is no chart kubecost 2.8.2; allowed: 3.0.0 or newer: charts before are"
                                + " named cost-analyzer and have other values; fix: use 3.2.1, or add cost-analyzer to addons.helm");
    }
}
