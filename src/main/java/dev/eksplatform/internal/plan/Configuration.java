package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What was configured, as far as a plan repeats it: expressions, not values.
 *
 * @param expressions by block address, such as {@code aws_vpc.main}: its arguments as written
 */
public record Configuration(Map<String, JsonNode> expressions) {

    /** A configuration that says nothing. */
    static final Configuration EMPTY = new Configuration(Map.of());

    /** The keys of instances, such as {@code [0]} or {@code ["a.b"]}. */
    private static final Pattern INSTANCE = Pattern.compile("\\[(?:\\d+|\\*|\"(?:[^\"\\\\]|\\\\.)*\")]");

    static Configuration of(JsonNode node) {
        Map<String, JsonNode> expressions = new LinkedHashMap<>();
        module("", node.path("root_module"), expressions);
        return new Configuration(expressions);
    }

    private static void module(String prefix, JsonNode module, Map<String, JsonNode> expressions) {
        for (JsonNode resource : module.path("resources")) {
            // a block without arguments has no expressions
            JsonNode arguments =
                    resource.has("expressions") ? resource.get("expressions") : JsonNodeFactory.instance.objectNode();
            expressions.put(prefix + resource.path("address").asText(), arguments);
        }
        module.path("module_calls").properties().forEach(call -> {
            String inner = prefix + "module." + call.getKey() + ".";
            module(inner, call.getValue().path("module"), expressions);
        });
    }

    /**
     * The arguments of a block as the plan repeats them.
     *
     * @param block the block's address; all instances of a module have the same configuration
     * @return a missing node when the block is not in the configuration
     */
    public JsonNode expressions(String block) {
        return expressions.getOrDefault(INSTANCE.matcher(block).replaceAll(""), MissingNode.getInstance());
    }

    /**
     * The arguments of a block in the form of synthesized JSON: constants as they are, anything else as an expression that
     * contains its references.
     *
     * @param block the block's address without an index
     * @return the arguments; null node when the block is not in the configuration
     */
    public JsonNode arguments(String block) {
        return arguments(expressions(block));
    }

    private static JsonNode arguments(JsonNode expression) {
        if (expression.has("constant_value")) {
            return expression.get("constant_value");
        }
        if (expression.path("references").isArray()) {
            return JsonNodeFactory.instance.textNode(
                    "${" + String.join(", ", Json.texts(expression.get("references"))) + "}");
        }
        if (expression.isArray()) {
            ArrayNode blocks = JsonNodeFactory.instance.arrayNode();
            expression.forEach(block -> blocks.add(arguments(block)));
            return blocks;
        }
        if (!expression.isObject()) {
            return NullNode.getInstance();
        }
        ObjectNode block = JsonNodeFactory.instance.objectNode();
        expression.properties().forEach(entry -> {
            // a plan says nothing about an expression without references, such as a call of jsonencode
            boolean call = entry.getValue().isObject() && entry.getValue().isEmpty();
            block.set(entry.getKey(), call ? JsonNodeFactory.instance.textNode("${}") : arguments(entry.getValue()));
        });
        return block;
    }

    /**
     * The addresses an attribute refers to.
     *
     * @param block the block's address without an index
     * @param attribute the name of a top-level attribute
     * @return what Terraform lists as references, such as {@code aws_vpc.main.id, aws_vpc.main}
     */
    public Set<String> references(String block, String attribute) {
        Set<String> found = new LinkedHashSet<>();
        collect(expressions(block).path(attribute), found);
        return found;
    }

    private static void collect(JsonNode expression, Set<String> into) {
        if (expression.isObject()) {
            expression.properties().forEach(entry -> {
                if ("references".equals(entry.getKey()) && entry.getValue().isArray()) {
                    entry.getValue().forEach(reference -> into.add(reference.asText()));
                } else if (!"constant_value".equals(entry.getKey())) {
                    collect(entry.getValue(), into);
                }
            });
        } else if (expression.isArray()) {
            expression.forEach(element -> collect(element, into));
        }
    }
}
