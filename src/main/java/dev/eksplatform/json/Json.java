package dev.eksplatform.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Writes JSON documents that depend on their content alone, not on the order of maps. */
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
     * @return the document, without a line end behind it
     */
    public static String pretty(Object tree) {
        return write(
                SORTED.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"))), tree);
    }

    private static String write(ObjectWriter writer, Object tree) {
        try {
            return writer.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a tree of maps, lists and scalars: " + tree, e);
        }
    }
}
