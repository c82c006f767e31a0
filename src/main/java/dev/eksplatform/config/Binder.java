package dev.eksplatform.config;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document into a record. Components may be text, whole numbers, doubles, booleans, enums (their words in
 * kebab-case), value types with a {@link dev.eksplatform.spec.FromText} factory, records, sealed interfaces (see {@link
 * dev.eksplatform.spec.Form}), Optional, List, Set and Map of those (the key of a Map is text, an enum or a value type),
 * and Object for free YAML. Which components a file may leave out is said by {@link dev.eksplatform.spec.Defaults}.
 */
public final class Binder {

    private final Positions positions;
    private final PlacedProblems problems;

    private Binder(YamlDocument document, Positions positions) {
        this.positions = positions;
        this.problems = new PlacedProblems(document.file());
    }

    /**
     * Reads a document.
     *
     * @param document the document
     * @param type the record to read it into
     * @param <T> the record
     * @return the record and the places of its properties
     * @throws InvalidInputException with every problem of the document, each with its place, in the order of the file
     * @throws IllegalArgumentException when the type cannot be read from YAML, which is a defect of the type
     */
    public static <T> Bound<T> bind(YamlDocument document, Class<T> type) {
        SpecType root = SpecType.of(type);
        Positions positions = new Positions(document, root);
        Binder binder = new Binder(document, positions);
        Object value = binder.value(root, document.root(), PropertyPath.ROOT);
        binder.problems.throwIfAny();
        return new Bound<>(type.cast(Objects.requireNonNull(value)), positions);
    }

    /** Reads a value; null when it has problems. */
    private @Nullable Object value(SpecType type, YamlNode node, PropertyPath path) {
        if (node.isNothing()) {
            if (!type.acceptsNothing()) {
                problems.add(node.start(), path, "no value", Allowed.in(type), "write a value");
                return null;
            }
            return value(type, new YamlNode.Mapping(node.start(), Map.of()), path);
        }
        return switch (type.kind()) {
            case ANYTHING -> FreeTree.of(node);
            case OPTIONAL -> wrapped(value(type.element(), node, path));
            case LIST, SET ->
                node instanceof YamlNode.Sequence list ? elements(type, list, path) : refuse(type, node, path);
            case MAP -> node instanceof YamlNode.Mapping mapping ? map(type, mapping, path) : refuse(type, node, path);
            case RECORD ->
                node instanceof YamlNode.Mapping mapping
                        ? record(type.shape(), mapping, path)
                        : refuse(type, node, path);
            case SEALED -> sealed(type, node, path);
            default -> node instanceof YamlNode.Scalar scalar ? scalar(type, scalar, path) : refuse(type, node, path);
        };
    }

    private static @Nullable Object wrapped(@Nullable Object value) {
        return value == null ? null : Optional.of(value);
    }

    private @Nullable Object refuse(SpecType type, YamlNode node, PropertyPath path) {
        report(node.start(), path, ScalarReader.mismatch(type, node));
        return null;
    }

    private @Nullable Object scalar(SpecType type, YamlNode.Scalar scalar, PropertyPath path) {
        try {
            return ScalarReader.read(type, scalar);
        } catch (InvalidInputException e) {
            report(scalar.start(), path, e);
            return null;
        }
    }

    private @Nullable Object elements(SpecType type, YamlNode.Sequence list, PropertyPath path) {
        boolean isSet = type.kind() == SpecType.Kind.SET;
        Collection<Object> values = isSet ? new LinkedHashSet<>() : new ArrayList<>();
        boolean sound = true;
        for (int i = 0; i < list.items().size(); i++) {
            YamlNode item = list.items().get(i);
            PropertyPath inner = path.index(i);
            Object value = value(type.element(), item, inner);
            if (value == null) {
                sound = false;
            } else if (!values.add(value)) {
                problems.add(item.start(), inner, item.describe() + " a second time", "each once", "remove it");
            }
        }
        if (!sound) {
            return null;
        }
        return isSet ? Collections.unmodifiableSet((Set<?>) values) : Collections.unmodifiableList((List<?>) values);
    }

    private @Nullable Object map(SpecType type, YamlNode.Mapping mapping, PropertyPath path) {
        SpecType keyType = type.argument(0);
        boolean isFree = type.element().kind() == SpecType.Kind.ANYTHING;
        Map<Object, @Nullable Object> values = new LinkedHashMap<>();
        boolean sound = true;
        for (Map.Entry<String, YamlNode.Entry> entry : mapping.entries().entrySet()) {
            PropertyPath inner = path.key(entry.getKey());
            Spot spot = entry.getValue().key();
            YamlNode node = entry.getValue().value();
            Object key = scalar(keyType, new YamlNode.Scalar(spot, YamlNode.Kind.TEXT, entry.getKey()), inner);
            Object value = isFree ? FreeTree.of(node) : value(type.element(), node, inner);
            if (key == null || (value == null && !isFree)) {
                sound = false;
            } else if (values.containsKey(key)) {
                problems.add(spot, inner, "the key " + key + " a second time", "each key once", "remove one");
            } else {
                values.put(key, value);
            }
        }
        return sound ? Collections.unmodifiableMap(values) : null;
    }

