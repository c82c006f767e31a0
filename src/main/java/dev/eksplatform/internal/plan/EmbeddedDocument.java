package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.LoadSettingsBuilder;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A document that an attribute holds as one text: an IAM policy, Helm values, an add-on's configuration. */
public final class EmbeddedDocument {

    private static final LoadSettings YAML = settings().build();

    /** Made when a release is compared, and not before. */
    private static final class Helm {

        private static final LoadSettings YAML =
                settings().setSchema(new HelmYaml()).build();
    }

    private static final DocumentCache JSON = new DocumentCache(200_000);
    private static final DocumentCache DOCUMENTS = new DocumentCache(200_000);
    private static final DocumentCache HELM_VALUES = new DocumentCache(2_000_000);

    private EmbeddedDocument() {}

    private static LoadSettingsBuilder settings() {
        return LoadSettings.builder()
                .setAllowDuplicateKeys(true)
                .setAllowRecursiveKeys(false)
                .setMaxAliasesForCollections(50)
                .setCodePointLimit(5_000_000);
    }

    /**
     * The document in a text that looks like JSON.
     *
     * @param text an attribute's value
     * @return its object or array, not to be changed; empty when the text is anything else
     */
    public static Optional<JsonNode> json(String text) {
        String trimmed = text.strip();
        if (!(trimmed.startsWith("{") && trimmed.endsWith("}"))
                && !(trimmed.startsWith("[") && trimmed.endsWith("]"))) {
            return Optional.empty();
        }
        return JSON.get(trimmed, each -> BoundedJson.embedded(each).filter(JsonNode::isContainerNode));
    }

    /**
     * The document in a YAML text, such as one element of a Helm release's {@code values}.
     *
     * @param text YAML; bounded in size and in aliases
     * @return its mapping or sequence, not to be changed; empty when the text is not YAML, several documents or a scalar
     */
    public static Optional<JsonNode> yaml(String text) {
        return DOCUMENTS.get(text, each -> yaml(each, YAML).filter(JsonNode::isContainerNode));
    }

    /**
     * One element of a Helm release's {@code values}, with plain words and numbers read as Helm does: {@code no} is false.
     *
     * @param text YAML; bounded in size and in aliases
     * @return its mapping, an empty one for an empty text, not to be changed; empty when the text is anything else
     */
    public static Optional<JsonNode> helmValues(String text) {
        return HELM_VALUES.get(text, each -> yaml(each, Helm.YAML)
                .map(node -> node.isNull() ? BoundedJson.MAPPER.createObjectNode() : node)
                .filter(JsonNode::isObject));
    }

    /** Whether a document is nested no deeper than JSON may be, so that whoever walks it does not run out of stack. */
    private static boolean isWithin(int levels, @Nullable Object value) {
        Collection<?> parts =
                value instanceof Map<?, ?> map ? map.values() : value instanceof Collection<?> list ? list : List.of();
        return levels > 0 && parts.stream().allMatch(part -> isWithin(levels - 1, part));
    }

    private static Optional<JsonNode> yaml(String text, LoadSettings settings) {
        try {
            Object document = new Load(settings).loadFromString(text);
            return isWithin(BoundedJson.DEEPEST, document)
                    ? Optional.of(BoundedJson.MAPPER.<JsonNode>valueToTree(document))
                    : Optional.empty();
        } catch (YamlEngineException | IllegalArgumentException | StackOverflowError e) {
            return Optional.empty();
        }
    }
}
