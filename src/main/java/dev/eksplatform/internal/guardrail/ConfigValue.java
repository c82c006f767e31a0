package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelUnknownSet;
import dev.eksplatform.internal.json.TerraformText;
import dev.eksplatform.internal.logic.Truth;
import dev.eksplatform.internal.plan.EmbeddedDocument;
import dev.eksplatform.internal.plan.ManifestForm;
import dev.eksplatform.internal.plan.ValueMarks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of a resource as rules see it: its values, which of them are unknown until apply, and what the configuration
 * writes there. A block given once may be an object or a list of one, and {@code null} is the same as absent.
 */
final class ConfigValue {

    /** The value of everything that is known only after apply. */
    static final CelUnknownSet UNKNOWN = CelUnknownSet.create(0L);

    private static final JsonNode ABSENT = MissingNode.getInstance();
    private static final ConfigValue NOTHING = new ConfigValue(ABSENT, ValueMarks.NONE, ABSENT, false);

    private final JsonNode value;
    private final ValueMarks unknown;
    private final JsonNode written;
    private final boolean templated;
    /** Most rules about Kubernetes ask for it. */
    private @Nullable ConfigValue object;

    private ConfigValue(JsonNode value, ValueMarks unknown, JsonNode written, boolean templated) {
        this.value = value;
        this.unknown = unknown;
        this.written = written;
        this.templated = templated;
    }

    /** An absent part. */
    static ConfigValue nothing() {
        return NOTHING;
    }

    /** Values of which nothing is known. */
    static ConfigValue unseen() {
        return new ConfigValue(ABSENT, ValueMarks.WHOLE, ABSENT, false);
    }

    /** Values as the configuration writes them: a string with a Terraform expression is unknown. */
    static ConfigValue written(JsonNode value) {
        return new ConfigValue(value, ValueMarks.NONE, value, true);
    }

    /**
     * Planned values.
     *
     * @param unknown which of them are unknown until apply
     * @param written what the configuration writes; a missing node when that is not known
     */
    static ConfigValue planned(JsonNode value, ValueMarks unknown, JsonNode written) {
        return new ConfigValue(value, unknown, written, false);
    }

    /** The part at a path such as {@code vpc_config.endpoint_public_access} or {@code metadata.labels.'a.b/c'}. */
    ConfigValue at(String path) {
        ConfigValue block = this;
        for (String segment : segments(path)) {
            block = block.child(segment);
        }
        return block;
    }

    /** The Kubernetes object in these values of a resource, as a manifest; absent when there is none. */
    ConfigValue kubernetesObject(String type) {
        if (object == null) {
            object = type.equals("kubectl_manifest")
                    ? yamlObject()
                    : ManifestForm.isObject(type)
                            ? new ConfigValue(
                                    ManifestForm.manifest(type, value),
                                    ManifestForm.marks(type, value, unknown),
                                    ManifestForm.manifest(type, written),
                                    templated)
                            : NOTHING;
        }
        return object;
    }

    /** The object of a resource that has it as a text; none in a text that is not YAML, which its provider refuses. */
    private ConfigValue yamlObject() {
        try {
            Object document = at("yaml_body").document();
            return document instanceof ConfigValue manifest ? manifest : document == UNKNOWN ? unseen() : NOTHING;
        } catch (IllegalArgumentException e) {
            return NOTHING;
        }
    }

    /** A block with more fields. */
    ConfigValue with(Map<String, ConfigValue> fields) {
        ObjectNode block = value.isObject() ? value.deepCopy() : JsonNodeFactory.instance.objectNode();
        Map<String, ValueMarks> marks = new LinkedHashMap<>(unknown.parts());
        fields.forEach((name, field) -> {
            block.set(name, field.value);
            marks.put(name, field.unknown);
        });
        return new ConfigValue(block, unknown.whole() ? unknown : ValueMarks.of(marks), written, templated);
    }

    /** The part under one name or index. */
    ConfigValue child(String segment) {
        if (isFirstOfOne(value, segment)) {
            return this;
        }
        JsonNode child = step(value, segment);
        if (templated && child.isMissingNode() && step(value, "dynamic").has(segment)) {
            return new ConfigValue(ABSENT, ValueMarks.WHOLE, ABSENT, true);
        }
        JsonNode writtenChild = writtenStep(written, segment);
        // the configuration in a plan leaves generated blocks out
        boolean perhapsGenerated = !templated && writtenChild.isNull() && isBlock(child);
        return new ConfigValue(child, step(unknown, segment), perhapsGenerated ? ABSENT : writtenChild, templated);
    }

