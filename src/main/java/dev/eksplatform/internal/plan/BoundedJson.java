package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.SourcePosition;
import java.io.IOException;
import java.io.InputStream;

/** How JSON is read here: with bounds, and with errors that never quote the text, which may be secret. */
final class BoundedJson {

    /** Nesting and text length are bounded, so that a hostile file ends in an error. */
    static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(300)
                    .maxStringLength(20_000_000)
                    .build())
            .build());

    private BoundedJson() {}

    static JsonNode tree(InputStream in, String source, String allowed) {
        try {
            return MAPPER.reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(in);
        } catch (JsonProcessingException e) {
            throw notJson(source, e, allowed);
        } catch (IOException e) {
            throw unreadable(source, e);
        }
    }

    static InvalidInputException notJson(String source, JsonProcessingException e, String allowed) {
        SourcePosition position = e.getLocation() == null
                ? SourcePosition.of(source)
                : new SourcePosition(
                        source, e.getLocation().getLineNr(), e.getLocation().getColumnNr());
        return new InvalidInputException(new Problem(
                new Place.InFile(position, PropertyPath.ROOT),
                "not JSON, or cut off",
                allowed,
                "write the file again; the text is not quoted here, it may be secret"));
    }

    static InvalidInputException unreadable(String source, IOException e) {
        return new InvalidInputException(new Problem(
                Place.file(source),
                "cannot be read (" + e.getClass().getSimpleName() + ")",
                "check the path and its permissions"));
    }
}
