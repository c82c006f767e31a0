package dev.eksplatform.addon;

import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Doc;
import dev.eksplatform.internal.yaml.FreeYaml;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Any other Helm chart.
 *
 * @param chart the chart's name in its repository
 * @param repository its repository
 * @param chartVersion its version
 * @param namespace where it is installed; made unless it is one of Kubernetes' own
 * @param needs names of other add-ons that must be ready before it; default none
 * @param webhookPorts TCP ports of its webhooks, which the API server must reach on the nodes; default none
 * @param values its values; default none
 */
@RecordBuilder
public record HelmReleaseSpec(
        @Doc(value = "The chart's name in its repository", example = "metrics")
        @Limit(pattern = ChartChecks.CHART_PATTERN)
        String chart,

        @Doc(value = "Its repository", example = "https://charts.example.com")
        @Limit(pattern = ChartChecks.REPOSITORY_PATTERN)
        String repository,

        @Doc(value = "Its version", example = "1.8.2") ChartVersion chartVersion,

        @Doc(value = "The namespace it is installed in", example = "metrics") @Limit(pattern = DnsName.LABEL_PATTERN)
        String namespace,

        @Doc(value = "Names of other add-ons that must be ready before it", example = "[cert-manager]")
        List<String> needs,

        @Doc(value = "TCP ports of its webhooks, which the API server must reach on the nodes", example = "[9443]")
        @Limit(min = 1, max = 65_535)
        List<Integer> webhookPorts,

        @FreeYaml(FreeYaml.Reading.AS_HELM)
        @Doc(value = "Its values, read as Helm reads them", example = "{replicaCount: 2}")
        Map<String, Object> values)
        implements HelmReleaseSpecBuilder.With {

    /**
     * A chart whose pods the API server calls on their own port. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/metrics-server.html">metrics server on EKS</a>.
     */
    private static final String METRICS_SERVER = "metrics-server";

    private static final int METRICS_PORT_ON_FARGATE = 10251;

    /** Open to the API server on every node, and the default port of metrics-server. */
    private static final int KUBELET_PORT = 10250;

    /** Checks chart, repository, namespace and ports. */
    public HelmReleaseSpec {
        needs = List.copyOf(needs);
        webhookPorts = List.copyOf(webhookPorts);
        Problems problems = new Problems();
        ChartChecks.chart(chart, problems);
        ChartChecks.repository(repository, problems);
        DnsName.checkNamespace(PropertyPath.of("namespace"), namespace, problems);
        for (int i = 0; i < webhookPorts.size(); i++) {
            if (webhookPorts.get(i) < 1 || webhookPorts.get(i) > 65_535) {
                problems.add(
                        "webhookPorts[" + i + "]",
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
        return new HelmReleaseSpec(chart, repository, chartVersion, namespace, List.of(), List.of(), Map.of());
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
        ChartVersion version = problems.collect("chartVersion", () -> ChartVersion.parse(chartVersion));
        ChartChecks.repository(repository, problems);
        problems.throwIfAny();
        return of(chart, repository, Objects.requireNonNull(version), namespace);
    }

    HelmAddon addon(String release, boolean onFargate) {
        Map<String, Object> merged = values;
        List<Integer> ports = webhookPorts;
        if (chart.equals(METRICS_SERVER)) {
            merged = onFargate ? Json.merge(Map.of("containerPort", METRICS_PORT_ON_FARGATE), values) : values;
            int port = ChartValues.portAt(merged, "containerPort", KUBELET_PORT);
            ports = Stream.concat(ports.stream(), port == KUBELET_PORT ? Stream.empty() : Stream.of(port))
                    .distinct()
                    .toList();
        }
        Map<String, Object> settled = merged;
        return new HelmAddon(
                release,
                repository,
                chart,
                chartVersion,
                namespace,
                needs,
                List.of(),
                false,
                ports,
                Optional.empty(),
                context -> settled);
    }
}
