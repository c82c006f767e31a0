package dev.eksplatform.cluster;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes settings in TOML as EKS can merge them: no quoted keys in the headers of tables, and no escaped quotes. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-user-data">Bottlerocket user
 * data</a>.
 */
final class Toml {

    private static final Pattern BARE_KEY = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private Toml() {}

    /**
     * A document.
     *
     * @param tables mappings by the name of their table; keys are sorted
     */
    static String write(Map<String, ?> tables) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(tables).forEach((name, table) -> table(name, (Map<?, ?>) table, text));
        return text.toString();
    }

    private static void table(String header, Map<?, ?> table, StringBuilder text) {
        Map<String, Object> sorted = sorted(table);
        List<String> lines = new ArrayList<>();
        sorted.forEach((key, value) -> {
            if (!isTable(key, value)) {
                lines.add(key(key) + " = " + value(value));
            }
        });
        if (!lines.isEmpty()) {
            text.append(text.isEmpty() ? "" : "\n").append("[").append(header).append("]\n");
            lines.forEach(line -> text.append(line).append("\n"));
        }
        sorted.forEach((key, value) -> {
            if (isTable(key, value)) {
                table(header + "." + key, (Map<?, ?>) value, text);
            }
        });
    }

    private static boolean isTable(String key, Object value) {
        return value instanceof Map && BARE_KEY.matcher(key).matches();
    }

    private static Map<String, Object> sorted(Map<?, ?> table) {
        Map<String, Object> sorted = new TreeMap<>();
        table.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        return sorted;
    }

    private static String key(String key) {
        return BARE_KEY.matcher(key).matches() ? key : text(key);
    }

    private static String value(Object value) {
        if (value instanceof Map<?, ?> map) {
            return sorted(map).entrySet().stream()
                    .map(entry -> key(entry.getKey()) + " = " + value(entry.getValue()))
                    .collect(Collectors.joining(", ", "{ ", " }"));
        }
        if (value instanceof List<?> items) {
            return items.stream().map(Toml::value).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof String text ? text(text) : value.toString();
    }

    private static String text(String text) {
        if (!text.contains("\"")
                && !text.contains("\\")
                && !CONTROL.matcher(text).find()) {
            return "\"" + text + "\"";
        }
        if (!text.contains("'") && !CONTROL.matcher(text).find()) {
            return "'" + text + "'";
        }
        StringBuilder escaped = new StringBuilder("\"");
        text.chars().forEach(c -> {
            switch (c) {
                case '"', '\\' -> escaped.append('\\').append((char) c);
                case '\n' -> escaped.append("\\n");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (Character.isISOControl(c)) {
                        escaped.append("\\u%04X".formatted(c));
                    } else {
                        escaped.append((char) c);
                    }
                }
            }
        });
        return escaped.append('"').toString();
    }

    /** Finds what EKS cannot merge: texts that can only be written with escaped quotes, and lists of several types. */
    static void check(PropertyPath where, Object value, Problems problems) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> check(where.key(String.valueOf(key)), inner, problems));
        } else if (value instanceof List<?> items) {
            for (int i = 0; i < items.size(); i++) {
                check(where.index(i), items.get(i), problems);
            }
            if (items.stream().map(Toml::type).distinct().count() > 1) {
                problems.add(where, "a list with values of several types", "write values of one type");
            }
        } else if (value instanceof String text && text(text).contains("\\\"")) {
            problems.add(
                    where,
                    "a text with both kinds of quotes, or with quotes and line ends",
                    "texts that TOML can hold without \\\", which EKS cannot merge",
                    "use one kind of quotes, on one line");
        }
    }

    private static String type(@Nullable Object value) {
        return Optional.ofNullable(value)
                .filter(one -> one instanceof Number)
                .map(one -> one instanceof Double ? "decimal" : "integer")
                .orElseGet(() -> value instanceof Map
                        ? "map"
                        : value instanceof List
                                ? "list"
                                : value == null ? "null" : value.getClass().getName());
    }
}