    private static boolean isBlock(JsonNode node) {
        return node.isObject() && !node.isEmpty() || node.path(0).isObject();
    }

    private static JsonNode step(JsonNode node, String segment) {
        if (node.isArray()) {
            if (isIndex(segment)) {
                return node.path(Integer.parseInt(segment));
            }
            return step(node.path(0), segment);
        }
        return isFirstOfOne(node, segment) ? node : node.path(segment);
    }

    private static boolean isFirstOfOne(JsonNode node, String segment) {
        return "0".equals(segment) && node.isObject() && !node.has(segment);
    }

    /** Omitted in a known configuration: unset. Configuration missing, or dynamic blocks: unknown. */
    private static JsonNode writtenStep(JsonNode node, String segment) {
        JsonNode child = step(node, segment);
        boolean generated = step(node, "dynamic").has(segment);
        return child.isMissingNode() && !node.isMissingNode() && !generated ? NullNode.getInstance() : child;
    }

    private static ValueMarks step(ValueMarks marks, String segment) {
        ValueMarks direct = marks.at(segment);
        return direct.any() || isIndex(segment) ? direct : marks.at(0).at(segment);
    }

    private static boolean isIndex(String segment) {
        return !segment.isEmpty() && segment.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        int at = 0;
        while (at < path.length()) {
            boolean quoted = path.charAt(at) == '\'';
            int end = quoted ? path.indexOf('\'', at + 1) : path.indexOf('.', at);
            if (quoted && end < 0) {
                throw new IllegalArgumentException("path " + path + " has a quote without an end");
            }
            int stop = end < 0 ? path.length() : end;
            segments.add(path.substring(quoted ? at + 1 : at, stop));
            at = quoted ? stop + 2 : stop + 1;
        }
        return segments;
    }

    boolean isUnknown() {
        return unknown.whole()
                || (isAbsent() && unknown.any())
                || (templated && value.isTextual() && TerraformText.hasExpression(value.textValue()));
    }

    /** Whether the configuration omits this, so that the provider decides it during apply. */
    boolean isLeftToProvider() {
        return unknown.whole() && !templated && written.isNull();
    }

    /** Which parts are unknown. */
    ValueMarks marks() {
        return templated ? ValueMarks.ofExpressions(value) : unknown;
    }

    boolean isAbsent() {
        return value.isMissingNode() || value.isNull();
    }

    JsonNode node() {
        return value;
    }

    /** Whether it is known what the configuration writes. */
    boolean hasWritten() {
        return templated || !written.isMissingNode();
    }

    /** What the configuration writes: the expression for a reference, the value otherwise. */
    JsonNode writtenNode() {
        return written.isMissingNode() && templated ? value : written;
    }

    /** The value in CEL: a scalar, a list, this part for an object, null, or unknown. */
    Object toCel() {
        if (isUnknown()) {
            return UNKNOWN;
        }
        return switch (value.getNodeType()) {
            case STRING -> value.textValue();
            case BOOLEAN -> value.booleanValue();
            case NUMBER ->
                value.canConvertToLong() && value.isIntegralNumber() ? value.longValue() : (Object) value.doubleValue();
            case ARRAY -> elements().stream().map(ConfigValue::toCel).toList();
            case OBJECT -> this;
            default -> NullValue.NULL_VALUE;
        };
    }

    /** The elements of a list, this part for anything else, none when absent. The part itself must be known. */
    List<ConfigValue> elements() {
        if (isAbsent()) {
            return List.of();
        }
        if (!value.isArray()) {
            return List.of(this);
        }
        List<ConfigValue> elements = new ArrayList<>(value.size());
        for (int i = 0; i < value.size(); i++) {
            elements.add(new ConfigValue(value.get(i), unknown.at(i), writtenElement(value.size(), i), templated));
        }
        return elements;
    }

    /** A plan orders sets differently than the configuration, so an element is paired only when it is the only one. */
    private JsonNode writtenElement(int size, int index) {
        if (templated) {
            return value.get(index);
        }
        if (size != 1) {
            return ABSENT;
        }
        if (written.isArray()) {
            return written.size() == 1 ? written.get(0) : ABSENT;
        }
        return written;
    }

