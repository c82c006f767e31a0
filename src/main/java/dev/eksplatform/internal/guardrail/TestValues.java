package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.eksplatform.internal.plan.ValueMarks;
import dev.eksplatform.internal.yaml.PlainTree;
import dev.eksplatform.internal.yaml.YamlDialect;
import dev.eksplatform.internal.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Values of a resource in a rule's test: {@code !unknown} marks a value known only after apply, {@code !json} makes a string
 * with the JSON document that follows.
 *
 * @param value the values; unknown ones are absent
 * @param unknown which are unknown
 */
record TestValues(JsonNode value, ValueMarks unknown) {

    /** The YAML of rule files. */
    static final YamlDialect DIALECT = new YamlDialect(Set.of("!unknown", "!json"), 100_000, true);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Values with {@code !unknown} read as those of a plan, any other as synthesized configuration. */
    static ConfigValue of(YamlNode node) {
        TestValues values = read(node);
        return values.unknown().any()
                ? ConfigValue.planned(values.value(), values.unknown(), MissingNode.getInstance())
                : ConfigValue.written(values.value());
    }

    private static TestValues read(YamlNode node) {
        Map<String, ValueMarks> marks = new LinkedHashMap<>();
        if (node instanceof YamlNode.Tagged tagged) {
            return tagged.tag().equals("!unknown")
                    ? new TestValues(MissingNode.getInstance(), ValueMarks.WHOLE)
                    : new TestValues(
                            TextNode.valueOf(read(tagged.value()).value().toString()), ValueMarks.NONE);
        }
        if (node instanceof YamlNode.Mapping mapping) {
            ObjectNode object = MAPPER.createObjectNode();
            mapping.entries().forEach((key, entry) -> {
                TestValues value = read(entry.value());
                marks.put(key, value.unknown());
                if (!value.value().isMissingNode()) {
                    object.set(key, value.value());
                }
            });
            return new TestValues(object, ValueMarks.of(marks));
        }
        if (node instanceof YamlNode.Sequence sequence) {
            ArrayNode array = MAPPER.createArrayNode();
            sequence.items().forEach(item -> {
                TestValues value = read(item);
                marks.put(Integer.toString(array.size()), value.unknown());
                array.add(value.value().isMissingNode() ? array.nullNode() : value.value());
            });
            return new TestValues(array, ValueMarks.of(marks));
        }
        return new TestValues(MAPPER.valueToTree(PlainTree.of(node)), ValueMarks.NONE);
    }
}
