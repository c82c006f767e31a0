package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.eksplatform.internal.plan.SecretNature;
import dev.eksplatform.internal.plan.Secrets;
import dev.eksplatform.internal.plan.ValueMarks;

/** One side of a comparison. */
record Side(JsonNode value, ValueMarks unknown, ValueMarks sensitive) {

    static final Side NOTHING = new Side(MissingNode.getInstance(), ValueMarks.NONE, ValueMarks.NONE);

    Side at(String key) {
        return new Side(ValueMarks.part(value, key), unknown.at(key), sensitive.at(key));
    }

    /** A document that the value holds as a text. */
    Side with(JsonNode document) {
        return new Side(document, ValueMarks.NONE, SecretNature.marks("", document));
    }

    /** With what is secret in a resource of a type although nothing flags it. */
    Side ofType(String type) {
        return new Side(value, unknown, sensitive.or(SecretNature.marks(type, value)));
    }

    boolean isUnset() {
        return !unknown.any() && isUnset(value);
    }

    /** Null, an empty text and a container without anything that is set; an element of a list is something, even if empty. */
    static boolean isUnset(JsonNode value) {
        if (value.isObject()) {
            for (JsonNode part : value) {
                if (!isUnset(part)) {
                    return false;
                }
            }
            return true;
        }
        return value.isMissingNode()
                || value.isNull()
                || value.isArray() && value.isEmpty()
                || value.isTextual() && value.textValue().isEmpty();
    }

    /** The value with its sensitive parts masked. */
    JsonNode redacted() {
        return redacted(value, sensitive);
    }

    /** A value with its sensitive parts masked. */
    static JsonNode redacted(JsonNode value, ValueMarks sensitive) {
        boolean nothing = value.isMissingNode() || value.isNull();
        if (nothing || !sensitive.any()) {
            return value;
        }
        if (sensitive.whole()) {
            return TextNode.valueOf(Secrets.MASK);
        }
        if (value.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < value.size(); i++) {
                list.add(redacted(value.get(i), sensitive.at(i)));
            }
            return list;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        value.properties()
                .forEach(part -> object.set(part.getKey(), redacted(part.getValue(), sensitive.at(part.getKey()))));
        return object;
    }
}
