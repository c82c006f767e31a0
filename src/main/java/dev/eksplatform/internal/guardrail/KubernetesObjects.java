package dev.eksplatform.internal.guardrail;

import dev.cel.runtime.CelUnknownSet;
import java.util.ArrayList;
import java.util.List;

/** The Kubernetes objects of a resource: one, or the items of a list such as {@code kind: List}. */
final class KubernetesObjects {

    private KubernetesObjects() {}

    /**
     * The objects of a manifest.
     *
     * @param manifest an object, or a list of objects; absent for a resource that is no Kubernetes object
     * @return manifests, unknown ones among them, or unknown
     */
    static Object of(ConfigValue manifest) {
        if (manifest.isUnknown()) {
            return ConfigValue.UNKNOWN;
        }
        if (manifest.isAbsent()) {
            return List.of();
        }
        Object kind = manifest.at("kind").toCel();
        ConfigValue items = manifest.at("items");
        boolean perhapsList = kind instanceof CelUnknownSet || kind instanceof String name && name.endsWith("List");
        if (!perhapsList || items.isAbsent() && !items.isUnknown()) {
            return List.of(manifest);
        }
        if (items.isUnknown() || kind instanceof CelUnknownSet) {
            return ConfigValue.UNKNOWN;
        }
        List<Object> objects = new ArrayList<>();
        for (ConfigValue item : items.elements()) {
            Object inner = of(item);
            if (inner instanceof List<?> more) {
                objects.addAll(more);
            } else {
                objects.add(inner);
            }
        }
        return objects;
    }
}
