package dev.eksplatform.addon;

import dev.eksplatform.cluster.EksAddonName;
import dev.eksplatform.internal.json.Json;
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

/**
 * The Kubernetes Metrics Server: CPU and memory of pods and nodes for {@code kubectl top} and autoscalers. Source: <a
 * href="https://github.com/kubernetes-sigs/metrics-server/tree/master/charts/metrics-server">its chart</a>.
 *
 * @param chart its chart
 * @param replicas the number of replicas; default 2
 */
@RecordBuilder
@YamlForm(key = MetricsServerSpec.NAME)
@Example("{}")
public record MetricsServerSpec(
        @YamlInline ChartSettings chart,

        @Example("2") @Limit(min = 1) int replicas) implements AddonSpec, MetricsServerSpecBuilder.With {

    /** The release's name. */
    public static final String NAME = "metrics-server";

    private static final String REPOSITORY = "https://kubernetes-sigs.github.io/metrics-server";
    private static final String VERSION = "3.14.0";
    private static final String NAMESPACE = "kube-system";
    private static final String PORT = "containerPort";
    private static final int KUBELET_PORT = 10250;

    /** Checks the number of replicas. */
    public MetricsServerSpec {
        Components.required("chart", chart);
        Problems problems = new Problems();
        ChartChecks.replicas(replicas, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static MetricsServerSpec standard() {
        return new MetricsServerSpec(ChartSettings.of(VERSION, REPOSITORY), 2);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        Map<String, Object> own = new LinkedHashMap<>(ofPort(context.onFargate().test(NAMESPACE)));
        own.put("replicas", replicas);
        own.put("podDisruptionBudget", ChartValues.budget(replicas));
        own.put("nodeSelector", ChartValues.ON_LINUX);
        return HelmAddon.of(this, NAME, NAMESPACE, release -> own)
                .withWebhookPorts(ports(Json.merge(own, chart.values())));
    }

    /** The values for its port: on Fargate the kubelet has the chart's default, and it takes that of the EKS add-on. */
    static Map<String, Object> ofPort(boolean onFargate) {
        return onFargate ? Map.of(PORT, EksAddonName.METRICS_SERVER.apiPort().orElseThrow()) : Map.of();
    }

    /** Its port by the values of the chart; empty for that of the kubelet, which is open to the API server on every node. */
    static List<Integer> ports(Map<String, Object> values) {
        int port = ChartValues.portAt(values, PORT, KUBELET_PORT);
        return port == KUBELET_PORT ? List.of() : List.of(port);
    }
}
