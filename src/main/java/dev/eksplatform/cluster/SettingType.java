package dev.eksplatform.cluster;

import dev.eksplatform.internal.kubernetes.Quantity;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.Suggestion;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a setting of a node may be.
 *
 * @param kind a word of a {@link SettingsTable}, such as {@code duration}
 * @param words the only texts; empty for any
 */
record SettingType(String kind, List<String> words) {

    /** Source: Go's {@code time.ParseDuration}. */
    private static final Pattern DURATION = Pattern.compile("([0-9]+(\\.[0-9]+)?(ns|us|µs|ms|s|m|h))+|0");

    private static final Pattern PERCENT = Pattern.compile("(100|[0-9]{1,2})(\\.[0-9]+)?%");

    /**
     * Source: <a
     * href="https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/#eviction-signals">eviction signals</a>.
     */
    private static final List<String> SIGNALS = List.of(
            "memory.available",
            "nodefs.available",
            "nodefs.inodesFree",
            "imagefs.available",
            "imagefs.inodesFree",
            "containerfs.available",
            "containerfs.inodesFree",
            "pid.available");

    /**
     * Source: <a
     * href="https://kubernetes.io/docs/tasks/administer-cluster/reserve-compute-resources/#node-allocatable">node allocatable</a>.
     */
    private static final List<String> RESOURCES = List.of("cpu", "memory", "ephemeral-storage", "pid");

    /** Reads such as {@code integer} or {@code words:none|static}. */
    static SettingType of(String text) {
        String[] parts = text.split(":", 2);
        return new SettingType(parts[0], parts.length > 1 ? List.of(parts[1].split("\\|", -1)) : List.of());
    }

    /** A value in an error. */
    static String describe(Object value) {
        if (value instanceof Map) {
            return "a mapping";
        }
        return value instanceof List ? "a list" : value instanceof String ? "\"" + value + "\"" : value.toString();
    }

    void check(PropertyPath where, String path, Object value, Problems problems) {
        switch (kind) {
            case "boolean" -> is(value instanceof Boolean, where, path, value, "true or false", "use true", problems);
            case "integer" -> integer(where, path, value, problems);
            case "number" -> is(value instanceof Number, where, path, value, "a number", "write one", problems);
            case "text" -> text(where, path, value, problems);
            case "duration" -> duration(where, path, value, problems);
            case "quantity" -> quantity(where, path, value, problems);
            case "words" -> word(where, path, value, problems);
            case "texts" ->
                list(where, path, value, problems, (at, item) -> {
                    if (words.isEmpty()) {
                        text(at, path, item, problems);
                    } else {
                        word(at, path, item, problems);
                    }
                });
            case "integers" -> list(where, path, value, problems, (at, item) -> integer(at, path, item, problems));
            case "flags" ->
                map(
                        where,
                        path,
                        value,
                        List.of(),
                        problems,
                        (at, item) ->
                                is(item instanceof Boolean, at, path, item, "true or false", "use true", problems));
            case "text-map" ->
                map(where, path, value, List.of(), problems, (at, item) -> text(at, path, item, problems));
            case "thresholds" ->
                map(where, path, value, SIGNALS, problems, (at, item) -> threshold(at, path, item, problems));
            case "grace-periods" ->
                map(where, path, value, SIGNALS, problems, (at, item) -> duration(at, path, item, problems));
            case "reserved" ->
                map(where, path, value, RESOURCES, problems, (at, item) -> quantity(at, path, item, problems));
            case "any" -> any(where, value, problems);
            default -> throw new IllegalStateException(kind);
        }
    }

    private static void is(
            boolean right,
            PropertyPath where,
            String path,
            Object value,
            String allowed,
            String fix,
            Problems problems) {
        if (!right) {
            problems.add(where, path + " is " + describe(value), allowed, fix);
        }
    }

    private static void integer(PropertyPath where, String path, Object value, Problems problems) {
        boolean right = value instanceof Integer || value instanceof Long || value instanceof BigInteger;
        is(right, where, path, value, "a whole number", "write one without quotes", problems);
    }

    private static void text(PropertyPath where, String path, Object value, Problems problems) {
        boolean scalar = !(value instanceof Map) && !(value instanceof List);
        String fix = scalar ? "write \"" + value + "\" in quotes" : "write one text";
        is(value instanceof String, where, path, value, "text", fix, problems);
    }

    private static void duration(PropertyPath where, String path, Object value, Problems problems) {
        boolean right = value instanceof String text && DURATION.matcher(text).matches();
        is(right, where, path, value, "a duration such as 30s, 5m or 1h30m", "write it with a unit", problems);
    }

    private static void quantity(PropertyPath where, String path, Object value, Problems problems) {
        if (!(value instanceof String text)) {
            text(where, path, value, problems);
            return;
        }
        problems.collect(Place.of(where), () -> Quantity.parse(text));
    }

    private static void threshold(PropertyPath where, String path, Object value, Problems problems) {
        if (!(value instanceof String text && PERCENT.matcher(text).matches())) {
            quantity(where, path, value, problems);
        }
    }

    private void word(PropertyPath where, String path, Object value, Problems problems) {
        String fix = Suggestion.fix(String.valueOf(value), words, "use " + words.get(0));
        is(
                value instanceof String text && words.contains(text),
                where,
                path,
                value,
                String.join(", ", words),
                fix,
                problems);
    }

    private static void list(
            PropertyPath where, String path, Object value, Problems problems, BiConsumer<PropertyPath, Object> check) {
        if (!(value instanceof List<?> items)) {
            problems.add(where, path + " is " + describe(value), "a list", "write [" + value + "]");
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            item(where.index(i), items.get(i), problems, check);
        }
    }

    private static void map(
            PropertyPath where,
            String path,
            Object value,
            List<String> keys,
            Problems problems,
            BiConsumer<PropertyPath, Object> check) {
        if (!(value instanceof Map<?, ?> map)) {
            problems.add(where, path + " is " + describe(value), "a mapping", "write {name: …}");
            return;
        }
        map.forEach((name, item) -> {
            String key = String.valueOf(name);
            if (!keys.isEmpty() && !keys.contains(key)) {
                problems.add(
                        where.key(key),
                        "\"" + key + "\" is nothing that " + path + " knows",
                        String.join(", ", keys),
                        Suggestion.fix(key, keys, "use one of them"));
            } else {
                item(where.key(key), item, problems, check);
            }
        });
    }

    private static void item(
            PropertyPath where, @Nullable Object item, Problems problems, BiConsumer<PropertyPath, Object> check) {
        if (item == null) {
            problems.add(where, "no value", "write a value, or remove it");
        } else {
            check.accept(where, item);
        }
    }

    /** Anything that has no null in it. */
    private static void any(PropertyPath where, Object value, Problems problems) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) ->
                    item(where.key(String.valueOf(key)), inner, problems, (at, one) -> any(at, one, problems)));
        } else if (value instanceof List<?> items) {
            for (int i = 0; i < items.size(); i++) {
                item(where.index(i), items.get(i), problems, (at, one) -> any(at, one, problems));
            }
        }
    }
}
