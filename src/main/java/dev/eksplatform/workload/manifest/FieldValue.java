package dev.eksplatform.workload.manifest;

import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value of a document and its place in the file. Any part of a document may be absent, or have another type than the API
 * says; the place of an absent value is that of its nearest owner that is there.
 */
final class FieldValue {

    private final DocumentSource source;
    private final @Nullable FieldValue owner;
    private final PropertyPath.@Nullable Step step;
    private final @Nullable Object value;

    private FieldValue(
            DocumentSource source,
            @Nullable FieldValue owner,
            PropertyPath.@Nullable Step step,
            @Nullable Object value) {
        this.source = source;
        this.owner = owner;
        this.step = step;
        this.value = value;
    }

    /** A whole document. */
    static FieldValue of(DocumentSource source, Object body) {
        return new FieldValue(source, null, null, body);
    }

    /** Another value at the same place. */
    FieldValue with(@Nullable Object other) {
        return new FieldValue(source, owner, step, other);
    }

    /** The value at the end of the keys. */
    FieldValue get(String... keys) {
        FieldValue field = this;
        for (String key : keys) {
            Object inner = field.value instanceof Map<?, ?> map ? map.get(key) : null;
            field = new FieldValue(source, field, new PropertyPath.Key(key), inner);
        }
        return field;
    }

    /** The items of the list at the end of the keys, none when there is no list. */
    List<FieldValue> items(String... keys) {
        FieldValue list = get(keys);
        List<FieldValue> items = new ArrayList<>();
        if (list.value instanceof List<?> values) {
            for (Object item : values) {
                items.add(new FieldValue(source, list, new PropertyPath.Index(items.size()), item));
            }
        }
        return items;
    }

    /** The values of the mapping at the end of the keys, none when there is no mapping. */
    List<FieldValue> entries(String... keys) {
        FieldValue mapping = get(keys);
        List<FieldValue> entries = new ArrayList<>();
        mapping.map()
                .forEach((key, inner) ->
                        entries.add(new FieldValue(source, mapping, new PropertyPath.Key(String.valueOf(key)), inner)));
        return entries;
    }

    /** The value itself, null when there is none. */
    @Nullable
    Object value() {
        return value;
    }

    private @Nullable Object value(String... keys) {
        Object inner = value;
        for (String key : keys) {
            inner = inner instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return inner;
    }

    /** Whether there is a value at the end of the keys. */
    boolean has(String... keys) {
        return value(keys) != null;
    }

    /** The list at the end of the keys, empty when there is none. */
    List<?> list(String... keys) {
        return value(keys) instanceof List<?> list ? list : List.of();
    }

    /** The mapping at the end of the keys, empty when there is none. */
    Map<?, ?> map(String... keys) {
        return value(keys) instanceof Map<?, ?> map ? map : Map.of();
    }

    /** The text at the end of the keys, empty when there is none. */
    String text(String... keys) {
        return value(keys) instanceof String text ? text : "";
    }

    /** The name of the field; of an item that of its list, of the document an empty text. */
    String name() {
        return step instanceof PropertyPath.Key key ? key.name() : owner == null ? "" : owner.name();
    }

    /** What holds the value; the document holds itself. */
    FieldValue owner() {
        return owner == null ? this : owner;
    }

    /** Whether it is a top-level field of the document or within it. */
    boolean isWithin(String field) {
        return owner != null && (owner.owner == null ? name().equals(field) : owner.isWithin(field));
    }

    DocumentSource source() {
        return source;
    }

    PropertyPath path() {
        List<PropertyPath.Step> steps = new ArrayList<>();
        for (FieldValue field = this; field.owner != null; field = field.owner) {
            steps.add(0, Objects.requireNonNull(field.step));
        }
        return new PropertyPath(steps);
    }

    SourcePosition start() {
        return source.start(path());
    }

    Place.InFile place() {
        return source.place(path());
    }

    /** The place of the key, for a field that should not be there. */
    Place.InFile keyPlace() {
        return source.keyPlace(owner().path(), name());
    }

    /** A plain scalar as written, such as {@code yes} for a value that reads as true; else the value as text. */
    String written() {
        return Objects.requireNonNullElse(source.written(path()), String.valueOf(value));
    }
}
