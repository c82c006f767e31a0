package dev.eksplatform.internal.guardrail;

import dev.cel.runtime.CelUnknownSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where the pods of a Kubernetes object are specified, by the object's kind. */
final class PodSpecs {

    private static final Map<String, String> SPEC_OF_KIND = Map.of(
            "Pod", "spec",
            "PodTemplate", "template.spec",
            "Deployment", "spec.template.spec",
            "StatefulSet", "spec.template.spec",
            "DaemonSet", "spec.template.spec",
            "ReplicaSet", "spec.template.spec",
            "ReplicationController", "spec.template.spec",
            "Job", "spec.template.spec",
            "CronJob", "spec.jobTemplate.spec.template.spec");

    private PodSpecs() {}

    /** The pod specifications of objects; an empty list for objects without pods. */
    static Object pods(Object objects) {
        if (!(objects instanceof List<?> manifests)) {
            return objects;
        }
        List<Object> pods = new ArrayList<>();
        for (Object object : manifests) {
            if (!(object instanceof ConfigValue manifest)) {
                return ConfigValue.UNKNOWN;
            }
            Object kind = manifest.at("kind").toCel();
            if (kind instanceof CelUnknownSet) {
                return kind;
            }
            String path = kind instanceof String name ? SPEC_OF_KIND.get(name) : null;
            Object specs = path == null ? List.of() : RuleFunctions.blocks(manifest, path);
            if (!(specs instanceof List<?> found)) {
                return specs;
            }
            pods.addAll(found);
        }
        return pods;
    }

    /** All containers of pods, the init and ephemeral containers among them. */
    static Object containers(Object pods) {
        if (!(pods instanceof List<?> specs)) {
            return pods;
        }
        List<Object> containers = new ArrayList<>();
        for (Object spec : specs) {
            if (!(spec instanceof ConfigValue pod)) {
                return ConfigValue.UNKNOWN;
            }
            for (String path : List.of("containers", "initContainers", "ephemeralContainers")) {
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
