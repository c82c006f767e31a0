package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.plan.ValueMarks;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Values of a resource in a rule's test. {@code !unknown} stands for a value known only after apply, {@code !json} turns
 * the mapping that follows into a JSON document in a string.
 *
 * @param value the values; unknown ones are absent
 * @param unknown which are unknown
 */
record YamlValues(JsonNode value, ValueMarks unknown) {

    private static final Tag UNKNOWN = new Tag("!unknown");
    private static final Tag JSON = new Tag("!json");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static YamlValues of(Node node) {
        if (node.getTag().equals(UNKNOWN)) {
            return new YamlValues(MissingNode.getInstance(), ValueMarks.WHOLE);
        }
        YamlValues values = plain(node);
        return node.getTag().equals(JSON)
                ? new YamlValues(NODES.textNode(values.value().toString()), values.unknown())
                : values;
    }

    private static YamlValues plain(Node node) {
        Map<String, ValueMarks> marks = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            ObjectNode object = NODES.objectNode();
            for (NodeTuple entry : mapping.getValue()) {
                String key = ((ScalarNode) entry.getKeyNode()).getValue();
                YamlValues value = of(entry.getValueNode());
                if (!value.value().isMissingNode()) {
                    object.set(key, value.value());
                }
                marks.put(key, value.unknown());
            }
            return new YamlValues(object, ValueMarks.of(marks));
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = NODES.arrayNode();
            for (Node element : sequence.getValue()) {
                YamlValues value = of(element);
                marks.put(Integer.toString(array.size()), value.unknown());
                array.add(value.value().isMissingNode() ? NODES.nullNode() : value.value());
            }
            return new YamlValues(array, ValueMarks.of(marks));
        }
        return new YamlValues(scalar((ScalarNode) node), ValueMarks.NONE);
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.BOOL)) {
            return NODES.booleanNode(Boolean.parseBoolean(text));
        }
        if (tag.equals(Tag.INT)) {
            return NODES.numberNode(new BigInteger(text).longValueExact());
        }
        if (tag.equals(Tag.FLOAT)) {
            return NODES.numberNode(new BigDecimal(text));
        }
        return tag.equals(Tag.NULL) ? NODES.nullNode() : NODES.textNode(text);
    }
}
