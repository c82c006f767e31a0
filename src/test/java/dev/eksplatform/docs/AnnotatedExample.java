package dev.eksplatform.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** An environment file with the description of each key in a comment above its first use. */
public final class AnnotatedExample {

    private static final int WIDTH = 110;
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z/][\\w./:@-]*[\\w/]|[A-Za-z]|\\d+\\.\\d+\\.\\d+[\\w./-]*");
    private static final Pattern WORD = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");

    private final EnvironmentKeys keys;
    private final Set<String> described = new HashSet<>();
    private final StringBuilder yaml = new StringBuilder();

    private AnnotatedExample(EnvironmentKeys keys) {
        this.keys = keys;
    }

    static String of(EnvironmentKeys keys, JsonNode environment) {
        AnnotatedExample example = new AnnotatedExample(keys);
        example.entries(environment, keys.root(), "", "");
        return example.yaml.toString();
    }

    /**
     * Writes the entries of a mapping.
     *
     * @param dash what begins the first line: a dash in a sequence
     */
    private void entries(JsonNode mapping, JsonNode schema, String margin, String dash) {
        String begin = dash;
        for (var entry : mapping.properties()) {
            JsonNode property = schema.path("properties").path(entry.getKey());
            describe(property, margin + " ".repeat(dash.length() - begin.length()));
            yaml.append(margin)
                    .append(begin.isEmpty() ? " ".repeat(dash.length()) : begin)
                    .append(flow(entry.getKey()))
                    .append(":");
            JsonNode kind = property.isMissingNode() ? schema.path("additionalProperties") : property;
            value(entry.getValue(), keys.of(kind, entry.getValue()), margin + " ".repeat(dash.length()) + "  ");
            begin = "";
        }
    }

    private void describe(JsonNode property, String margin) {
        String text = EnvironmentKeys.description(property);
        if (text.isEmpty() || !described.add(text)) {
            return;
        }
        StringBuilder line = new StringBuilder(margin + "#");
        for (String word : text.split(" ")) {
            if (line.length() + 1 + word.length() > WIDTH) {
                yaml.append(line).append("\n");
                line = new StringBuilder(margin + "#");
            }
            line.append(" ").append(word);
        }
        yaml.append(line).append("\n");
    }

    private void value(JsonNode value, JsonNode schema, String margin) {
        if (value.isObject() && hasDescriptions(value, schema)) {
            yaml.append("\n");
            entries(value, schema, margin, "");
        } else if (value.isArray() && !value.isEmpty() && hasDescriptions(value.path(0), schema.path("items"))) {
            yaml.append("\n");
            value.forEach(item -> entries(item, keys.of(schema.path("items"), item), margin, "- "));
        } else {
            yaml.append(" ").append(flow(value)).append("\n");
        }
    }

    /** Whether a mapping has keys of the environment file in it: any other fits into one line. */
    private boolean hasDescriptions(JsonNode value, JsonNode schema) {
        if (value.isEmpty()) {
            return false;
        }
        JsonNode resolved = keys.resolved(schema);
        return resolved.has("properties")
                || hasDescriptions(value.iterator().next(), resolved.path("additionalProperties"));
    }

    public static String flow(JsonNode value) {
        if (value.isObject()) {
            return value.properties().stream()
                    .map(entry -> flow(entry.getKey()) + ": " + flow(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(AnnotatedExample::flow)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return value.isTextual() ? flow(value.asText()) : value.toString();
    }

    private static String flow(String text) {
        boolean isPlain = PLAIN.matcher(text).matches() && !WORD.matcher(text).matches();
        return isPlain ? text : '"' + text.replace("\n", "\\n") + '"';
    }
}
