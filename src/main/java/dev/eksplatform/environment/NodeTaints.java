package dev.eksplatform.environment;

import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.cluster.TaintSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The taints of an environment's node groups of Linux, and whose pods tolerate them. Source: <a
 * href="https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/">taints and tolerations</a>.
 *
 * @param groups the node groups of Linux
 */
record NodeTaints(List<NodeGroupSpec> groups) {

    static NodeTaints of(EnvironmentSpec spec) {
        return new NodeTaints(spec.nodeGroups().values().stream()
                .filter(group -> !group.image().isWindows())
                .toList());
    }

    /**
     * The groups that take pods.
     *
     * @param tolerated which keys of taints they tolerate by default
     * @param configuration the configuration of their chart or EKS add-on, with tolerations anywhere
     */
    List<NodeGroupSpec> open(Predicate<String> tolerated, Map<String, Object> configuration) {
        List<Map<?, ?>> tolerations = new ArrayList<>();
        collect(configuration, false, tolerations);
        return groups.stream()
                .filter(group -> repelling(group).stream()
                        .allMatch(taint -> tolerated.test(taint.key())
                                || tolerations.stream().anyMatch(one -> tolerates(one, taint))))
                .toList();
    }

    /** Why no group takes pods. */
    String text() {
        return "all node groups have taints ("
                + groups.stream()
                        .flatMap(group -> repelling(group).stream())
                        .map(TaintSpec::key)
                        .distinct()
                        .collect(Collectors.joining(", "))
                + "), which they do not tolerate";
    }

    private static List<TaintSpec> repelling(NodeGroupSpec group) {
        return group.taints().stream()
                .filter(taint -> taint.effect() != TaintSpec.Effect.PREFER_NO_SCHEDULE)
                .toList();
    }

    /** Tolerations anywhere in a configuration: charts have them in several places. */
    private static void collect(Object value, boolean isTolerations, List<Map<?, ?>> found) {
        if (value instanceof Map<?, ?> map) {
            if (isTolerations) {
                found.add(map);
            } else {
                map.forEach((key, item) -> {
                    if (item != null) {
                        collect(item, "tolerations".equals(key), found);
                    }
                });
            }
        } else if (value instanceof List<?> list) {
            list.forEach(item -> collect(item, isTolerations, found));
        }
    }

    private static boolean tolerates(Map<?, ?> toleration, TaintSpec taint) {
        Object key = toleration.get("key");
        boolean exists = "Exists".equals(toleration.get("operator"));
        Object effect = toleration.get("effect");
        boolean ofEffect = effect == null
                || effect.toString().equalsIgnoreCase(taint.effect().name().replace("_", ""));
        boolean ofKey = key == null ? exists : key.equals(taint.key());
        Object value = toleration.get("value");
        return ofKey && ofEffect && (exists || taint.value().orElse("").equals(value == null ? "" : value.toString()));
    }
}
