package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;

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
        JsonNode after = orNull(change.path("after"));
        return new BeforeAfter(
                before,
                // most objects do not change: one copy of such values is enough
                before.equals(after) ? before : after,
                ValueMarks.of(change.path("after_unknown")),
                ValueMarks.of(change.path("before_sensitive")),
                ValueMarks.of(change.path("after_sensitive")));
    }

    private static JsonNode orNull(JsonNode node) {
        return node.isMissingNode() ? NullNode.getInstance() : node;
    }

    void collect(Secrets.Collector secrets) {
        secrets.add(before, sensitiveBefore);
        secrets.add(after, sensitiveAfter);
    }
}
