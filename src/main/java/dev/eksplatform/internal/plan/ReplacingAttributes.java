package dev.eksplatform.internal.plan;

import dev.eksplatform.internal.yaml.Binder;
import java.util.List;
import java.util.Map;

/** Attributes whose change forces a replacement, from {@code replacing-attributes.yaml}. */
record ReplacingAttributes(Map<String, List<String>> types) {

    private static final ReplacingAttributes TABLE =
            Binder.ofProgram(ReplacingAttributes.class, "replacing-attributes.yaml");

    static boolean contain(String type, String attribute) {
        return TABLE.types.getOrDefault(type, List.of()).contains(attribute);
    }
}
