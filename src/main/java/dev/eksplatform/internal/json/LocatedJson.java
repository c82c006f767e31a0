package dev.eksplatform.internal.json;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value that knows where it is written: in a JSON text, a YAML file or a Java map.
 */
public sealed interface LocatedJson {

    /**
     * Where it is written.
     *
     * @return a place in the file; of a Java map, the property, such as {@code Statement[0].Action}
     */
    Place place();

    /**
     * What it is, for an error.
     *
     * @return such as {@code an object}
     */
    String kind();

    /**
     * An object.
     *
     * @param place where it is written
     * @param members its members, in their order
     * @param keys the place of each key
     */
    record Obj(Place place, Map<String, LocatedJson> members, Map<String, Place> keys) implements LocatedJson {

        /** Keeps copies in the given order. */
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
            keys = Map.copyOf(keys);
        }

        @Nullable
        public LocatedJson get(String key) {
            return members.get(key);
        }

        /** The place of a key that it has. */
        public Place keyAt(String key) {
            return keys.getOrDefault(key, place);
        }

        @Override
        public String kind() {
            return "an object";
        }
    }

    /**
     * An array.
     *
     * @param place where it is written
     * @param items its items
     */
    record Arr(Place place, List<LocatedJson> items) implements LocatedJson {

        /** Keeps a copy. */
        public Arr {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "an array";
        }
    }

    /**
     * A text.
     *
     * @param place where it is written
     * @param value the text
     */
    record Text(Place place, String value) implements LocatedJson {
        @Override
        public String kind() {
            return "the text \"" + value + "\"";
        }
    }

    /**
     * A number, {@code true}, {@code false} or {@code null}.
     *
     * @param place where it is written
     * @param value as written
     */
    record Literal(Place place, String value) implements LocatedJson {

        public boolean isNull() {
            return value.equals("null");
        }

        @Override
        public String kind() {
            return value;
        }
    }

    /**
     * Reads one document.
     *
     * @param source what the document is called in errors, such as the path of its file
     * @param json the text
     * @return its value
     * @throws InvalidInputException when it is not JSON or repeats a key
     */
    static LocatedJson read(String source, String json) {
        return new JsonReader(source).document(json);
    }

    /**
     * A value of a Java program: maps, collections, texts, numbers, booleans and {@code null}.
     *
     * @param value the value
     * @return the same as JSON; its places are properties relative to {@code value}
     */
    static LocatedJson of(@Nullable Object value) {
        return of(PropertyPath.ROOT, value);
    }

    private static LocatedJson of(PropertyPath path, @Nullable Object value) {
        Place place = Place.of(path);
        if (value instanceof Map<?, ?> map) {
            Map<String, LocatedJson> members = new LinkedHashMap<>();
            Map<String, Place> keys = new LinkedHashMap<>();
            map.forEach((name, member) -> {
                String key = String.valueOf(name);
                members.put(key, of(path.key(key), member));
                keys.put(key, Place.of(path.key(key)));
            });
            return new Obj(place, members, keys);
        }
        if (value instanceof Iterable<?> items) {
            List<LocatedJson> all = new ArrayList<>();
            items.forEach(item -> all.add(of(path.index(all.size()), item)));
            return new Arr(place, all);
        }
        return value == null || value instanceof Number || value instanceof Boolean
                ? new Literal(place, String.valueOf(value))
                : new Text(place, value.toString());
    }
}
