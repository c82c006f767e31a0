package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelUnknownSet;
import dev.eksplatform.internal.plan.ManifestForm;
import dev.eksplatform.internal.plan.ValueMarks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A part of a resource as rules see it: values, which of them are unknown until apply, and what the configuration writes
 * there. The three trees are walked side by side. A block written once may appear as an object or as a list of one; both
 * read the same. {@code null} and absent read the same.
 */
final class ConfigValue {

    /** The value of everything that is known only after apply. */
    static final CelUnknownSet UNKNOWN = CelUnknownSet.create(0L);

    /** A Terraform expression; {@code $${} is the escape of a literal. */
    private static final Pattern TEMPLATE = Pattern.compile("(?<!\\$)\\$\\{|(?<!%)%\\{");

    private static final JsonNode ABSENT = MissingNode.getInstance();
    private static final ConfigValue NOTHING = new ConfigValue(ABSENT, ValueMarks.NONE, ABSENT, false);

    private final JsonNode value;
    private final ValueMarks unknown;
    private final JsonNode written;
    private final boolean templated;

    private ConfigValue(JsonNode value, ValueMarks unknown, JsonNode written, boolean templated) {
        this.value = value;
        this.unknown = unknown;
        this.written = written;
        this.templated = templated;
    }

    /** A part that is not there. */
    static ConfigValue nothing() {
        return NOTHING;
    }

    /** Plain values without Terraform expressions. */
    static ConfigValue of(JsonNode value) {
        return new ConfigValue(value, ValueMarks.NONE, ABSENT, false);
    }

    /** Values as the configuration writes them: a string with a Terraform expression in it is unknown. */
    static ConfigValue written(JsonNode value) {
        return new ConfigValue(value, ValueMarks.NONE, value, true);
    }

    /** Planned values, with the marks of what is unknown and what the configuration writes (or absent). */
    static ConfigValue planned(JsonNode value, ValueMarks unknown, JsonNode written) {
        return new ConfigValue(value, unknown, written, false);
    }

    static boolean isTemplate(String text) {
        return TEMPLATE.matcher(text).find();
    }

    /** The part at a path such as {@code vpc_config.endpoint_public_access} or {@code metadata.labels.'a.b/c'}. */
    ConfigValue at(String path) {
        ConfigValue block = this;
        for (String segment : segments(path)) {
            block = block.child(segment);
        }
        return block;
    }

    /** The Kubernetes object in these values of a resource, as a manifest; nothing when there is none. */
    ConfigValue kubernetesObject(String type) {
        return new ConfigValue(
                ManifestForm.manifest(type, value),
                ManifestForm.marks(type, value, unknown),
                ManifestForm.manifest(type, written),
                templated);
    }

    private ConfigValue child(String segment) {
        if (isFirstOfOne(value, segment)) {
            return this;
        }
        JsonNode child = step(value, segment);
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

    /**
     * Where the configuration is there but says nothing, nothing is set; where it is not there, or generates blocks ({@code
     * dynamic}), nobody knows.
     */
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
                || (templated && value.isTextual() && isTemplate(value.textValue()));
    }

    /**
     * Whether the configuration leaves this to the provider, which will tell only after apply. Who asks with a default
     * knows what the provider does then.
     */
    boolean isLeftToProvider() {
        return unknown.whole() && !templated && written.isNull();
    }

    /** Which parts are unknown. */
    ValueMarks marks() {
        return templated ? templates(value) : unknown;
    }

    private static ValueMarks templates(JsonNode node) {
        if (node.isTextual()) {
            return isTemplate(node.textValue()) ? ValueMarks.WHOLE : ValueMarks.NONE;
        }
        Map<String, ValueMarks> parts = new LinkedHashMap<>();
        if (node.isObject()) {
            node.properties().forEach(field -> parts.put(field.getKey(), templates(field.getValue())));
        } else {
            for (int i = 0; i < node.size(); i++) {
                parts.put(Integer.toString(i), templates(node.get(i)));
            }
        }
        return ValueMarks.of(parts);
    }

    boolean isAbsent() {
        return value.isMissingNode() || value.isNull();
    }

    JsonNode node() {
        return value;
    }

    /** Whether the configuration is there to be read. */
    boolean hasWritten() {
        return templated || !written.isMissingNode();
    }

    /** Text as written: the expression itself for a reference, the value otherwise. */
    JsonNode writtenNode() {
        return written.isMissingNode() && templated ? value : written;
    }

    /** The value for CEL: scalar, list, a block for an object, null, or unknown. */
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

    /** The elements of a list, one for anything else, none when absent. The part itself must be known. */
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

    /** Sets come back from a plan in another order than written, so an element is paired only where no other is there. */
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
        if (templated || !written.isMissingNode()) {
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
     * The JSON or YAML document inside a string. A document that holds Terraform expressions is read as written, with
     * those of its values unknown.
     *
     * @return a block, unknown, or null when there is no document
     */
    Object document() {
        if (isLeftToProvider()) {
            return NullValue.NULL_VALUE;
        }
        if (isUnknown()) {
            JsonNode text = templated ? value : written;
            if (text.isTextual() && looksLikeDocument(text.textValue())) {
                return new ConfigValue(Documents.parse(text.textValue()), ValueMarks.NONE, ABSENT, true).toCel();
            }
            return UNKNOWN;
        }
        if (value.isTextual()) {
            JsonNode parsed = Documents.parse(value.textValue());
            return (templated ? new ConfigValue(parsed, ValueMarks.NONE, ABSENT, true) : of(parsed)).toCel();
        }
        return isAbsent() ? NullValue.NULL_VALUE : this;
    }

    /** The documents in a list of strings, each as {@link #document()} gives it. */
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

    /** Whether two blocks hold the same: unknown as soon as either holds something unknown. */
    Object sameAs(ConfigValue other) {
        return holdsUnknown() || other.holdsUnknown() ? UNKNOWN : (Object) value.equals(other.value);
    }

    private boolean holdsUnknown() {
        return unknown.any() || (templated && isTemplate(value.toString()));
    }

    /** A block of derived values that keeps how strings with expressions are read. */
    ConfigValue derived(JsonNode node) {
        return new ConfigValue(node, ValueMarks.NONE, ABSENT, templated);
    }

    /** This part once for every scalar in it, with that scalar unknown. */
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

    /** The names in an object, in the order written; none when absent. */
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
