package dev.eksplatform.workload.manifest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads fields of a body of which any part may be absent or of another type. */
final class BodyField {

    private BodyField() {}

    /** The value at the end of the keys, null when there is none. */
    static @Nullable Object of(@Nullable Object body, String... keys) {
        Object value = body;
        for (String key : keys) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value;
    }

    /** The list at the end of the keys, empty when there is none. */
    static List<?> list(@Nullable Object body, String... keys) {
        return of(body, keys) instanceof List<?> list ? list : List.of();
    }

    /** The map at the end of the keys, empty when there is none. */
    static Map<?, ?> map(@Nullable Object body, String... keys) {
        return of(body, keys) instanceof Map<?, ?> map ? map : Map.of();
    }

    /** The text at the end of the keys, empty when there is none. */
    static String text(@Nullable Object body, String... keys) {
        return of(body, keys) instanceof String text ? text : "";
    }
}
