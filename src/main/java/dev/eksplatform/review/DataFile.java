package dev.eksplatform.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.plan.EmbeddedDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A YAML file of knowledge that comes with the program. */
final class DataFile {

    private DataFile() {}

    static JsonNode read(String name) {
        try (InputStream in = DataFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing from the program: " + name);
            }
            return EmbeddedDocument.yaml(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .orElseThrow(() -> new IllegalStateException("not YAML: " + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
