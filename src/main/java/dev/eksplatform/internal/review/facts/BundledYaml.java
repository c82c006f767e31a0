package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.internal.plan.EmbeddedDocument;

/** A YAML file of knowledge that comes with the program. */
public final class BundledYaml {

    private BundledYaml() {}

    public static JsonNode read(String name) {
        return EmbeddedDocument.yaml(ProgramFile.read(BundledYaml.class, name))
                .orElseThrow(() -> new IllegalStateException("not YAML: " + name));
    }
}
