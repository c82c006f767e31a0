package dev.eksplatform.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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
        try {
            return SORTED.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a tree of maps, lists and scalars: " + tree, e);
        }
    }
}
