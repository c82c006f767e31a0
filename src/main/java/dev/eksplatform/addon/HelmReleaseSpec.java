package dev.eksplatform.addon;

import dev.eksplatform.json.Json;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.spec.Defaults;
import dev.eksplatform.spec.Doc;
import dev.eksplatform.spec.FreeYaml;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
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
        @Doc("The chart's name in its repository") String chart,

        @Doc(value = "Its repository", example = "https://charts.example.com")
        String repository,

        @Doc("Its version") ChartVersion chartVersion,

        @Doc("The namespace it is installed in") String namespace,

        @Doc("Names of other add-ons that must be ready before it")
        List<String> needs,

        @Doc("TCP ports of its webhooks, which the API server must reach on the nodes")
        List<Integer> webhookPorts,

        @FreeYaml(FreeYaml.Reading.AS_HELM) @Doc("Its values, read as Helm reads them")
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
        ChartChecks.namespace(namespace, problems);
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

    Addon addon(String release, boolean onFargate) {
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
        return new Addon(
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
