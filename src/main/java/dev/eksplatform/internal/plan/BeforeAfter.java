package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A value before and after a change, which plan JSON writes alike for resources and outputs. Source: <a
 * href="https://developer.hashicorp.com/terraform/internals/json-format#change-representation">change representation</a>.
 *
 * @param before the value before; null node when there was none
 * @param after the value after; null node when there will be none or it is not known yet
 * @param unknown what is decided only during apply
 * @param sensitiveBefore what must not be shown of the value before
 * @param sensitiveAfter what must not be shown of the value after
 */
public record BeforeAfter(
        JsonNode before, JsonNode after, ValueMarks unknown, ValueMarks sensitiveBefore, ValueMarks sensitiveAfter) {

    static BeforeAfter of(JsonNode change) {
        JsonNode before = orNull(change.path("before"));
        return new BeforeAfter(
                before,
                sharing(before, orNull(change.path("after"))),
                ValueMarks.of(change.path("after_unknown")),
                ValueMarks.of(change.path("before_sensitive")),
                ValueMarks.of(change.path("after_sensitive")));
    }

    /** A value that there was not before. */
    static BeforeAfter created(JsonNode after, JsonNode unknown, JsonNode sensitive) {
        return new BeforeAfter(
                NullNode.getInstance(),
                orNull(after),
                ValueMarks.of(unknown),
                ValueMarks.NONE,
                ValueMarks.of(sensitive));
    }

    /** Most of an object does not change: one copy of such values is enough. */
    private static JsonNode sharing(JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return before;
        }
        if (before.isObject() && after instanceof ObjectNode object) {
            object.properties().forEach(part -> {
                JsonNode old = before.get(part.getKey());
                if (old != null) {
                    part.setValue(sharing(old, part.getValue()));
                }
            });
        }
        return after;
    }

    /** The value before without the lists and objects that are the same after. */
    JsonNode beforeOnly() {
        if (!before.isObject() || !after.isObject()) {
            return before;
        }
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        before.properties().forEach(part -> {
            if (!part.getValue().isContainerNode() || part.getValue() != after.get(part.getKey())) {
                rest.set(part.getKey(), part.getValue());
            }
        });
        return rest;
    }

    private static JsonNode orNull(JsonNode node) {
        return node.isMissingNode() ? NullNode.getInstance() : node;
    }

    void collect(Secrets.Collector secrets) {
        secrets.add(before, sensitiveBefore);
        secrets.add(after, sensitiveAfter);
    }
}
