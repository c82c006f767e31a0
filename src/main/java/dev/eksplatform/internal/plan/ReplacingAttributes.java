package dev.eksplatform.internal.plan;

import dev.eksplatform.internal.yaml.Binder;
import java.util.List;
import java.util.Map;

/** Attributes whose change forces a replacement, from {@code replacing-attributes.yaml}. */
record ReplacingAttributes(Map<String, List<String>> types) {

    private static final ReplacingAttributes TABLE =
            Binder.ofProgram(ReplacingAttributes.class, "replacing-attributes.yaml");

    /**
     * Those of an attribute whose value has changed.
     *
     * @param type the resource type
     * @param attribute an attribute or block of the resource
     * @return the attribute itself, or attributes in it, as paths of names
     */
    static List<List<String>> in(String type, String attribute) {
        return TABLE.types.getOrDefault(type, List.of()).stream()
                .filter(one -> one.equals(attribute) || one.startsWith(attribute + "."))
                .map(one -> List.of(one.split("\\.")))
                .toList();
    }
}
