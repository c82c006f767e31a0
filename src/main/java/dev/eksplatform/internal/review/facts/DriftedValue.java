package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.plan.EmbeddedDocument;
import java.util.Map;
import java.util.Optional;

/**
 * A value in the state and the value that is there now, without what changes by itself.
 *
 * @param before in the state
 * @param after now
 */
record DriftedValue(JsonNode before, JsonNode after) {

    /**
     * How much of a value counts.
     *
     * @param nothing whether nothing of it counts
     * @param onlyConfigured whether only the parts that the configuration sets count
     * @param expressions what the configuration sets, see {@link dev.eksplatform.internal.plan.Configuration}
     */
    record Scope(boolean nothing, boolean onlyConfigured, JsonNode expressions) {

        static final Scope NOTHING = new Scope(true, false, MissingNode.getInstance());

        static Scope all(JsonNode expressions) {
            return new Scope(false, false, expressions);
        }

        static Scope configured(JsonNode expressions) {
            return new Scope(false, true, expressions);
        }
    }

    /** The part of a value that counts; empty when nothing of it differs. */
    static Optional<DriftedValue> counting(JsonNode before, JsonNode after, Scope scope) {
        if (scope.nothing()) {
            return Optional.empty();
        }
        JsonNode was = counting(before, scope.expressions(), scope.onlyConfigured());
        JsonNode is = counting(after, scope.expressions(), scope.onlyConfigured());
        return same(was, is) ? Optional.empty() : Optional.of(new DriftedValue(was, is));
    }

    private static JsonNode counting(JsonNode value, JsonNode expression, boolean onlyConfigured) {
        boolean whole = expression.has("constant_value") || expression.has("references");
        if (value.isObject()) {
            JsonNode set = expression.isArray() ? merged(expression) : expression;
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> part : value.properties()) {
                boolean configured = !whole && set.has(part.getKey());
                boolean counts = configured
                        || !ComputedAttributes.contain(part.getKey()) && (whole || !onlyConfigured || !set.isObject());
                if (counts) {
                    object.set(
                            part.getKey(),
                            counting(part.getValue(), set.path(part.getKey()), configured && onlyConfigured));
                }
            }
            return object;
        }
        if (value.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            value.forEach(element -> list.add(counting(element, expression, onlyConfigured)));
            return list;
        }
        return value;
    }

    /** What any of several blocks sets: state lists the blocks of a set in another order than the configuration. */
    private static JsonNode merged(JsonNode blocks) {
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        blocks.forEach(block -> block.properties().forEach(part -> merged.set(part.getKey(), part.getValue())));
        return merged;
    }

    DriftedValue at(String name) {
        return new DriftedValue(before.path(name), after.path(name));
    }

    /** Says whether two values are the same, whatever the form of what is empty and the notation of documents. */
    static boolean same(JsonNode a, JsonNode b) {
        if (a == b || Side.isUnset(a) && Side.isUnset(b)) {
            return true;
        }
        if (a.isTextual() && b.isTextual() && !a.equals(b)) {
            Optional<JsonNode> one = EmbeddedDocument.json(a.textValue());
            Optional<JsonNode> other = EmbeddedDocument.json(b.textValue());
            return one.isPresent() && one.equals(other);
        }
        if (a.isObject() && b.isObject()) {
            return Json.names(a, b).stream().allMatch(name -> same(a.path(name), b.path(name)));
        }
        if (a.isArray() && b.isArray() && a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return a.equals(b);
    }

    /** Says whether a value is the same as another in what it has: what does not count was left out of it. */
    static boolean within(JsonNode part, JsonNode whole) {
        if (part.isObject() && whole.isObject()) {
            return part.properties().stream().allMatch(entry -> within(entry.getValue(), whole.path(entry.getKey())));
        }
        if (part.isArray() && whole.isArray() && part.size() == whole.size()) {
            for (int i = 0; i < part.size(); i++) {
                if (!within(part.get(i), whole.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return same(part, whole);
    }
}
