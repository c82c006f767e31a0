package dev.eksplatform.internal.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes JSON documents whose text does not depend on the order of maps, and reads values from trees. */
public final class Json {

    private static final ObjectMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Json() {}

    /**
     * Writes a tree of maps, lists and scalars without white space, keys sorted.
     *
     * @param tree the tree
     * @return the document
     */
    public static String compact(Object tree) {
        return write(SORTED.writer(), tree);
    }

    /**
     * Writes a tree of maps, lists and scalars for readers, keys sorted.
     *
     * @param tree the tree
     * @return the document, without a line end
     */
    public static String pretty(Object tree) {
        return write(
                SORTED.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"))), tree);
    }

    /**
     * Reads a document that comes with the program.
     *
     * @param text the document
     * @return its maps, in the order of the document, lists and scalars
     * @throws IllegalStateException when it is not JSON
     */
    public static Object read(String text) {
        try {
            return SORTED.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The maps, lists and scalars of a JSON tree.
     *
     * @param node the tree
     * @return its values, maps in the order of the tree; {@code null} for a missing node
     */
    public static @Nullable Object values(JsonNode node) {
        return SORTED.convertValue(node, Object.class);
    }

    /**
     * The texts of a list.
     *
     * @param node a list of scalars, one scalar, {@code null} or a missing node
     * @return the text of each element, or of the scalar
     */
    public static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(element -> texts.add(element.asText()));
        } else if (!node.isMissingNode() && !node.isNull()) {
            texts.add(node.asText());
        }
        return texts;
    }

    /**
     * The names of the properties of two objects.
     *
     * @param one an object, or anything else for none
     * @param other another
     * @return the names of the first, then what only the other has
     */
    public static Set<String> names(JsonNode one, JsonNode other) {
        Set<String> names = new LinkedHashSet<>();
        one.fieldNames().forEachRemaining(names::add);
        other.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /**
     * Overrides values, map by map; a list is replaced as a whole, as Helm does. An override of null stays: with it
     * Helm removes a default of the chart.
     *
     * @param values a tree of maps, lists and scalars
     * @param overrides another
     * @return a copy
     */
    public static Map<String, @Nullable Object> merge(
            Map<String, ? extends @Nullable Object> values, Map<String, ? extends @Nullable Object> overrides) {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>(values);
        overrides.forEach((key, value) -> merged.put(key, mergeValue(merged.get(key), value)));
        return merged;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object mergeValue(@Nullable Object value, @Nullable Object override) {
        if (value instanceof Map<?, ?> map && override instanceof Map<?, ?> over) {
            return merge((Map<String, Object>) map, (Map<String, Object>) over);
        }
        return override;
    }

    private static String write(ObjectWriter writer, Object tree) {
        try {
            return writer.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a tree of maps, lists and scalars: " + tree, e);
        }
    }
}
