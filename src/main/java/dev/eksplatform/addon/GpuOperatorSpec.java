package dev.eksplatform.addon;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * NVIDIA's GPU Operator: device plugin, labels and metrics of GPUs, partitions with MIG. The images of EKS for NVIDIA GPUs have driver and container
 * toolkit. Source: <a href="https://docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest/amazon-eks.html">GPU Operator with Amazon
 * EKS</a>.
 *
 * @param chart its chart
 * @param driver whether it installs driver and container toolkit, on nodes with an AMI of their own that has none; default false
 * @param devicePlugin whether it brings the device plugin; default true
 * @param timeSlicing the number of pods that share each GPU, without limits of memory; default one pod for each GPU
 * @param migStrategy how the parts of GPUs with MIG are offered; default {@code single}
 */
@RecordBuilder
@YamlForm(key = GpuOperatorSpec.NAME)
@Example("{devicePlugin: false}")
public record GpuOperatorSpec(
        @YamlInline ChartSettings chart,

        @Example("false") boolean driver,

        @Example("false") boolean devicePlugin,

        @Example("4") @Limit(min = 2) Optional<Integer> timeSlicing,

        @Example("mixed") MigStrategy migStrategy)
        implements AddonSpec, GpuOperatorSpecBuilder.With {

    /** The release's name, which is also that of its namespace. */
    public static final String NAME = "gpu-operator";

    private static final String REPOSITORY = "https://helm.ngc.nvidia.com/nvidia";
    private static final String VERSION = "v26.7.0";

    private static final String CONFIGURATION = "time-slicing";
    private static final List<String> RESERVED = List.of("driver.enabled", "devicePlugin.enabled", "mig.strategy");

    /** Checks the number of pods and overrides. */
    public GpuOperatorSpec {
        Components.required("chart", chart, "migStrategy", migStrategy);
        Problems problems = new Problems();
        TimeSlicing.check(timeSlicing, problems);
        if (timeSlicing.isPresent() && !devicePlugin) {
            problems.add(
                    PropertyPath.of("timeSlicing"),
                    "not used: it is a setting of the device plugin, and devicePlugin is false",
                    "remove it, or devicePlugin");
        }
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static GpuOperatorSpec standard() {
        return new GpuOperatorSpec(
                ChartSettings.of(VERSION, REPOSITORY), false, true, Optional.empty(), MigStrategy.SINGLE);
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
        own.put("driver", Map.of("enabled", driver));
        own.put("toolkit", Map.of("enabled", driver));
        Map<String, Object> plugin = new TreeMap<>(Map.of("enabled", devicePlugin));
        timeSlicing.ifPresent(pods -> plugin.put(
                "config",
                new TreeMap<>(Map.of(
                        "create",
                        true,
                        "name",
                        CONFIGURATION,
                        "default",
                        TimeSlicing.CONFIGURATION,
                        "data",
                        Map.of(TimeSlicing.CONFIGURATION, TimeSlicing.configuration(pods))))));
        own.put("devicePlugin", plugin);
        own.put("mig", Map.of("strategy", migStrategy.word()));
        own.put("node-feature-discovery", featureDiscovery());
        return own;
    }

    /** What it does not label has none of the operator's pods: nodes of EKS Auto Mode have a device plugin. */
    private static Map<String, Object> featureDiscovery() {
        Map<String, Object> notAuto = new TreeMap<>(
                Map.of("key", "eks.amazonaws.com/compute-type", "operator", "NotIn", "values", List.of("auto")));
        Map<String, Object> affinity = Map.of(
                "nodeAffinity",
                Map.of(
                        "requiredDuringSchedulingIgnoredDuringExecution",
                        Map.of("nodeSelectorTerms", List.of(Map.of("matchExpressions", List.of(notAuto))))));
        Map<String, Object> own = new TreeMap<>();
        own.put(
                "worker",
                new TreeMap<>(Map.of("affinity", affinity, "nodeSelector", Map.of("kubernetes.io/os", "linux"))));
        // A hook after the removal, which fails where no node is left for its pod.
        own.put("postDeleteCleanup", false);
        return own;
    }
}
