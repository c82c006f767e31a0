package dev.eksplatform.iam;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value that knows its line, column and pointer. Reads with Jackson's streaming parser only: no databind. */
sealed interface LocatedJson {

    /** {@code source:line:column /pointer}. */
    String where();

    /** What it is, for an error. */
    String kind();

    record Obj(String where, Map<String, LocatedJson> members) implements LocatedJson {
        @Override
        public String kind() {
            return "an object";
        }
    }

    record Arr(String where, List<LocatedJson> items) implements LocatedJson {
        @Override
        public String kind() {
            return "an array";
        }
    }

    record Text(String where, String value) implements LocatedJson {
        @Override
        public String kind() {
            return "the text \"" + value + "\"";
        }
    }

    /** A number, {@code true}, {@code false} or {@code null}, as written. */
    record Literal(String where, String value) implements LocatedJson {
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
                    "mend the syntax there");
            problems.throwIfAny();
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LocatedJson value(JsonParser parser, String prefix, String pointer, Problems problems)
            throws IOException {
        String where = place(prefix, parser.currentTokenLocation(), pointer);
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, prefix, pointer, where, problems);
            case START_ARRAY -> {
                List<LocatedJson> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser, prefix, pointer + "/" + items.size(), problems));
                }
                yield new Arr(where, items);
            }
            case VALUE_STRING -> new Text(where, parser.getText());
            default -> new Literal(where, parser.getText());
        };
    }

    private static LocatedJson object(JsonParser parser, String prefix, String pointer, String where, Problems problems)
            throws IOException {
        Map<String, LocatedJson> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String inner = pointer + "/" + key.replace("~", "~0").replace("/", "~1");
            String place = place(prefix, parser.currentTokenLocation(), inner);
            parser.nextToken();
            LocatedJson member = value(parser, prefix, inner, problems);
            if (members.putIfAbsent(key, member) != null) {
                problems.add(place, "the key \"" + key + "\" twice", "each key once", "merge the two into one");
            }
        }
        return new Obj(where, members);
    }

    private static String place(String prefix, JsonLocation at, String pointer) {
        String line = prefix + at.getLineNr() + ":" + at.getColumnNr();
        return pointer.isEmpty() ? line : line + " " + pointer;
    }
}
