package dev.eksplatform.internal.guardrail;

import dev.cel.runtime.CelUnknownSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where the pods of a Kubernetes object are specified, by the object's kind. */
final class PodSpecs {

    private static final Map<String, String> SPEC_OF_KIND = Map.of(
            "Pod", "spec",
            "Deployment", "spec.template.spec",
            "StatefulSet", "spec.template.spec",
            "DaemonSet", "spec.template.spec",
            "ReplicaSet", "spec.template.spec",
            "ReplicationController", "spec.template.spec",
            "Job", "spec.template.spec",
            "CronJob", "spec.jobTemplate.spec.template.spec");

    private PodSpecs() {}

    /** The pod specification of an object, in a list; an empty list for objects without pods. */
    static Object pods(ConfigValue manifest) {
        Object kind = manifest.at("kind").toCel();
        if (kind instanceof CelUnknownSet) {
            return kind;
        }
        String path = kind instanceof String name ? SPEC_OF_KIND.get(name) : null;
        return path == null ? List.of() : RuleFunctions.blocks(manifest, path);
    }

    /** All containers of an object's pods, the init containers among them. */
    static Object containers(ConfigValue manifest) {
        Object pods = pods(manifest);
        if (!(pods instanceof List<?> specs)) {
            return pods;
        }
        List<Object> containers = new ArrayList<>();
        for (Object spec : specs) {
            if (!(spec instanceof ConfigValue pod)) {
                return ConfigValue.UNKNOWN;
            }
            for (String path : List.of("containers", "initContainers")) {
                ConfigValue part = pod.at(path);
                if (part.isUnknown()) {
                    return ConfigValue.UNKNOWN;
                }
                containers.addAll(RuleFunctions.toCel(part.elements()));
            }
        }
        return containers;
    }
}
