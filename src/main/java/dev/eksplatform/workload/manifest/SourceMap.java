package dev.eksplatform.workload.manifest;

import java.util.Map;

/**
 * Where each field of a document stands in its file.
 *
 * @param start where the document begins
 * @param keys where each key of a mapping begins, by field path
 * @param values where the value of each field begins, by field path
 * @param written each plain scalar as it was written, by field path: {@code yes} for a value that reads as true
 */
public record SourceMap(
        Position start, Map<String, Position> keys, Map<String, Position> values, Map<String, String> written) {

    /** Copies the maps. */
    public SourceMap {
        keys = Map.copyOf(keys);
        values = Map.copyOf(values);
        written = Map.copyOf(written);
    }

    /**
     * The place of a field.
     *
     * @param path the field, such as {@code spec.template.spec.serviceAccountName}
     * @return where its value begins; for a field that is not there, where its nearest present parent begins
     */
    public Position at(String path) {
        String present = path;
        while (!present.isEmpty()) {
            Position position = values.get(present);
            if (position != null) {
                return position;
            }
            present = FieldPath.parent(present);
        }
        return start;
    }

    /**
     * The place of a field's key as a problem names it, for a field that should not be there.
     *
     * @param path the field
     * @return {@code file:line:column path}
     */
    public String whereKey(String path) {
        return keys.getOrDefault(path, at(path)) + " " + path;
    }

    /**
     * The place of a field as a problem names it.
     *
     * @param path the field
     * @return {@code file:line:column path}
     */
    public String where(String path) {
        return path.isEmpty() ? at(path).toString() : at(path) + " " + path;
    }
}
