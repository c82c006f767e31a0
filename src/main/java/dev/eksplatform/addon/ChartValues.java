package dev.eksplatform.addon;

import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The values of a chart: the add-on's own, overridden by the user's. */
final class ChartValues {

    /** Control characters, line separators and the byte order mark. */
    private static final Pattern NOT_IN_YAML = Pattern.compile("[\\x7f-\\x9f\\u2028\\u2029\\ufeff\\ufffe\\uffff]");

    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    private ChartValues() {}

    /** The value at a path of keys, if there is one. */
    static Optional<Object> at(Map<String, ? extends @Nullable Object> values, String path) {
        Object value = values;
        for (String key : path.split("\\.", -1)) {
            if (!(value instanceof Map<?, ?> map) || !map.containsKey(key)) {
                return Optional.empty();
            }
            value = map.get(key);
        }
        return Optional.ofNullable(value);
    }

    /**
     * The text of a release's values: JSON, which is YAML too, with the characters escaped that Helm's YAML reader refuses
     * or folds although JSON has them as they are.
     */
    static String text(Map<String, ? extends @Nullable Object> values) {
        return NOT_IN_YAML
                .matcher(Json.compact(values))
                .replaceAll(
                        found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
    }

    /** A port at a path, as a number or as text in digits. */
    static int portAt(Map<String, ? extends @Nullable Object> values, String path, int otherwise) {
        return at(values, path)
                .map(Object::toString)
                .filter(text -> PORT.matcher(text).matches())
                .map(Integer::parseInt)
                .orElse(otherwise);
    }

    /**
     * Reports overrides of values that the platform sets itself, because another part of it depends on them; null or text
     * in the place of the map that they are in is one too.
     */
    static void checkReserved(
            Map<String, ? extends @Nullable Object> overrides, List<String> reserved, Problems problems) {
        checkReserved("values", overrides, reserved, problems);
    }

    /** The same of values at another property. */
    static void checkReserved(
            String property,
            Map<String, ? extends @Nullable Object> overrides,
            List<String> reserved,
            Problems problems) {
        Set<String> reported = new HashSet<>();
        for (String path : reserved) {
            overridden(overrides, path)
                    .filter(reported::add)
                    .ifPresent(place -> problems.add(
                            PropertyPath.of(property).plus(PropertyPath.of(place.split("\\.", -1))),
                            "an override of a value that the platform sets",
                            "values other than " + String.join(", ", reserved),
                            "remove it: role, trust, ServiceAccount and chart must agree"));
        }
    }

    /** The part of a path whose value replaces what is at its end. */
    private static Optional<String> overridden(Map<String, ? extends @Nullable Object> overrides, String path) {
        Map<?, ?> values = overrides;
        for (int end = path.indexOf('.'); ; end = path.indexOf('.', end + 1)) {
            String part = end < 0 ? path : path.substring(0, end);
            String key = part.substring(part.lastIndexOf('.') + 1);
            if (!values.containsKey(key)) {
                return Optional.empty();
            }
            if (end < 0 || !(values.get(key) instanceof Map<?, ?> below)) {
                return Optional.of(part);
            }
            values = below;
        }
    }
}