    private @Nullable Object record(RecordShape shape, YamlNode.Mapping mapping, PropertyPath path) {
        unknownKeys(shape, mapping, path);
        Map<String, Object> given = new HashMap<>();
        boolean sound = true;
        for (RecordShape.Component component : shape.components()) {
            YamlNode node = mapping.get(component.key());
            if (node != null) {
                Object value = value(component.type(), node, path.key(component.key()));
                sound &= value != null;
                if (value != null) {
                    given.put(component.name(), value);
                }
            } else if (component.required()) {
                missing(component, mapping, path);
                sound = false;
            }
        }
        return sound ? create(shape, given, mapping, path) : null;
    }

    private @Nullable Object create(RecordShape shape, Map<String, Object> given, YamlNode node, PropertyPath path) {
        try {
            return shape.create(given);
        } catch (InvalidInputException e) {
            report(node.start(), path, e);
            return null;
        }
    }

    private void missing(RecordShape.Component component, YamlNode node, PropertyPath path) {
        String example = component.doc().map(doc -> doc.example()).orElse("");
        problems.add(
                node.start(),
                path.key(component.key()),
                "required key \"" + component.key() + "\" is missing",
                Allowed.in(component.type()),
                "add " + component.key() + ": " + (example.isEmpty() ? "…" : example));
    }

    private void unknownKeys(RecordShape shape, YamlNode.Mapping mapping, PropertyPath path) {
        List<String> free = shape.components().stream()
                .map(RecordShape.Component::key)
                .filter(key -> !mapping.entries().containsKey(key))
                .toList();
        mapping.entries().forEach((key, entry) -> {
            if (shape.byKey(key).isEmpty()) {
                unknownKey(key, entry.key(), path, free, Allowed.keys(shape));
            }
        });
    }

    private void unknownKey(String key, Spot spot, PropertyPath path, List<String> known, String allowed) {
        String fix = Suggestion.nearest(key, known)
                .map(name -> "did you mean \"" + name + "\"?")
                .orElse("remove it");
        problems.add(spot, path.key(key), "unknown key \"" + key + "\"", allowed, fix);
    }

    private @Nullable Object sealed(SpecType type, YamlNode node, PropertyPath path) {
        SealedForms forms = type.forms();
        if (node instanceof YamlNode.Scalar scalar) {
            RecordShape word = forms.words().get(scalar.text());
            if (word != null) {
                return create(word, Map.of(), node, path);
            } else if (forms.text().isPresent()) {
                return scalar(forms.text().get(), scalar, path);
            }
            String fix = Suggestion.nearest(scalar.text(), forms.words().keySet())
                    .map(name -> "did you mean \"" + name + "\"?")
                    .orElse(
                            forms.keys().containsKey(scalar.text())
                                    ? "write {" + scalar.text() + ": …}"
                                    : "write it in one of these forms");
            problems.add(node.start(), path, node.describe(), Allowed.in(type), fix);
            return null;
        } else if (node instanceof YamlNode.Sequence list && forms.sequence().isPresent()) {
            RecordShape shape = forms.sequence().get();
            RecordShape.Component only = shape.components().get(0);
            Object value = value(only.type(), list, path);
            return value == null ? null : create(shape, Map.of(only.name(), value), node, path);
        }
        return node instanceof YamlNode.Mapping mapping ? mappingForm(type, mapping, path) : refuse(type, node, path);
    }

    private @Nullable Object mappingForm(SpecType type, YamlNode.Mapping mapping, PropertyPath path) {
        SealedForms forms = type.forms();
        for (Map.Entry<String, YamlNode.Entry> entry : mapping.entries().entrySet()) {
            String key = entry.getKey();
            SpecType form = forms.keys().get(key);
            if (form != null && mapping.entries().size() == 1) {
                return value(form, entry.getValue().value(), path.key(key));
            } else if (form != null) {
                problems.add(
                        entry.getValue().key(),
                        path.key(key),
                        "\"" + key + "\" beside other keys",
                        "\"" + key + "\" alone",
                        "remove \"" + key + "\" or the other keys");
                return null;
            }
        }
        if (forms.plain().isPresent()) {
            return record(forms.plain().get(), mapping, path);
        } else if (mapping.entries().isEmpty()) {
            return refuse(type, mapping, path);
        }
        mapping.entries()
                .forEach((key, entry) -> unknownKey(
                        key, entry.key(), path, List.copyOf(forms.keys().keySet()), Allowed.in(type)));
        return null;
    }

    /** Reports problems whose places are relative to a value; those of the value itself stand at the spot. */
    private void report(Spot spot, PropertyPath path, InvalidInputException exception) {
        exception
                .problems()
                .forEach(problem -> problems.add(
                        problem.where().isEmpty()
                                ? problems.position(spot, path)
                                : positions.at(path.plus(PropertyPath.parse(problem.where()))),
                        problem));
    }
}
