package dev.eksplatform.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The JSON schema of environment files, as the reference page reads it. */
record EnvironmentKeys(JsonNode root) {

    private static final String DEFAULT = "\n\nDefault: ";
    private static final String DEFINITION = "#/definitions/";

    static EnvironmentKeys read() {
        try {
            return new EnvironmentKeys(
                    new ObjectMapper().readTree(Files.readString(Path.of("stacks/environment.schema.json"))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a schema says of a value, without the default. */
    static String description(JsonNode schema) {
        return schema.path("description").asText().split(DEFAULT, 2)[0];
    }

    static Optional<String> defaultValue(JsonNode schema) {
        String[] parts = schema.path("description").asText().split(DEFAULT, 2);
        return parts.length == 1 ? Optional.empty() : Optional.of(parts[1]);
    }

    /** The name of the definition that a schema refers to. */
    static Optional<String> definition(JsonNode schema) {
        JsonNode reference = schema.has("allOf") ? schema.path("allOf").path(0) : schema;
        return Optional.ofNullable(reference.get("$ref"))
                .map(JsonNode::asText)
                .filter(text -> text.startsWith(DEFINITION))
                .map(text -> text.substring(DEFINITION.length()));
    }

    /** The name of the definition that a schema is. */
    Optional<String> nameOf(JsonNode schema) {
        return root.path("definitions").properties().stream()
                .filter(definition -> definition.getValue() == schema)
                .map(java.util.Map.Entry::getKey)
                .findFirst();
    }

    /** The schema itself, or the definition that it refers to. */
    JsonNode resolved(JsonNode schema) {
        return definition(schema)
                .map(name -> root.path("definitions").path(name))
                .orElse(schema);
    }

    /** The schema of one value: of the forms that are allowed, the one that it has. */
    JsonNode of(JsonNode schema, JsonNode value) {
        JsonNode resolved = resolved(schema);
        if (!resolved.has("anyOf")) {
            return resolved;
        }
        for (JsonNode form : resolved.path("anyOf")) {
            JsonNode candidate = resolved(form);
            JsonNode required = candidate.path("required");
            boolean fits = value.isObject()
                    ? candidate.has("properties")
                            && !required.isEmpty()
                            && value.has(required.path(0).asText())
                    : candidate.path("type").asText().equals("array") == value.isArray();
            if (fits) {
                return candidate;
            }
        }
        return MissingNode.getInstance();
    }
}
