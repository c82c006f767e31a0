package dev.eksplatform.addon;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The device plugin of AWS Neuron, with which pods request {@code aws.amazon.com/neuron} and {@code aws.amazon.com/neuroncore} on Inferentia and
 * Trainium. Source: <a href="https://awsdocs-neuron.readthedocs-hosted.com/en/latest/containers/kubernetes-getting-started.html">Neuron on
 * Kubernetes</a>.
 *
 * @param chart its chart
 * @param scheduler whether a scheduler {@code my-scheduler} places pods that need several, adjacent devices of a node but not all of them;
 *     default false
 */
@RecordBuilder
@YamlForm(key = NeuronSpec.NAME)
@Example("{scheduler: true}")
public record NeuronSpec(
        @YamlInline ChartSettings chart, @Example("true") boolean scheduler)
        implements AddonSpec, NeuronSpecBuilder.With {

    /** The release's name. */
    public static final String NAME = "neuron-helm-chart";

    private static final String REPOSITORY = "oci://public.ecr.aws/neuron";
    private static final String VERSION = "1.10.0";

    private static final String NAMESPACE = "kube-system";
    private static final List<String> RESERVED = List.of("scheduler.enabled");

    /** Checks overrides. */
    public NeuronSpec {
        Components.required("chart", chart);
        Problems problems = new Problems();
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static NeuronSpec standard() {
        return new NeuronSpec(ChartSettings.of(VERSION, REPOSITORY), false);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        return HelmAddon.of(this, NAME, NAMESPACE, release -> chartValues());
    }

    private Map<String, Object> chartValues() {
        Map<String, Object> own = new LinkedHashMap<>();
        // The chart's node problem detector, which no pod needs for its devices.
        own.put("npd", Map.of("enabled", false));
        Map<String, Object> extension = new TreeMap<>(Map.of("enabled", scheduler));
        if (scheduler) {
            Map<String, Object> onLinux = Map.of("kubernetes.io/os", "linux");
            extension.put("nodeSelector", onLinux);
            extension.put("customScheduler", Map.of("nodeSelector", onLinux));
        }
        own.put("scheduler", extension);
        return own;
    }
}
