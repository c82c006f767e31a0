package dev.eksplatform.addon;

import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Any other Helm chart.
 *
 * @param chart the name of the chart in its repository
 * @param repository the address of the repository, {@code https://} or {@code oci://}
 * @param chartVersion the version of the chart
 * @param namespace the namespace of the release; it is created unless it is one of Kubernetes' own
 * @param needs names of other add-ons that must be ready first; default none
 * @param webhookPorts TCP ports of its webhooks, which the API server must reach on the nodes; default none
 * @param options how the chart is installed
 */
@RecordBuilder
public record HelmReleaseSpec(
        @Example("metrics") @Limit(pattern = ChartChecks.CHART_PATTERN)
        String chart,

        @Example("https://charts.example.com") @Limit(pattern = ChartChecks.REPOSITORY_PATTERN)
        String repository,

        @Example("1.8.2") ChartVersion chartVersion,

        @Example("metrics") @Limit(pattern = DnsName.LABEL_PATTERN)
        String namespace,

        @Example("[cert-manager]") List<String> needs,

        @Example("[9443]") @Limit(min = 1, max = 65_535) List<Integer> webhookPorts,

        @YamlInline ReleaseOptions options)
        implements HelmReleaseSpecBuilder.With {

    /** Checks chart, repository, namespace and ports. */
    public HelmReleaseSpec {
        Components.required(
                "chart",
                chart,
                "repository",
                repository,
                "chartVersion",
                chartVersion,
                "namespace",
                namespace,
                "options",
                options);
        needs = Components.list("needs", needs);
        webhookPorts = Components.list("webhookPorts", webhookPorts);
        Problems problems = new Problems();
        ChartChecks.chart(chart, problems);
        ChartChecks.repository(repository, problems);
        DnsName.checkNamespace(PropertyPath.of("namespace"), namespace, problems);
        for (int i = 0; i < webhookPorts.size(); i++) {
            if (webhookPorts.get(i) < 1 || webhookPorts.get(i) > 65_535) {
                problems.add(
                        PropertyPath.of("webhookPorts").index(i),
                        "port " + webhookPorts.get(i),
                        "1 to 65535",
                        "use the port its pods listen on");
            }
        }
        problems.throwIfAny();
    }

    /**
     * A chart with its own default values.
     *
     * @param chart the chart's name
     * @param repository its repository
     * @param chartVersion its version
     * @param namespace where it is installed
     * @return the spec
     */
    @Defaults
    public static HelmReleaseSpec of(String chart, String repository, ChartVersion chartVersion, String namespace) {
        return new HelmReleaseSpec(
                chart, repository, chartVersion, namespace, List.of(), List.of(), ReleaseOptions.standard());
    }

    /**
     * A chart with its own default values.
     *
     * @param chart the chart's name
     * @param repository its repository, such as {@code https://charts.example.com} or {@code oci://registry.example.com/charts}
     * @param chartVersion its version, such as {@code 6.7.0}
     * @param namespace where it is installed
     * @return the spec
     * @throws dev.eksplatform.problem.InvalidInputException when the version or the repository is not valid
     */
    public static HelmReleaseSpec of(String chart, String repository, String chartVersion, String namespace) {
        Problems problems = new Problems();
        ChartVersion version =
                problems.collect(PropertyPath.of("chartVersion"), () -> ChartVersion.parse(chartVersion));
        ChartChecks.repository(repository, problems);
        problems.throwIfAny();
        return of(chart, repository, Objects.requireNonNull(version), namespace);
    }

    /**
     * The values of the chart.
     *
     * @return values as the user wrote them
     */
    public Map<String, Object> values() {
        return options.allValues();
    }

    /**
     * The same with other values.
     *
     * @param values chart values
     * @return a copy
     */
    public HelmReleaseSpec withValues(Map<String, Object> values) {
        return withOptions(options.withValues(values));
    }

    HelmAddon resolve(String release, boolean onFargate) {
        Map<String, Object> values = options.allValues();
        Map<String, Object> merged = values;
        List<Integer> ports = webhookPorts;
        if (chart.equals(MetricsServerSpec.NAME)) {
            merged = Json.merge(MetricsServerSpec.ofPort(onFargate), values);
            ports = Stream.concat(ports.stream(), MetricsServerSpec.ports(merged).stream())
                    .distinct()
                    .toList();
        }
        Map<String, Object> resolved = merged;
        return HelmAddon.of(
                        PropertyPath.of("helm", release),
                        release,
                        repository,
                        chart,
                        chartVersion,
                        namespace,
                        context -> resolved)
                .withOptions(options)
                .withGuardsServices(ChartChecks.nameOf(chart).equals(LoadBalancerControllerSpec.NAME))
                .withNeeds(needs)
                .withWebhookPorts(ports);
    }
}
