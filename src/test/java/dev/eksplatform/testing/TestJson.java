package dev.eksplatform.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON in tests. */
public final class TestJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TestJson() {}

    /** Reads a text. */
    public static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** Reads a text, with every digit of its numbers. */
    public static JsonNode exact(String json) {
        try {
            return MAPPER.reader(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** Reads a file. */
    public static JsonNode read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a text in which single quotes are double quotes. */
    public static JsonNode quoted(String json) {
        return parse(json.replace('\'', '"'));
    }

    /** Reads a file that holds an object of texts. */
    public static Map<String, String> texts(Path file) {
        Map<String, String> texts = new TreeMap<>();
        read(file)
                .properties()
                .forEach(text -> texts.put(text.getKey(), text.getValue().textValue()));
        return texts;
    }

    /** As maps, lists and scalars. */
    public static Object plain(JsonNode json) {
        return MAPPER.convertValue(json, Object.class);
    }

    /** Maps, lists and scalars as JSON. */
    public static JsonNode tree(@Nullable Object value) {
        return MAPPER.valueToTree(value);
    }
}
