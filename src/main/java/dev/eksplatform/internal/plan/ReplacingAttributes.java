package dev.eksplatform.internal.plan;

import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.internal.yaml.Binder;
import dev.eksplatform.internal.yaml.YamlDocument;
import java.util.List;
import java.util.Map;

/** Attributes whose change forces a replacement, from {@code replacing-attributes.yaml}. */
record ReplacingAttributes(Map<String, List<String>> types) {

    private static final String FILE = "replacing-attributes.yaml";

    private static final ReplacingAttributes TABLE = Binder.bind(
                    YamlDocument.parse(FILE, ProgramFile.read(ReplacingAttributes.class, FILE)),
                    ReplacingAttributes.class)
            .orThrow();

    static boolean contain(String type, String attribute) {
        return TABLE.types.getOrDefault(type, List.of()).contains(attribute);
    }
}
