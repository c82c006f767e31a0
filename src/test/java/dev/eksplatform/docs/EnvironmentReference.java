package dev.eksplatform.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A table for each mapping of an environment file, in the order in which they are reached from the whole file. */
final class EnvironmentReference {

    private record Section(String path, JsonNode mapping) {}

    private final EnvironmentKeys keys;
    private final Map<String, String> paths = new HashMap<>();
    private final StringBuilder page = new StringBuilder();

    private EnvironmentReference(EnvironmentKeys keys) {
        this.keys = keys;
    }

    static String of(EnvironmentKeys keys) {
        EnvironmentReference reference = new EnvironmentReference(keys);
        reference.section(new Section("", keys.root()));
        return reference.page.toString();
    }

    private void section(Section section) {
        String path = section.path();
        List<Section> below = new ArrayList<>();
        List<String> required = texts(section.mapping().path("required"));
        page.append(path.isEmpty() ? "## Keys\n\n" : "### `" + path + "`\n\n");
        String about = EnvironmentKeys.description(section.mapping());
        page.append(about.isEmpty() ? "" : about + "\n\n");
        page.append("| key | value | default | description |\n|---|---|---|---|\n");
        section.mapping().path("properties").properties().forEach(property -> {
            String key = property.getKey();
            JsonNode schema = property.getValue();
            page.append("| %s | %s | %s | %s |\n"
                    .formatted(
                            code(key),
                            cell(value(schema, path.isEmpty() ? key : path + "." + key, below)),
                            required.contains(key)
                                    ? "required"
                                    : cell(EnvironmentKeys.defaultValue(schema).orElse("")),
                            cell(EnvironmentKeys.description(schema) + example(schema))));
        });
        page.append("\n");
        below.forEach(this::section);
    }

    /** What a value is, in a few words; a mapping gets a section of its own. */
    private String value(JsonNode schema, String path, List<Section> below) {
        Optional<String> name = EnvironmentKeys.definition(schema);
        JsonNode resolved = keys.resolved(schema);
        if (resolved.has("enum")) {
            return words(resolved);
        }
        if (resolved.has("properties")) {
            return mapping(name.orElse(path), new Section(path, resolved), below);
        }
        if (resolved.has("anyOf")) {
            return forms(resolved.path("anyOf"), path, below);
        }
        if (resolved.has("items")) {
            return "list of: " + value(resolved.path("items"), path + "[]", below);
        }
        if (resolved.path("additionalProperties").isObject()) {
            return "mapping to: " + value(resolved.path("additionalProperties"), path + ".*", below);
        }
        return name.isPresent() ? EnvironmentKeys.description(resolved) : scalar(resolved);
    }

    private String mapping(String name, Section section, List<Section> below) {
        String known = paths.putIfAbsent(name, section.path());
        if (known == null) {
            below.add(section);
        }
        String path = known == null ? section.path() : known;
        return "[mapping](#" + path.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "") + ")";
    }

    private String forms(JsonNode forms, String path, List<Section> below) {
        StringJoiner all = new StringJoiner("; or ");
        for (JsonNode form : forms) {
            JsonNode only = form.path("properties").properties().size() == 1
                    ? form.path("properties").iterator().next()
                    : form;
            if (form.has("const")) {
                all.add(code(form.path("const").asText()));
            } else if (only != form) {
                String key = form.path("properties").fieldNames().next();
                all.add(code(key + ":") + " with a " + value(only, path + "." + key, below));
            } else if (form.has("properties")) {
                all.add("mapping");
            } else {
                all.add(value(form, path, below));
            }
        }
        return all.toString();
    }

    /** The words of an enum, with the description of each if they have one. */
    private static String words(JsonNode schema) {
        List<String> words = texts(schema.path("enum"));
        List<String> described = new ArrayList<>();
        for (String paragraph : EnvironmentKeys.description(schema).split("\n\n", -1)) {
            words.stream()
                    .filter(word -> paragraph.startsWith(word + ": "))
                    .findFirst()
                    .ifPresent(word -> described.add(code(word) + paragraph.substring(word.length())));
        }
        return described.isEmpty()
                ? words.stream().map(EnvironmentReference::code).collect(Collectors.joining(", "))
                : String.join("\n\n", described);
    }

    private static String scalar(JsonNode schema) {
        JsonNode types = schema.path("type");
        String type = types.isArray() ? types.path(0).asText() : types.asText("anything");
        String limits = schema.has("minimum") && schema.has("maximum")
                ? " from " + schema.path("minimum") + " to " + schema.path("maximum")
                : "";
        return switch (type) {
                    case "string" -> "text";
                    case "object" -> "mapping";
                    default -> type;
                }
                + limits;
    }

    private static String example(JsonNode schema) {
        JsonNode example = schema.path("examples").path(0);
        return example.isMissingNode() ? "" : " Example: " + code(AnnotatedExample.flow(example));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n\n", "<br>");
    }
}
