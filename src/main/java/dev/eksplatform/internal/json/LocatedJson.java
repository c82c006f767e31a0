package dev.eksplatform.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value that knows where it is written: in a JSON text, a YAML file or a Java map. Reads with Jackson's streaming
 * parser only: no databind.
 */
public sealed interface LocatedJson {

    /**
     * Where it is written.
     *
     * @return {@code file:line:column property}; of a Java map, the property, such as {@code Statement[0].Action}
     */
    String where();

    /**
     * What it is, for an error.
     *
     * @return such as {@code an object}
     */
    String kind();

    /**
     * An object.
     *
     * @param where its place
     * @param members its members, in their order
     * @param keys the place of each key
     */
    record Obj(String where, Map<String, LocatedJson> members, Map<String, String> keys) implements LocatedJson {

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
        public String keyAt(String key) {
            return keys.getOrDefault(key, where);
        }

        @Override
        public String kind() {
            return "an object";
        }
    }

    /**
     * An array.
     *
     * @param where its place
     * @param items its items
     */
    record Arr(String where, List<LocatedJson> items) implements LocatedJson {

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
     * @param where its place
     * @param value the text
     */
    record Text(String where, String value) implements LocatedJson {
        @Override
        public String kind() {
            return "the text \"" + value + "\"";
        }
    }

    /**
     * A number, {@code true}, {@code false} or {@code null}.
     *
     * @param where its place
     * @param value as written
     */
    record Literal(String where, String value) implements LocatedJson {

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
     * @param source the name put before each line number, empty for none
     * @param json the text
     * @return its value
     * @throws InvalidInputException when it is not JSON or repeats a key
     */
    static LocatedJson read(String source, String json) {
        String prefix = source.isEmpty() ? "" : source + ":";
        Problems problems = new Problems();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            if (parser.nextToken() == null) {
                throw new InvalidInputException(
                        new Problem(prefix + "1:1", "an empty document", "a JSON object", "write the policy"));
            }
            LocatedJson document = value(parser, prefix, "", problems);
            if (parser.nextToken() != null) {
                problems.add(
                        place(prefix, parser.currentTokenLocation(), ""),
                        "text after the end of the document",
                        "one JSON object",
                        "remove what follows the closing brace");
            }
            problems.throwIfAny();
            return document;
        } catch (JsonProcessingException e) {
            problems.add(
                    place(prefix, e.getLocation(), ""),
                    "not JSON: " + e.getOriginalMessage().lines().findFirst().orElse("malformed"),
                    "a JSON object",
                    "check commas, quotes and brackets there and above");
            problems.throwIfAny();
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A value of a Java program: maps, collections, texts, numbers, booleans and {@code null}.
     *
     * @param value the value
     * @return the same as JSON; its places are properties relative to {@code value}
     */
    static LocatedJson of(@Nullable Object value) {
        return of("", value);
    }

    private static LocatedJson of(String path, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, LocatedJson> members = new LinkedHashMap<>();
            Map<String, String> keys = new LinkedHashMap<>();
            map.forEach((key, member) -> {
                String inner = Problem.property(path, String.valueOf(key));
                members.put(String.valueOf(key), of(inner, member));
                keys.put(String.valueOf(key), inner);
            });
            return new Obj(path, members, keys);
        }
        if (value instanceof Iterable<?> items) {
            List<LocatedJson> all = new ArrayList<>();
            items.forEach(item -> all.add(of(path + "[" + all.size() + "]", item)));
            return new Arr(path, all);
        }
        return value == null || value instanceof Number || value instanceof Boolean
                ? new Literal(path, String.valueOf(value))
                : new Text(path, value.toString());
    }

    private static LocatedJson value(JsonParser parser, String prefix, String path, Problems problems)
            throws IOException {
        String where = place(prefix, parser.currentTokenLocation(), path);
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, prefix, path, where, problems);
            case START_ARRAY -> {
                List<LocatedJson> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser, prefix, path + "[" + items.size() + "]", problems));
                }
                yield new Arr(where, items);
            }
            case VALUE_STRING -> new Text(where, parser.getText());
            default -> new Literal(where, parser.getText());
        };
    }

    private static LocatedJson object(JsonParser parser, String prefix, String path, String where, Problems problems)
            throws IOException {
        Map<String, LocatedJson> members = new LinkedHashMap<>();
        Map<String, String> keys = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String inner = Problem.property(path, key);
            String place = place(prefix, parser.currentTokenLocation(), inner);
            parser.nextToken();
            LocatedJson member = value(parser, prefix, inner, problems);
            keys.putIfAbsent(key, place);
            if (members.putIfAbsent(key, member) != null) {
                problems.add(place, "the key \"" + key + "\" twice", "each key once", "merge the two into one");
            }
        }
        return new Obj(where, members, keys);
    }

    private static String place(String prefix, JsonLocation at, String path) {
        String line = prefix + at.getLineNr() + ":" + at.getColumnNr();
        return path.isEmpty() ? line : line + " " + path;
    }
}
