package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.eksplatform.internal.json.TerraformText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Which parts of a value carry a mark ("not known before apply", "sensitive").
 *
 * <p>Plan JSON writes marks as a shadow of the value: {@code true} where the whole part is marked, objects and arrays
 * around it. Only the marked branches are kept here.
 *
 * @param whole whether the value itself, with all its parts, is marked
 * @param parts the parts with a mark, by property name or index; empty when the value is marked as a whole or not at all
 */
public record ValueMarks(boolean whole, Map<String, ValueMarks> parts) {

    private static final Pattern INDEX = Pattern.compile("[0-9]{1,9}");

    /** No part is marked. */
    public static final ValueMarks NONE = new ValueMarks(false, Map.of());

    /** The whole value is marked. */
    public static final ValueMarks WHOLE = new ValueMarks(true, Map.of());

    /**
     * The marks that a shadow expresses.
     *
     * @param shadow such as {@code after_unknown}; anything but {@code true}, an object or an array marks nothing
     * @return the marked branches
     */
    public static ValueMarks of(JsonNode shadow) {
        if (shadow.isBoolean()) {
            return shadow.booleanValue() ? WHOLE : NONE;
        }
        Map<String, ValueMarks> parts = new LinkedHashMap<>();
        if (shadow.isObject()) {
            shadow.properties().forEach(entry -> put(parts, entry.getKey(), of(entry.getValue())));
        } else if (shadow.isArray()) {
            for (int i = 0; i < shadow.size(); i++) {
                put(parts, Integer.toString(i), of(shadow.get(i)));
            }
        }
        return of(parts);
    }

    /**
     * Marks made of the marks of the parts.
     *
     * @param parts by property name, or by index in decimal
     * @return {@link #NONE} when no part is marked
     */
    public static ValueMarks of(Map<String, ValueMarks> parts) {
        Map<String, ValueMarks> marked = new LinkedHashMap<>();
        parts.forEach((key, marks) -> put(marked, key, marks));
        return marked.isEmpty() ? NONE : new ValueMarks(false, Collections.unmodifiableMap(marked));
    }

    /**
     * The marks of the texts that Terraform still has to evaluate.
     *
     * @param configuration values in Terraform's JSON syntax
     * @return a mark for each text with an expression
     */
    public static ValueMarks ofExpressions(JsonNode configuration) {
        if (configuration.isTextual()) {
            return TerraformText.hasExpression(configuration.textValue()) ? WHOLE : NONE;
        }
        Map<String, ValueMarks> parts = new LinkedHashMap<>();
        configuration.properties().forEach(entry -> parts.put(entry.getKey(), ofExpressions(entry.getValue())));
        for (int i = 0; configuration.isArray() && i < configuration.size(); i++) {
            parts.put(Integer.toString(i), ofExpressions(configuration.get(i)));
        }
        return of(parts);
    }

    private static void put(Map<String, ValueMarks> parts, String key, ValueMarks marks) {
        if (marks.any()) {
            parts.put(key, marks);
        }
    }

    /**
     * The part of a value that a mark is about.
     *
     * @param value any value
     * @param key a property name, or an index in decimal
     * @return a missing node when the value has no such part
     */
    public static JsonNode part(JsonNode value, String key) {
        if (!value.isArray()) {
            return value.path(key);
        }
        return INDEX.matcher(key).matches() ? value.path(Integer.parseInt(key)) : MissingNode.getInstance();
    }

    /**
     * Says whether the value or some part of it is marked.
     *
     * @return false only for {@link #NONE}
     */
    public boolean any() {
        return whole || !parts.isEmpty();
    }

    /**
     * The marks of one part.
     *
     * @param key a property name, or an index in decimal
     * @return {@link #WHOLE} when this value is marked as a whole
     */
    public ValueMarks at(String key) {
        return whole ? WHOLE : parts.getOrDefault(key, NONE);
    }

    /**
     * The marks of one element.
     *
     * @param index its index, from 0
     * @return {@link #WHOLE} when this value is marked as a whole
     */
    public ValueMarks at(int index) {
        return at(Integer.toString(index));
    }

    /**
     * The marks of both.
     *
     * @param other marks of the same value
     * @return what either marks
     */
    public ValueMarks or(ValueMarks other) {
        if (whole || !other.any()) {
            return this;
        }
        if (other.whole || !any()) {
            return other;
        }
        Map<String, ValueMarks> all = new LinkedHashMap<>(parts);
        other.parts.forEach((key, marks) -> all.merge(key, marks, ValueMarks::or));
        return new ValueMarks(false, Collections.unmodifiableMap(all));
    }

    /**
     * Takes each part of a value that is marked as a whole.
     *
     * @param value the value
     * @param take takes the parts; marks without a value are left out
     */
    void select(JsonNode value, Consumer<JsonNode> take) {
        if (whole) {
            take.accept(value);
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                at(i).select(value.get(i), take);
            }
        } else {
            parts.forEach((key, marks) -> marks.select(part(value, key), take));
        }
    }
}
