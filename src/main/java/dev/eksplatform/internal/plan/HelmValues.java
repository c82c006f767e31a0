package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * The values of a Helm release as Helm reads them.
 *
 * @see <a href="https://helm.sh/docs/chart_template_guide/values_files/">Values files</a>
 */
public final class HelmValues {

    private HelmValues() {}

    /**
     * The documents of {@code values}, merged in their order: maps key by key, anything else whole.
     *
     * @param values the attribute's value
     * @return a map; empty when one of the texts is not a YAML mapping
     */
    public static Optional<JsonNode> merged(JsonNode values) {
        if (!values.isArray()) {
            return values.isMissingNode() || values.isNull()
                    ? Optional.of(JsonNodeFactory.instance.objectNode())
                    : Optional.empty();
        }
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        for (JsonNode text : values) {
            Optional<JsonNode> document = EmbeddedDocument.helmValues(text.asText(""));
            if (document.isEmpty()) {
                return Optional.empty();
            }
            merge(merged, document.get());
        }
        return Optional.of(merged);
    }

    /**
     * A release with its merged values in place of the documents, and with {@code set} in them.
     *
     * @param release the attributes of a {@code helm_release}
     * @return a copy; {@code values} is empty where they cannot be read
     */
    public static JsonNode withMerged(JsonNode release) {
        if (!(release instanceof ObjectNode written)) {
            return release;
        }
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        merged(written.path("values")).ifPresent(merged -> merge(values, merged));
        written.path("set").forEach(set -> set(values, set.path("name").asText(""), set.path("value")));
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        copy.setAll(written);
        copy.set("values", values);
        return copy;
    }

    private static void set(ObjectNode values, String name, JsonNode value) {
        ObjectNode into = values;
        List<String> steps = List.of(name.split("\\.", -1));
        for (String step : steps.subList(0, steps.size() - 1)) {
            into = into.get(step) instanceof ObjectNode inner ? inner : into.putObject(step);
        }
        into.set(steps.get(steps.size() - 1), value);
    }

    private static void merge(ObjectNode into, JsonNode from) {
        from.properties().forEach(entry -> {
            if (into.get(entry.getKey()) instanceof ObjectNode inner
                    && entry.getValue().isObject()) {
                merge(inner, entry.getValue());
            } else {
                into.set(entry.getKey(), entry.getValue().deepCopy());
            }
        });
    }
}
