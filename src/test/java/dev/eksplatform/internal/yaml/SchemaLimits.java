package dev.eksplatform.internal.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes what a component's value may be into its JSON schema. */
final class SchemaLimits {

    private SchemaLimits() {}

    static void put(Limit limit, SpecType type, ObjectNode schema) {
        switch (type.kind()) {
            case LIST, SET -> {
                items(limit, schema, "minItems", "maxItems");
                if (limit.unique()) {
                    schema.put("uniqueItems", true);
                }
                value(limit, type.element(), (ObjectNode) schema.get("items"));
            }
            case MAP -> {
                items(limit, schema, "minProperties", "maxProperties");
                if (!limit.keys().isEmpty()) {
                    schema.putObject("propertyNames").put("pattern", limit.keys());
                }
                value(limit, type.element(), (ObjectNode) schema.get("additionalProperties"));
            }
            default -> value(limit, type, schema);
        }
    }

    private static void items(Limit limit, ObjectNode schema, String fewest, String most) {
        if (limit.minItems() > 0) {
            schema.put(fewest, limit.minItems());
        }
        if (limit.maxItems() < Integer.MAX_VALUE) {
            schema.put(most, limit.maxItems());
        }
    }

    private static void value(Limit limit, SpecType type, ObjectNode schema) {
        if (type.kind() == SpecType.Kind.INTEGER) {
            number(limit, schema);
        } else if (type.kind() == SpecType.Kind.TEXT && !limit.pattern().isEmpty()) {
            schema.put("pattern", limit.pattern());
        }
    }

    private static void number(Limit limit, ObjectNode schema) {
        if (limit.min() > Long.MIN_VALUE) {
            schema.put("minimum", limit.min());
        }
        if (limit.max() < Long.MAX_VALUE) {
            schema.put("maximum", limit.max());
        }
        if (!limit.oneOf().isEmpty()) {
            ArrayNode numbers = schema.putArray("enum");
            for (String number : limit.oneOf().split(" ", -1)) {
                numbers.add(Long.parseLong(number));
            }
        }
    }
}