    /** Whether the configuration writes something here: true, false, or unknown when only a plan could say. */
    Object isSet() {
        if ((templated && !unknown.whole()) || !written.isMissingNode()) {
            JsonNode text = writtenNode();
            return !(text.isNull() || text.isMissingNode() || (text.isContainerNode() && text.isEmpty()));
        }
        if (isUnknown()) {
            return UNKNOWN;
        }
        return !(isAbsent()
                || (value.isContainerNode() && value.isEmpty())
                || (value.isTextual() && value.textValue().isEmpty()));
    }

    /**
     * The JSON or YAML document in a string. One with Terraform expressions is read as written, with only the values that
     * hold an expression unknown.
     *
     * @return its value in CEL; unknown, or null when there is no document
     */
    Object document() {
        if (isLeftToProvider()) {
            return NullValue.NULL_VALUE;
        }
        if (isUnknown()) {
            JsonNode text = templated ? value : written;
            if (text.isTextual() && looksLikeDocument(text.textValue())) {
                return document(text.textValue(), true).toCel();
            }
            return UNKNOWN;
        }
        if (value.isTextual()) {
            return document(value.textValue(), templated).toCel();
        }
        return isAbsent() ? NullValue.NULL_VALUE : this;
    }

    private static ConfigValue document(String text, boolean templated) {
        return new ConfigValue(parsed(text), ValueMarks.NONE, ABSENT, templated);
    }

    private static JsonNode parsed(String text) {
        String start = text.stripLeading();
        boolean json = start.startsWith("{") || start.startsWith("[");
        // of YAML with nothing but comments, only the reading as Helm values makes an empty document
        Optional<JsonNode> document = json
                ? EmbeddedDocument.json(text)
                : EmbeddedDocument.yaml(text).or(() -> EmbeddedDocument.helmValues(text));
        return start.isEmpty()
                ? ABSENT
                : document.orElseThrow(() -> new IllegalArgumentException("neither a JSON nor a YAML document"));
    }

    /** The document in a text without Terraform expressions. */
    static Object document(String text) {
        return document(text, false).toCel();
    }

    /** The documents in a list of strings, each as {@link #document()} returns it. */
    Object documents() {
        if (isLeftToProvider()) {
            return List.of();
        }
        if (isUnknown() && !written.isArray()) {
            return UNKNOWN;
        }
        ConfigValue readable = isUnknown() ? written(written) : this;
        List<Object> documents = new ArrayList<>();
        readable.elements().forEach(element -> documents.add(element.document()));
        return documents;
    }

    private static boolean looksLikeDocument(String text) {
        String start = text.stripLeading();
        return !start.startsWith("${") && !start.startsWith("%{");
    }

    /** Whether two parts are equal: unknown as soon as a value in either is unknown. */
    Truth sameAs(ConfigValue other) {
        return holdsUnknown() || other.holdsUnknown() ? Truth.UNKNOWN : Truth.of(value.equals(other.value));
    }

    private boolean holdsUnknown() {
        return unknown.any() || (templated && TerraformText.hasExpression(value.toString()));
    }

    /** Values derived from these, in which a string with a Terraform expression is unknown if it is here. */
    ConfigValue derived(JsonNode node) {
        return new ConfigValue(node, ValueMarks.NONE, ABSENT, templated);
    }

    /** A copy for each scalar in this part, with that scalar unknown. */
    List<ConfigValue> withOneUnknown() {
        List<ConfigValue> blocks = new ArrayList<>();
        shadows(value)
                .forEach(shadow -> blocks.add(new ConfigValue(value, union(unknown, shadow), written, templated)));
        return blocks;
    }

    private static ValueMarks union(ValueMarks left, ValueMarks right) {
        if (left.whole() || right.whole()) {
            return ValueMarks.WHOLE;
        }
        Map<String, ValueMarks> parts = new LinkedHashMap<>(left.parts());
        right.parts().forEach((key, marks) -> parts.merge(key, marks, ConfigValue::union));
        return ValueMarks.of(parts);
    }

    private static List<ValueMarks> shadows(JsonNode node) {
        if (node.isValueNode()) {
            return List.of(ValueMarks.WHOLE);
        }
        List<ValueMarks> shadows = new ArrayList<>();
        node.properties().forEach(entry -> shadows(entry.getValue())
                .forEach(inner -> shadows.add(ValueMarks.of(Map.of(entry.getKey(), inner)))));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            String index = Integer.toString(i);
            shadows(node.get(i)).forEach(inner -> shadows.add(ValueMarks.of(Map.of(index, inner))));
        }
        return shadows;
    }

    /** The names in an object, in its order; none when absent. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        value.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
