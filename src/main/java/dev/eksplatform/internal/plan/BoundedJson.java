package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.SourcePosition;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** How JSON is read here: with bounds, and with errors that never quote the text, which may be secret. */
final class BoundedJson {

    static final int DEEPEST = 300;
    private static final int LONGEST_TEXT = 20_000_000;
    private static final int LONGEST_NUMBER = 1_000;

    /** Nesting and length are bounded, so that a hostile file ends in an error. Every digit of a number counts. */
    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(LONGEST_TEXT)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** Terraform writes each key once; of two, one would be reviewed and the other applied. */
    private static final ObjectReader TREES = MAPPER.reader(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private BoundedJson() {}

    static JsonNode tree(InputStream in, String source, String allowed) {
        try {
            return TREES.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(in);
        } catch (JsonProcessingException e) {
            throw notJson(source, e, allowed);
        } catch (NumberFormatException e) {
            throw notJson(source, outOfBounds("Number", null), allowed);
        } catch (IOException e) {
            throw unreadable(source, e);
        }
    }

    /** The document in a text; empty when it is not JSON, or out of bounds. Of a key that is there twice, the last counts. */
    static Optional<JsonNode> embedded(String text) {
        try {
            return Optional.of(MAPPER.reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(text));
        } catch (JsonProcessingException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** What is out of bounds, with its place. */
    static StreamConstraintsException outOfBounds(String what, @Nullable JsonLocation location) {
        return new StreamConstraintsException(what, location);
    }

    /** The value at which a parser is. */
    static JsonNode tree(JsonParser parser) throws IOException {
        JsonNode node = TREES.readTree(parser);
        return node == null ? NullNode.getInstance() : node;
    }

    static InvalidInputException notJson(String source, JsonProcessingException e, String allowed) {
        SourcePosition position = e.getLocation() == null
                ? SourcePosition.of(source)
                : new SourcePosition(
                        source, e.getLocation().getLineNr(), e.getLocation().getColumnNr());
        return new InvalidInputException(new Problem(
                new Place.InFile(position, PropertyPath.ROOT),
                found(e),
                allowed,
                "write the file again; the text is not quoted here, it may be secret"));
    }

    private static String found(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            String what = e.getOriginalMessage();
            return what.contains("depth")
                    ? "nested more than " + DEEPEST + " levels"
                    : what.startsWith("Number")
                            ? "a number of more than " + LONGEST_NUMBER
                                    + " characters, or with an exponent out of range"
                            : "a text of more than " + LONGEST_TEXT + " characters";
        }
        if (e instanceof MismatchedInputException) {
            return "the same key twice in one object";
        }
        return "not JSON, or cut off";
    }

    static InvalidInputException unreadable(String source, IOException e) {
        String found = e instanceof CharConversionException
                ? "not UTF-8"
                : e instanceof EOFException || e instanceof ZipException
                        ? "compressed by gzip, but cut off or damaged"
                        : "cannot be read (" + e.getClass().getSimpleName() + ")";
        String fix = found.startsWith("cannot") ? "check the path and its permissions" : "write the file again";
        return new InvalidInputException(new Problem(Place.file(source), found, fix));
    }
}
