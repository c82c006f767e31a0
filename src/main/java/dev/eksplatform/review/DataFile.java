package dev.eksplatform.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.files.ProgramFile;
import dev.eksplatform.plan.EmbeddedDocument;

/** A YAML file of knowledge that comes with the program. */
final class DataFile {

    private DataFile() {}

    static JsonNode read(String name) {
        return EmbeddedDocument.yaml(ProgramFile.read(DataFile.class, name))
                .orElseThrow(() -> new IllegalStateException("not YAML: " + name));
    }
}
