package dev.eksplatform.addon;

import dev.eksplatform.problem.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of a chart: the add-on's own, with the user's put over them. */
final class ChartValues {

    private ChartValues() {}

    /** Puts overrides over values, map by map; a list is replaced whole, as Helm does. */
    static Map<String, Object> merge(Map<String, Object> values, Map<String, Object> overrides) {
        Map<String, Object> merged = new LinkedHashMap<>(values);
        overrides.forEach((key, value) -> merged.merge(key, value, ChartValues::mergeValue));
        return merged;
    }

    @SuppressWarnings("unchecked")
    private static Object mergeValue(Object value, Object override) {
        if (value instanceof Map<?, ?> map && override instanceof Map<?, ?> over) {
            return merge((Map<String, Object>) map, (Map<String, Object>) over);
        }
        return override;
    }

    /** The value at a path of keys, if there is one. */
    static Optional<Object> at(Map<String, Object> values, String path) {
        Object value = values;
        for (String key : path.split("\\.", -1)) {
            if (!(value instanceof Map<?, ?> map) || !map.containsKey(key)) {
                return Optional.empty();
            }
            value = map.get(key);
        }
        return Optional.ofNullable(value);
    }

    /** A whole number at a path, such as a port. */
    static int intAt(Map<String, Object> values, String path, int otherwise) {
        return at(values, path)
                .filter(Number.class::isInstance)
                .map(value -> ((Number) value).intValue())
                .orElse(otherwise);
    }

    /** Reports overrides of values that the platform sets itself, because another part of it depends on them. */
    static void checkReserved(Map<String, Object> overrides, List<String> reserved, Problems problems) {
        for (String path : reserved) {
            at(overrides, path)
                    .ifPresent(value -> problems.add(
                            "values." + path,
                            "an override of a value that the platform sets",
                            "values other than " + String.join(", ", reserved),
                            "remove it: role, trust, ServiceAccount and chart must agree"));
        }
    }
}
