package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The configuration in a plan, in the form of synthesized JSON: constants as they are, everything else as an expression
 * with its references.
 */
final class ConfiguredExpressions {

    private ConfiguredExpressions() {}

    static JsonNode written(JsonNode expression) {
        if (expression.has("constant_value")) {
            return expression.get("constant_value");
        }
        if (expression.path("references").isArray()) {
            String references = StreamSupport.stream(
                            expression.get("references").spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(", "));
            return JsonNodeFactory.instance.textNode("${" + references + "}");
        }
        if (expression.isArray()) {
            ArrayNode blocks = JsonNodeFactory.instance.arrayNode();
            expression.forEach(block -> blocks.add(written(block)));
            return blocks;
        }
        if (!expression.isObject()) {
            return NullNode.getInstance();
        }
        ObjectNode block = JsonNodeFactory.instance.objectNode();
        expression.properties().forEach(entry -> block.set(entry.getKey(), written(entry.getValue())));
        return block;
    }
}
