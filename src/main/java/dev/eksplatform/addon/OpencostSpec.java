package dev.eksplatform.addon;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * OpenCost, which shows what workloads cost, with the public prices of AWS. Source: <a
 * href="https://opencost.io/docs/installation/helm">installing with Helm</a>.
 *
 * @param chart its chart
 * @param prometheusUrl the Prometheus server with the metrics of the cluster; default the one of {@code kube-prometheus-stack}, or
 *     without that its own collector, which keeps 15 days in memory
 */
@RecordBuilder
@YamlForm(key = OpencostSpec.NAME)
@Example("{}")
public record OpencostSpec(
        @YamlInline ChartSettings chart,

        @Example("http://prometheus.metrics.svc:9090") @Limit(pattern = OpencostSpec.URL)
        Optional<String> prometheusUrl)
        implements AddonSpec, OpencostSpecBuilder.With {

    /** The release's name. */
    public static final String NAME = "opencost";

    private static final String REPOSITORY = "https://opencost.github.io/opencost-helm-chart";
    private static final String VERSION = "2.5.17";
    private static final String URL = "^https?://[^\\s/]+\\S*$";
    private static final Pattern URL_FORM = Pattern.compile(URL);
    private static final List<String> RESERVED = List.of("fullnameOverride", "nameOverride", "namespaceOverride");

    /** Checks URL and overrides. */
    public OpencostSpec {
        Components.required("chart", chart);
        Problems problems = new Problems();
        prometheusUrl.ifPresent(url -> problems.match(
                "prometheusUrl",
                url,
                URL_FORM,
                "the URL of a Prometheus server",
                "an http:// or https:// URL",
                "write it like http://prometheus.metrics.svc:9090"));
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static OpencostSpec standard() {
        return new OpencostSpec(ChartSettings.of(VERSION, REPOSITORY), Optional.empty());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        return HelmAddon.of(this, NAME, NAME, this::chartValues)
                .withPodSecurity(Optional.of(PodSecurityLevel.BASELINE))
                .withAfter(List.of(KubePrometheusStackSpec.NAME))
                .withOutputs(
                        Map.of("opencost_command", HelmAddon.Output.portForward("OpenCost", NAME, NAME, 9091, 9090)));
    }

    private Map<String, Object> chartValues(HelmAddon.ReleaseContext release) {
        boolean stack = prometheusUrl.isEmpty() && release.addons().contains(KubePrometheusStackSpec.NAME);
        Map<String, Object> prometheus = new LinkedHashMap<>();
        prometheus.put(
                "internal",
                stack
                        ? Map.of(
                                "enabled",
                                true,
                                "serviceName",
                                KubePrometheusStackSpec.PROMETHEUS,
                                "namespaceName",
                                KubePrometheusStackSpec.NAMESPACE,
                                "port",
                                9090)
                        : Map.of("enabled", false));
        prometheusUrl.ifPresent(url -> prometheus.put("external", Map.of("enabled", true, "url", url)));
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("prometheus", prometheus);
        own.put(
                "exporter",
                Map.of(
                        "defaultClusterId",
                        release.clusterName(),
                        "collectorDataSource",
                        Map.of("enabled", !stack && prometheusUrl.isEmpty())));
        own.put("nodeSelector", Map.of("kubernetes.io/os", "linux"));
        if (stack) {
            // It reads metrics of its own back from Prometheus.
            own.put("metrics", Map.of("serviceMonitor", Map.of("enabled", true)));
        }
        return Map.of("opencost", own);
    }
}
