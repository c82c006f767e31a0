package dev.eksplatform.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.SourcePosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a JSON text with the place of each value. Uses the streaming parser only: data binding would load slowly. */
final class JsonReader {

    private final String source;
    private final Problems problems = new Problems();

    JsonReader(String source) {
        this.source = source;
    }

    LocatedJson document(String json) {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            if (parser.nextToken() == null) {
                throw new InvalidInputException(new Problem(
                        new Place.InFile(new SourcePosition(source, 1, 1), PropertyPath.ROOT),
                        "an empty document",
                        "a JSON object",
                        "write the policy"));
            }
            LocatedJson document = value(parser, PropertyPath.ROOT);
            if (parser.nextToken() != null) {
                problems.add(
                        place(parser.currentTokenLocation(), PropertyPath.ROOT),
                        "text after the end of the document",
                        "one JSON object",
                        "remove what follows the closing brace");
            }
            problems.throwIfAny();
            return document;
        } catch (JsonProcessingException e) {
            problems.add(
                    place(e.getLocation(), PropertyPath.ROOT),
                    "not JSON: "
                            + e.getOriginalMessage()
                                    .lines()
                                    .findFirst()
                                    .orElse("malformed")
                                    .replaceFirst(" \\(start marker at .*", ""),
                    "a JSON object",
                    "check commas, quotes and brackets there and above");
            throw new InvalidInputException(problems.found());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LocatedJson value(JsonParser parser, PropertyPath path) throws IOException {
        Place place = place(parser.currentTokenLocation(), path);
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, path, place);
            case START_ARRAY -> {
                List<LocatedJson> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser, path.index(items.size())));
                }
                yield new LocatedJson.Arr(place, items);
            }
            case VALUE_STRING -> new LocatedJson.Text(place, parser.getText());
            default -> new LocatedJson.Literal(place, parser.getText());
        };
    }

    private LocatedJson object(JsonParser parser, PropertyPath path, Place place) throws IOException {
        Map<String, LocatedJson> members = new LinkedHashMap<>();
        Map<String, Place> keys = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Place at = place(parser.currentTokenLocation(), path.key(key));
            parser.nextToken();
            LocatedJson member = value(parser, path.key(key));
            keys.putIfAbsent(key, at);
            if (members.putIfAbsent(key, member) != null) {
                problems.add(at, "duplicate key \"" + key + "\"", "merge the two into one");
            }
        }
        return new LocatedJson.Obj(place, members, keys);
    }

    private Place place(JsonLocation at, PropertyPath path) {
        return new Place.InFile(new SourcePosition(source, at.getLineNr(), at.getColumnNr()), path);
    }
}
