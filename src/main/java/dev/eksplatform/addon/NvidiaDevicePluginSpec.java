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
import java.util.TreeMap;

/**
 * NVIDIA's device plugin, with which pods request {@code nvidia.com/gpu}. It runs on node groups with NVIDIA GPUs whose image has no device
 * plugin, on such nodes of Karpenter, and on nodes with the label {@code nvidia.com/gpu.present: "true"}. Source: <a
 * href="https://github.com/NVIDIA/k8s-device-plugin">NVIDIA k8s-device-plugin</a>.
 *
 * @param chart its chart
 * @param timeSlicing the number of pods that share each GPU, without limits of memory; default one pod for each GPU
 * @param migStrategy how the parts of GPUs with MIG are offered; default {@code none}
 * @param featureDiscovery whether GPU Feature Discovery and Node Feature Discovery label nodes with the models of their GPUs; default false
 */
@RecordBuilder
@YamlForm(key = NvidiaDevicePluginSpec.NAME)
@Example("{timeSlicing: 4}")
public record NvidiaDevicePluginSpec(
        @YamlInline ChartSettings chart,

        @Example("4") @Limit(min = 2) Optional<Integer> timeSlicing,

        @Example("mixed") Optional<MigStrategy> migStrategy,

        @Example("true") boolean featureDiscovery)
        implements AddonSpec, NvidiaDevicePluginSpecBuilder.With {

    /** The release's name, which is also that of its namespace. */
    public static final String NAME = "nvidia-device-plugin";

    private static final String REPOSITORY = "https://nvidia.github.io/k8s-device-plugin";
    private static final String VERSION = "0.20.0";

    /** The label of nodes with NVIDIA GPUs. */
    public static final String GPU_LABEL = "nvidia.com/gpu.present";

    /** The label of nodes whose image has the device plugin, with the value {@code false}; the GPU Operator knows it, too. */
    public static final String PLUGIN_LABEL = "nvidia.com/gpu.deploy.device-plugin";

    private static final List<String> RESERVED = List.of("devicePlugin.enabled", "gfd.enabled", "affinity");

    /** Checks the number of pods and overrides. */
    public NvidiaDevicePluginSpec {
        Components.required("chart", chart);
        Problems problems = new Problems();
        TimeSlicing.check(timeSlicing, problems);
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static NvidiaDevicePluginSpec standard() {
        return new NvidiaDevicePluginSpec(
                ChartSettings.of(VERSION, REPOSITORY), Optional.empty(), Optional.empty(), false);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        return HelmAddon.of(this, NAME, NAME, release -> chartValues())
                .withPodSecurity(Optional.of(PodSecurityLevel.PRIVILEGED));
    }

    private Map<String, Object> chartValues() {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("nodeSelector", Map.of("kubernetes.io/os", "linux"));
        own.put("affinity", affinity());
        timeSlicing.ifPresent(pods -> own.put(
                "config",
                new TreeMap<>(Map.of(
                        "default",
                        TimeSlicing.CONFIGURATION,
                        "map",
                        Map.of(TimeSlicing.CONFIGURATION, TimeSlicing.configuration(pods))))));
        migStrategy.ifPresent(strategy -> own.put("migStrategy", strategy.word()));
        if (featureDiscovery) {
            own.put("gfd", Map.of("enabled", true));
            // A hook after the removal, which fails where no node is left for its pod.
            own.put("nfd", Map.of("postDeleteCleanup", false));
        }
        return own;
    }

    /** The chart's own waits for labels that only Node Feature Discovery sets. */
    private static Map<String, Object> affinity() {
        Map<String, Object> without = expression(PLUGIN_LABEL, "NotIn", "false");
        return Map.of(
                "nodeAffinity",
                Map.of(
                        "requiredDuringSchedulingIgnoredDuringExecution",
                        Map.of(
                                "nodeSelectorTerms",
                                List.of(
                                        Map.of(
                                                "matchExpressions",
                                                List.of(expression(GPU_LABEL, "In", "true"), without)),
                                        Map.of(
                                                "matchExpressions",
                                                List.of(
                                                        expression(
                                                                "karpenter.k8s.aws/instance-gpu-manufacturer",
                                                                "In",
                                                                "nvidia"),
                                                        without))))));
    }

    private static Map<String, Object> expression(String key, String operator, String value) {
        return new TreeMap<>(Map.of("key", key, "operator", operator, "values", List.of(value)));
    }
}
