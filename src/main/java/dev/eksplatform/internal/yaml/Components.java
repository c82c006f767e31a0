package dev.eksplatform.internal.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The components of a spec: none is null, and collections are copies that nobody outside can change. */
public final class Components {

    private Components() {}

    /**
     * Rejects null.
     *
     * @param namesAndValues the names of components, each with its value
     * @throws NullPointerException when a value is null; the message names the component
     */
    public static void required(@Nullable Object... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Objects.requireNonNull(namesAndValues[i + 1], namesAndValues[i] + " is required");
        }
    }

    /**
     * Copies a list.
     *
     * @param name the component, for the message
     * @param values its values
     * @param <T> their type
     * @return an unmodifiable copy
     * @throws NullPointerException when the list or a value is null
     */
    public static <T> List<T> list(String name, List<T> values) {
        required(name, values);
        for (T value : values) {
            required(name, value);
        }
        return List.copyOf(values);
    }

    /**
     * Copies a mapping, with the mappings and lists in it.
     *
     * @param name the component, for the message
     * @param values its values, which may be null in free YAML
     * @param <K> the type of the keys
     * @param <V> the type of the values
     * @return an unmodifiable copy in the same order
     * @throws NullPointerException when the mapping or a key is null
     */
    public static <K, V> Map<K, V> map(String name, Map<K, V> values) {
        required(name, values);
        Map<K, V> copy = new LinkedHashMap<>();
        for (Map.Entry<K, V> entry : values.entrySet()) {
            required(name, entry.getKey());
            copy.put(entry.getKey(), unmodifiable(name, entry.getValue()));
        }
        return Collections.unmodifiableMap(copy);
    }

    @SuppressWarnings("unchecked") // a copy of a mapping is a mapping, and of a list a list
    private static <V extends @Nullable Object> V unmodifiable(String name, V value) {
        if (value instanceof Map<?, ?> map) {
            return (V) map(name, map);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            for (Object item : list) {
                copy.add(unmodifiable(name, item));
            }
            return (V) Collections.unmodifiableList(copy);
        }
        return value;
    }
}
