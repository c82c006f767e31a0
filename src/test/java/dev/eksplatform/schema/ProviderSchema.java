package dev.eksplatform.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** A provider's schema as {@code terraform providers schema -json} prints it, and what JSON configuration does not keep. */
final class ProviderSchema {

    private static final Set<String> META_ARGUMENTS =
            Set.of("//", "depends_on", "lifecycle", "provider", "count", "for_each", "provisioner", "connection");

    private final JsonNode schema;

    ProviderSchema(JsonNode schema) {
        this.schema = schema;
    }

    static ProviderSchema read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
            return new ProviderSchema(new ObjectMapper().readTree(text).path("schema"));
        }
    }

    boolean hasResource(String type) {
        return schema.path("resource_schemas").has(type);
    }

    /** What is wrong with a resource. */
    List<String> resource(String type, JsonNode value) {
        return checkBlock(schema.path("resource_schemas").path(type).path("block"), value, type, META_ARGUMENTS);
    }

    /** What is wrong with the configuration of the provider. */
    List<String> provider(String name, JsonNode value) {
        return checkBlock(schema.path("provider").path("block"), value, "provider." + name, Set.of("alias"));
    }

    static List<String> checkBlock(JsonNode block, JsonNode value, String where, Set<String> meta) {
        List<String> wrong = new ArrayList<>();
        walkBlock(block, value, where, meta, wrong);
        return wrong;
    }

    private static void walkBlock(JsonNode block, JsonNode value, String where, Set<String> meta, List<String> wrong) {
        if (!value.isObject()) {
            wrong.add(where + ": a block must be an object");
            return;
        }
        value.properties().forEach(entry -> {
            String name = entry.getKey();
            String path = where + "." + name;
            if (block.path("attributes").has(name)) {
                walkAttribute(block.path("attributes").path(name), entry.getValue(), path, wrong);
            } else if (block.path("block_types").has(name)) {
                walkNested(block.path("block_types").path(name), entry.getValue(), path, wrong);
            } else if (!meta.contains(name)) {
                wrong.add(path + ": unknown");
            }
        });
        required(block.path("attributes"), value, where, wrong);
        block.path("block_types").properties().forEach(entry -> {
            if (entry.getValue().path("min_items").asInt() > 0 && !value.has(entry.getKey())) {
                wrong.add(where + "." + entry.getKey() + ": required block is missing");
            }
        });
    }

    private static void required(JsonNode attributes, JsonNode value, String where, List<String> wrong) {
        attributes.properties().forEach(entry -> {
            if (entry.getValue().path("required").asBoolean() && !value.hasNonNull(entry.getKey())) {
                wrong.add(where + "." + entry.getKey() + ": required attribute is missing");
            }
        });
    }

    private static void walkNested(JsonNode nested, JsonNode value, String where, List<String> wrong) {
        String mode = nested.path("nesting_mode").asText();
        if (mode.equals("map")) {
            value.properties()
                    .forEach(entry -> walkBlock(
                            nested.path("block"), entry.getValue(), where + "." + entry.getKey(), Set.of(), wrong));
            return;
        }
        int count = value.isArray() ? value.size() : 1;
        int most = mode.equals("single") || mode.equals("group")
                ? 1
                : nested.path("max_items").asInt(Integer.MAX_VALUE);
        if (count > most) {
            wrong.add(where + ": " + count + " blocks, at most " + most);
        }
        if (count < nested.path("min_items").asInt()) {
            wrong.add(where + ": " + count + " blocks, at least "
                    + nested.path("min_items").asInt());
        }
        if (!value.isArray()) {
            walkBlock(nested.path("block"), value, where, Set.of(), wrong);
            return;
        }
        for (int i = 0; i < value.size(); i++) {
            walkBlock(nested.path("block"), value.path(i), where + "[" + i + "]", Set.of(), wrong);
        }
    }

    private static void walkAttribute(JsonNode attribute, JsonNode value, String where, List<String> wrong) {
        if (!attribute.path("optional").asBoolean()
                && !attribute.path("required").asBoolean()) {
            wrong.add(where + ": computed, cannot be set");
        } else if (isExpression(value)) {
            return;
        } else if (attribute.has("nested_type")) {
            walkObjects(attribute.path("nested_type"), value, where, wrong);
        } else {
            walkType(attribute.path("type"), value, where, wrong);
        }
    }

    /** Attributes of objects, which unlike blocks take exactly the form of their type. */
    private static void walkObjects(JsonNode nested, JsonNode value, String where, List<String> wrong) {
        String mode = nested.path("nesting_mode").asText();
        switch (mode) {
            case "single" -> walkObject(nested.path("attributes"), value, where, wrong);
            case "map" -> {
                if (!value.isObject()) {
                    wrong.add(where + ": must be a map of objects");
                }
                value.properties()
                        .forEach(entry -> walkObject(
                                nested.path("attributes"), entry.getValue(), where + "." + entry.getKey(), wrong));
            }
            default -> {
                if (!value.isArray()) {
                    wrong.add(where + ": must be a " + mode + " of objects");
                }
                for (int i = 0; i < value.size(); i++) {
                    walkObject(nested.path("attributes"), value.path(i), where + "[" + i + "]", wrong);
                }
            }
        }
    }

    private static void walkObject(JsonNode attributes, JsonNode value, String where, List<String> wrong) {
        if (!value.isObject()) {
            wrong.add(where + ": must be an object");
            return;
        }
        value.properties().forEach(entry -> {
            String path = where + "." + entry.getKey();
            if (attributes.has(entry.getKey())) {
                walkAttribute(attributes.path(entry.getKey()), entry.getValue(), path, wrong);
            } else {
                wrong.add(path + ": unknown");
            }
        });
        required(attributes, value, where, wrong);
    }

    private static void walkType(JsonNode type, JsonNode value, String where, List<String> wrong) {
        if (isExpression(value)) {
            return;
        }
        String kind = type.isArray() ? type.path(0).asText() : type.asText();
        switch (kind) {
            case "string" -> must(value.isValueNode(), where, "a string", wrong);
            case "number" ->
                must(value.isNumber() || value.asText().matches("-?\\d+(\\.\\d+)?"), where, "a number", wrong);
            case "bool" -> must(value.isBoolean() || value.asText().matches("true|false"), where, "a bool", wrong);
            case "list", "set" -> {
                must(value.isArray(), where, "a " + kind, wrong);
                for (int i = 0; value.isArray() && i < value.size(); i++) {
                    walkType(type.path(1), value.path(i), where + "[" + i + "]", wrong);
                }
            }
            case "map" -> {
                must(value.isObject(), where, "a map", wrong);
                value.properties()
                        .forEach(
                                entry -> walkType(type.path(1), entry.getValue(), where + "." + entry.getKey(), wrong));
            }
            case "object" -> {
                must(value.isObject(), where, "an object", wrong);
                value.properties().forEach(entry -> {
                    if (type.path(1).has(entry.getKey())) {
                        walkType(
                                type.path(1).path(entry.getKey()),
                                entry.getValue(),
                                where + "." + entry.getKey(),
                                wrong);
                    } else {
                        wrong.add(where + "." + entry.getKey() + ": unknown");
                    }
                });
            }
            case "dynamic" -> {}
            default -> wrong.add(where + ": a type that the check does not know: " + type);
        }
    }

    private static void must(boolean right, String where, String what, List<String> wrong) {
        if (!right) {
            wrong.add(where + ": must be " + what);
        }
    }

    private static boolean isExpression(JsonNode value) {
        return value.isTextual() && value.textValue().matches("(?s)\\$\\{.*}");
    }
}
