package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.plan.EmbeddedDocument;
import java.util.Optional;

/**
 * The values of a Helm release as Helm reads them.
 *
 * @see <a href="https://helm.sh/docs/chart_template_guide/values_files/">Values files</a>
 */
final class HelmValues {

    private HelmValues() {}

    /**
     * The documents of {@code values}, merged in their order: maps key by key, anything else whole.
     *
     * @param values the attribute's value
     * @return a map; empty when one of the texts is not a YAML mapping
     */
    static Optional<JsonNode> merged(JsonNode values) {
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
