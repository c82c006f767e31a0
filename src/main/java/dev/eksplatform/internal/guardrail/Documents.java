package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Documents inside strings: IAM policies in JSON, Helm values in YAML. */
final class Documents {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Documents() {}

    /**
     * Reads a document.
     *
     * @throws IllegalArgumentException when it is neither JSON nor YAML
     */
    static JsonNode parse(String text) {
        String start = text.stripLeading();
        if (start.isEmpty()) {
            return MissingNode.getInstance();
        }
        if (start.startsWith("{") || start.startsWith("[")) {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("not a JSON document: " + e.getOriginalMessage(), e);
            }
        }
        try {
            return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException("not a YAML document: " + e.getMessage(), e);
        }
    }
}
