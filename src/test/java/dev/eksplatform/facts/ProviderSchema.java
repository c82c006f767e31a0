package dev.eksplatform.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks JSON configuration against a provider's schema, in the form that {@code terraform providers schema -json} prints. */
final class ProviderSchema {

    private static final Set<String> META_ARGUMENTS =
            Set.of("//", "depends_on", "lifecycle", "provider", "count", "for_each", "provisioner", "connection");

    private static final String PROVIDER = "provider";
    private static final String VERSION = "version";
    private static final String BLOCK = "block";
    private static final String NESTED = "nested";

    private final JsonNode schema;

    ProviderSchema(JsonNode schema) {
        this.schema = schema;
    }

    /** The schema of a table. */
    static ProviderSchema of(FactTable table) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        Map<String, ObjectNode> parents = new HashMap<>();
        for (List<String> row : table.rows()) {
            String path = row.get(0);
            int dot = path.lastIndexOf('.');
            if (dot > 0) {
                String parent = path.substring(0, dot);
                ObjectNode in = parents.computeIfAbsent(parent, top -> (top.equals(PROVIDER)
                                ? root.withObject("/provider")
                                : root.withObject("/resource_schemas").withObject("/" + top))
                        .withObject("/block"));
                parents.put(path, add(in, path.substring(dot + 1), row.get(1), row.get(2)));
            }
        }
        return new ProviderSchema(root);
    }

    /** Adds an attribute or block; the result is where what it contains is added. */
    private static ObjectNode add(ObjectNode parent, String name, String use, String type) {
        List<String> form = List.of(type.split("[ .]+", -1));
        if (use.equals(BLOCK)) {
            ObjectNode block = parent.withObject("/block_types").withObject("/" + name);
            block.put("nesting_mode", form.get(0)).put("min_items", Integer.parseInt(form.get(1)));
            if (!form.get(2).equals("n")) {
                block.put("max_items", Integer.parseInt(form.get(2)));
            }
            return block.withObject("/block");
        }
        ObjectNode attribute = parent.withObject("/attributes").withObject("/" + name);
        for (String one : use.split(" ", -1)) {
            attribute.put(one, true);
        }
        if (form.get(0).equals(NESTED)) {
            return attribute.withObject("/nested_type").put("nesting_mode", form.get(1));
        }
        attribute.set("type", TestJson.parse(type));
        return attribute;
    }

    /** The table of a provider and its resources in use, from a folder that holds its schema in one version. */
    static String table(String provider, Path folder) throws IOException {
        Set<String> used = Files.readAllLines(Path.of("bindings/resources.txt")).stream()
                .filter(line -> line.startsWith(provider + "/"))
                .map(line -> line.replaceAll("[/-]", "_"))
                .collect(Collectors.toSet());
        Stream.Builder<String> lines = Stream.builder();
        FactTable.json(folder).forEach((name, json) -> {
            if (name.startsWith(provider + "-")) {
                lines.add(VERSION + "\t" + name.substring(provider.length() + 1));
                block(PROVIDER, json.at("/schema/provider/block"), lines);
                json.at("/schema/resource_schemas").properties().forEach(resource -> {
                    if (used.contains(resource.getKey())) {
                        block(resource.getKey(), resource.getValue().path("block"), lines);
                    }
                });
            }
        });
        return FactTable.text(lines.build());
    }

    private static void block(String path, JsonNode block, Stream.Builder<String> lines) {
        attributes(path, block.path("attributes"), lines);
        block.path("block_types").properties().forEach(entry -> {
            String below = path + "." + entry.getKey();
            JsonNode nested = entry.getValue();
            lines.add(below + "\t" + BLOCK + "\t" + nested.path("nesting_mode").asText() + " "
                    + nested.path("min_items").asInt() + ".."
                    + nested.path("max_items").asText("n"));
            block(below, nested.path("block"), lines);
        });
    }

    private static void attributes(String path, JsonNode attributes, Stream.Builder<String> lines) {
        attributes.properties().forEach(entry -> {
            String below = path + "." + entry.getKey();
            JsonNode attribute = entry.getValue();
            JsonNode nested = attribute.path("nested_type");
            String use = Stream.of("required", "optional", "computed")
                    .filter(one -> attribute.path(one).asBoolean())
                    .collect(Collectors.joining(" "));
            lines.add(below + "\t" + use + "\t"
                    + (nested.isObject()
                            ? NESTED + " " + nested.path("nesting_mode").asText()
                            : attribute.path("type")));
            attributes(below, nested.path("attributes"), lines);
        });
    }

    /** The provider's version. */
    static String version(FactTable table) {
        return table.rows().stream()
                .filter(row -> row.get(0).equals(VERSION))
                .map(row -> row.get(1))
                .collect(Collectors.joining());
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
