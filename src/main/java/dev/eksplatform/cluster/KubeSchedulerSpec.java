package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.Suggestion;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settings of the Kubernetes scheduler. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/control-plane-configuration.html">advanced control plane
 * configuration</a>.
 *
 * @param scoringStrategy how nodes with room for a pod are rated; default that of EKS (least-allocated)
 * @param resourceWeights how much each resource counts, 1 to 100, by name; default that of EKS ({@code {cpu: 1, memory: 1}}). Names
 *     are {@code cpu}, {@code memory}, {@code nvidia.com/gpu}, {@code aws.amazon.com/neuron} and {@code aws.amazon.com/neuroncore}; a
 *     resource that is not listed does not count
 */
@RecordBuilder
public record KubeSchedulerSpec(
        @Example("most-allocated") Optional<ScoringStrategy> scoringStrategy,

        @Example("{cpu: 1, memory: 1, nvidia.com/gpu: 5}")
        @Limit(keys = KubeSchedulerSpec.RESOURCE, min = KubeSchedulerSpec.LEAST, max = KubeSchedulerSpec.MOST)
        Map<String, Integer> resourceWeights)
        implements KubeSchedulerSpecBuilder.With {

    private static final String RESOURCE =
            "^(cpu|memory|nvidia\\.com/gpu|aws\\.amazon\\.com/neuron|aws\\.amazon\\.com/neuroncore)$";
    private static final List<String> RESOURCES =
            List.of("cpu", "memory", "nvidia.com/gpu", "aws.amazon.com/neuron", "aws.amazon.com/neuroncore");
    private static final int LEAST = 1;
    private static final int MOST = 100;

    /** Checks resources and weights. */
    public KubeSchedulerSpec {
        resourceWeights = Components.map("resourceWeights", resourceWeights);
        Problems problems = new Problems();
        resourceWeights.forEach((resource, weight) -> {
            PropertyPath where = PropertyPath.of("resourceWeights", resource);
            if (!RESOURCES.contains(resource)) {
                problems.add(
                        where,
                        "\"" + resource + "\" is not a resource that EKS lets the scheduler rate",
                        String.join(", ", RESOURCES),
                        Suggestion.fix(resource, RESOURCES, "remove it"));
            }
            Ranges.check(problems, where, weight, "is not a weight", LEAST, MOST);
        });
        problems.throwIfAny();
    }

    /**
     * Those of EKS.
     *
     * @return the spec
     */
    @Defaults
    public static KubeSchedulerSpec standard() {
        return new KubeSchedulerSpec(Optional.empty(), Map.of());
    }

    /** The block of the provider; empty when nothing is set. */
    Map<String, Object> block() {
        if (scoringStrategy.isEmpty() && resourceWeights.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> strategy = new LinkedHashMap<>();
        strategy.put(
                "type", scoringStrategy.orElse(ScoringStrategy.LEAST_ALLOCATED).apiName());
        if (!resourceWeights.isEmpty()) {
            strategy.put(
                    "resource",
                    resourceWeights.entrySet().stream()
                            .map(resource -> new TreeMap<>(
                                    Map.of("name", resource.getKey(), "weight", (Object) resource.getValue())))
                            .toList());
        }
        return Map.of("node_resources_fit", Map.of("scoring_strategy", strategy));
    }
}
