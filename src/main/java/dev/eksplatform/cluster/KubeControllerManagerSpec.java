package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of the Kubernetes controller manager. Sources: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/control-plane-configuration.html">advanced control plane
 * configuration</a>, <a
 * href="https://docs.aws.amazon.com/eks/latest/APIReference/API_PodGcControllerConfigRequest.html">PodGcControllerConfigRequest</a>.
 *
 * @param horizontalPodAutoscalerSyncPeriodSeconds the time between two evaluations of each HorizontalPodAutoscaler, in seconds;
 *     default that of EKS (15). A shorter time needs {@code controlPlaneTier}
 * @param terminatedPodGcThreshold how many terminated pods may exist before the oldest are deleted; default that of EKS
 */
@RecordBuilder
public record KubeControllerManagerSpec(
        @Example("10")
        @Limit(min = KubeControllerManagerSpec.LEAST_PERIOD, max = KubeControllerManagerSpec.USUAL_PERIOD)
        Optional<Integer> horizontalPodAutoscalerSyncPeriodSeconds,

        @Example("1000") @Limit(min = 1, max = KubeControllerManagerSpec.MOST_PODS)
        Optional<Integer> terminatedPodGcThreshold)
        implements KubeControllerManagerSpecBuilder.With {

    /** The period of EKS, in seconds. */
    static final int USUAL_PERIOD = 15;

    private static final int LEAST_PERIOD = 10;
    private static final int MOST_PODS = 1_000_000;

    /** Checks both numbers. */
    public KubeControllerManagerSpec {
        Problems problems = new Problems();
        Ranges.check(
                problems,
                "horizontalPodAutoscalerSyncPeriodSeconds",
                horizontalPodAutoscalerSyncPeriodSeconds,
                "seconds",
                LEAST_PERIOD,
                USUAL_PERIOD);
        Ranges.check(problems, "terminatedPodGcThreshold", terminatedPodGcThreshold, "pods", 1, MOST_PODS);
        problems.throwIfAny();
    }

    /**
     * Those of EKS.
     *
     * @return the spec
     */
    @Defaults
    public static KubeControllerManagerSpec standard() {
        return new KubeControllerManagerSpec(Optional.empty(), Optional.empty());
    }

    /** Whether EKS refuses it with {@link ControlPlaneTier#STANDARD}. */
    boolean needsTier() {
        return horizontalPodAutoscalerSyncPeriodSeconds
                .filter(seconds -> seconds != USUAL_PERIOD)
                .isPresent();
    }

    /** The block of the provider; empty when nothing is set. */
    Map<String, Object> block() {
        Map<String, Object> block = new LinkedHashMap<>();
        horizontalPodAutoscalerSyncPeriodSeconds.ifPresent(seconds -> block.put(
                "horizontal_pod_autoscaler_controller_config",
                Map.of("horizontal_pod_autoscaler_sync_period", seconds + "s")));
        terminatedPodGcThreshold.ifPresent(
                pods -> block.put("pod_gc_controller_config", Map.of("terminated_pod_gc_threshold", pods)));
        return block;
    }
}
