package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settings of the Kubernetes API server. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/control-plane-configuration.html">advanced control plane
 * configuration</a>.
 *
 * @param eventTtlMinutes how long events are kept, in minutes; default that of EKS (60)
 * @param serviceNodePortRange the ports that Services of type NodePort get; default that of EKS (30000 to 32767)
 */
@RecordBuilder
public record KubeApiServerSpec(
        @Example("30") @Limit(min = KubeApiServerSpec.LEAST_TTL, max = KubeApiServerSpec.MOST_TTL)
        Optional<Integer> eventTtlMinutes,

        @Example("{minPort: 30000, maxPort: 31000}") Optional<NodePorts> serviceNodePortRange)
        implements KubeApiServerSpecBuilder.With {

    private static final int LEAST_TTL = 10;
    private static final int MOST_TTL = 60;

    /** Checks the time. */
    public KubeApiServerSpec {
        Problems problems = new Problems();
        Ranges.check(problems, "eventTtlMinutes", eventTtlMinutes, "minutes", LEAST_TTL, MOST_TTL);
        problems.throwIfAny();
    }

    /**
     * A range of ports.
     *
     * @param minPort the first port
     * @param maxPort the last port
     */
    public record NodePorts(
            @Example("30000") @Limit(min = NodePorts.FIRST, max = NodePorts.LAST)
            int minPort,

            @Example("32767") @Limit(min = NodePorts.FIRST, max = NodePorts.LAST)
            int maxPort) {

        private static final int FIRST = 10_260;
        private static final int LAST = 32_767;

        /** Checks both ports and their order. */
        public NodePorts {
            Problems problems = new Problems();
            Ranges.check(problems, "minPort", Optional.of(minPort), "is not a port for Services", FIRST, LAST);
            Ranges.check(problems, "maxPort", Optional.of(maxPort), "is not a port for Services", FIRST, LAST);
            if (problems.isEmpty() && minPort > maxPort) {
                problems.add(
                        PropertyPath.of("maxPort"), maxPort + " is less than minPort " + minPort, "exchange the two");
            }
            problems.throwIfAny();
        }
    }

    /**
     * Those of EKS.
     *
     * @return the spec
     */
    @Defaults
    public static KubeApiServerSpec standard() {
        return new KubeApiServerSpec(Optional.empty(), Optional.empty());
    }

    /** The block of the provider; empty when nothing is set. */
    Map<String, Object> block() {
        Map<String, Object> block = new LinkedHashMap<>();
        eventTtlMinutes.ifPresent(minutes -> block.put("event_ttl", minutes + "m"));
        serviceNodePortRange.ifPresent(range -> block.put(
                "service_node_port_range",
                new TreeMap<>(Map.of("max_port", range.maxPort(), "min_port", range.minPort()))));
        return block;
    }
}
