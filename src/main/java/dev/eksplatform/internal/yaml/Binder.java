package dev.eksplatform.internal.yaml;

import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.SourcePosition;
import dev.eksplatform.problem.Suggestion;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document into a record. Components may be text, whole numbers, doubles, booleans, enums (their words in
 * kebab-case), value types with a {@link ScalarFactory}, records, sealed interfaces (see {@link YamlForm}), Optional, List,
 * Set and Map of those (the key of a Map is text, an enum or a value type), Object for free YAML, {@link YamlNode} for free
 * YAML with its positions, and types with a {@link MappingFactory} or a {@link FileFactory}. A file may leave out the components for which {@link
 * Defaults} has values.
 */
public final class Binder {

    private final Positions positions;
    private final PlacedProblems problems;
    private final UnreadablePaths unreadable = new UnreadablePaths();

    private Binder(Positions positions, PlacedProblems problems) {
        this.positions = positions;
        this.problems = problems;
    }

    /**
     * Reads as much of a document as can be read.
     *
     * @param document the document
     * @param type the record to read it into
     * @param <T> the record
     * @return the record, the places of its properties and every problem; see {@link BindingResult#orThrow()}
     * @throws IllegalArgumentException when the type cannot be read from YAML, which is a defect of the type
     */
    public static <T> BindingResult<T> bind(YamlDocument document, Class<T> type) {
        SpecType root = SpecType.of(type);
        Positions positions = new Positions(document, root);
        Binder binder = new Binder(positions, new PlacedProblems(document.file()));
        Object value = binder.root(root, document);
        return new BindingResult<>(
                value == null ? null : type.cast(value), positions, binder.unreadable, binder.problems);
    }

    /**
     * Reads a file that comes with the program.
     *
     * @param type the record to read it into
     * @param file its name beside that record
     * @param <T> the record
     * @return the record
     */
    public static <T> T ofProgram(Class<T> type, String file) {
        return bind(YamlDocument.parse(file, ProgramFile.read(type, file)), type)
                .orThrow();
    }

    private @Nullable Object root(SpecType type, YamlDocument document) {
        if (document.root().isNothing() && !type.acceptsNothing()) {
            problems.add(
                    Marks.start(document.file()),
                    PropertyPath.ROOT,
                    "an empty file",
                    "write at least " + ExpectedValue.requiredKeys(type.shape()));
            return null;
        }
        return value(type, document.root(), PropertyPath.ROOT);
    }

    /** Reads a value as far as it can be read; null when it cannot be read at all. */
    private @Nullable Object value(SpecType type, YamlNode node, PropertyPath path) {
        Object value = read(type, node, path);
        if (value == null) {
            unreadable.add(path);
        }
        return value;
    }

    private @Nullable Object read(SpecType type, YamlNode node, PropertyPath path) {
        if (node.isNothing() && type.kind() != SpecType.Kind.NODE) {
            if (!type.acceptsNothing()) {
                problems.add(node.start(), path, "no value", ExpectedValue.in(type), "write a value");
                return null;
            }
            return read(type, new YamlNode.Mapping(node.start(), Map.of()), path);
        }
        return switch (type.kind()) {
            case ANYTHING -> PlainTree.of(node);
            case NODE -> node;
            case OPTIONAL -> wrapped(read(type.element(), node, path));
            case LIST, SET ->
                node instanceof YamlNode.Sequence list ? elements(type, list, path) : refuse(type, node, path);
            case MAP -> node instanceof YamlNode.Mapping mapping ? map(type, mapping, path) : refuse(type, node, path);
            case RECORD ->
                node instanceof YamlNode.Mapping mapping
                        ? record(type.shape(), mapping, path)
                        : refuse(type, node, path);
            case SEALED -> sealed(type, node, path);
            case TREE -> tree(type, node, path);
            case FILE -> file(type, node, path);
            case FROM_TEXT ->
                type.isFile() && node instanceof YamlNode.Mapping mapping && mapping.get(TextFile.KEY) != null
                        ? textFile(type, mapping, path)
                        : scalarOrRefuse(type, node, path);
            default -> scalarOrRefuse(type, node, path);
        };
    }

    private @Nullable Object scalarOrRefuse(SpecType type, YamlNode node, PropertyPath path) {
        return node instanceof YamlNode.Scalar scalar ? scalar(type, scalar, path) : refuse(type, node, path);
    }

    private @Nullable Object textFile(SpecType type, YamlNode.Mapping mapping, PropertyPath path) {
        YamlNode.Scalar text = new TextFile(problems).read(mapping, path);
        return text == null ? null : scalar(type, text, path);
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

    private @Nullable Object tree(SpecType type, YamlNode node, PropertyPath path) {
        boolean isFile = type.isFile() && node instanceof YamlNode.Scalar scalar && scalar.kind() == YamlNode.Kind.TEXT;
        if (!isFile && !(node instanceof YamlNode.Mapping)) {
            return refuse(type, node, path);
        }
        TreeReader reader = new TreeReader(problems);
        LocatedJson tree = node instanceof YamlNode.Mapping mapping
                ? reader.read(mapping, path)
                : reader.read((YamlNode.Scalar) node, path);
        return tree == null ? null : RecordReflection.call(type.treeFactory(), null, tree);
    }

    private @Nullable Object file(SpecType type, YamlNode node, PropertyPath path) {
        if (!(node instanceof YamlNode.Scalar name)) {
            return refuse(type, node, path);
        }
        Method factory = type.fileFactory();
        YamlNode.Mapping content = MappingFile.read(
                name, path, factory.getAnnotation(FileFactory.class).value(), problems);
        return content == null ? null : RecordReflection.call(factory, null, content);
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
                problems.add(item.start(), inner, "duplicate value: " + item.describe(), "remove it");
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
        for (Map.Entry<String, YamlNode.Entry> entry : mapping.entries().entrySet()) {
            PropertyPath inner = path.key(entry.getKey());
            SourcePosition position = entry.getValue().key();
            YamlNode node = entry.getValue().value();
            Object key = scalar(keyType, new YamlNode.Scalar(position, YamlNode.Kind.TEXT, entry.getKey()), inner);
            Object value = isFree ? PlainTree.of(node) : value(type.element(), node, inner);
            if (key == null || (value == null && !isFree)) {
                unreadable.add(inner);
            } else if (values.containsKey(key)) {
                problems.add(position, inner, "duplicate key \"" + entry.getKey() + "\"", "remove one of the two");
            } else {
                values.put(key, value);
            }
        }
        return Collections.unmodifiableMap(values);
    }

    private @Nullable Object record(RecordShape shape, YamlNode.Mapping mapping, PropertyPath path) {
        Set<String> meant = unknownKeys(shape, mapping, path);
        Map<String, Object> given = new HashMap<>();
        Set<String> unsound = new HashSet<>();
        for (RecordShape.Component component : shape.components()) {
            YamlNode node = mapping.get(component.key());
            PropertyPath inner = path.key(component.key());
            if (node != null) {
                YamlNode read = component
                        .freeYaml()
                        .filter(reading -> node instanceof YamlNode.Mapping)
                        .map(reading -> new PlainScalars(reading, problems).read(node, inner))
                        .orElse(node);
                Object value = value(component.type(), read, inner);
                if (value != null) {
                    given.put(component.name(), value);
                }
            } else if (component.required() && !meant.contains(component.key())) {
                missing(component, mapping, path);
                unreadable.add(inner);
            }
            if (unreadable.touches(inner)) {
                unsound.add(component.name());
            }
        }
        PartialRecord attempt = new PartialRecord(shape, given, unsound);
        attempt.problems().ifPresent(found -> report(mapping.start(), path, found));
        attempt.refused().forEach(component -> unreadable.add(path.key(component.key())));
        return attempt.value().orElse(null);
    }

    /**
     * The example in a component's documentation, which is used in place of a required one that cannot be read.
     *
     * @param component the component of a record
     * @return its example; empty when its documentation has none
     */
    public static Optional<Object> example(RecordShape.Component component) {
        return Optional.of(component.example()).filter(text -> !text.isEmpty()).map(text -> {
            YamlDocument document = YamlDocument.parse(component.key(), text);
            Binder binder = new Binder(new Positions(document, component.type()), new PlacedProblems(component.key()));
            return binder.read(component.type(), document.root(), PropertyPath.ROOT);
        });
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
        problems.add(
                node.start(),
                path.key(component.key()),
                "required key \"" + component.key() + "\" is missing",
                ExpectedValue.in(component.type()),
                "add " + component.key() + ": " + (component.example().isEmpty() ? "…" : component.example()));
    }

    /** Reports the keys that are not the record's, and returns the keys that were probably meant. */
    private Set<String> unknownKeys(RecordShape shape, YamlNode.Mapping mapping, PropertyPath path) {
        List<String> free = shape.components().stream()
                .map(RecordShape.Component::key)
                .filter(key -> !mapping.entries().containsKey(key))
                .toList();
        Set<String> meant = new HashSet<>();
        mapping.entries().forEach((key, entry) -> {
            Optional<String> variable = shape.secretVariable(key);
            if (variable.isPresent()) {
                problems.add(
                        entry.key(),
                        path.key(key),
                        "the secret \"" + key + "\": this file has no secrets",
                        "remove it, and set the environment variable " + variable.get() + " where Terraform runs");
            } else if (shape.gone(key).isPresent()) {
                GoneKey gone = shape.gone(key).get();
                problems.add(entry.key(), path.key(key), gone.why(), gone.instead());
            } else if (shape.byKey(key).isEmpty()) {
                unknownKey(key, entry.key(), path, free, ExpectedValue.keys(shape))
                        .ifPresent(meant::add);
            }
        });
        meant.forEach(key -> unreadable.add(path.key(key)));
        return meant;
    }

    private Optional<String> unknownKey(
            String key, SourcePosition position, PropertyPath path, List<String> known, String allowed) {
        problems.add(
                position,
                path.key(key),
                "unknown key \"" + key + "\"",
                allowed,
                Suggestion.fix(key, known, "remove it"));
        return Suggestion.nearest(key, known);
    }

    private @Nullable Object sealed(SpecType type, YamlNode node, PropertyPath path) {
        SealedForms forms = type.forms();
        if (node instanceof YamlNode.Scalar scalar) {
            // YAML 1.2 also reads True and TRUE as true.
            String text =
                    scalar.kind() == YamlNode.Kind.BOOLEAN ? scalar.text().toLowerCase(Locale.ROOT) : scalar.text();
            RecordShape word = forms.words().get(text);
            if (word != null) {
                return create(word, Map.of(), node, path);
            } else if (forms.text().isPresent()) {
                return scalar(forms.text().get(), scalar, path);
            }
            String fix = Suggestion.fix(
                    scalar.text(),
                    forms.words().keySet(),
                    forms.keys().containsKey(scalar.text())
                            ? "write {" + scalar.text() + ": …}"
                            : "write it in one of these forms");
            problems.add(node.start(), path, node.describe(), ExpectedValue.in(type), fix);
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
                        key, entry.key(), path, List.copyOf(forms.keys().keySet()), ExpectedValue.in(type)));
        return null;
    }

    /** Reports problems whose places are relative to a value; those of the value itself are at its own position. */
    private void report(SourcePosition position, PropertyPath path, InvalidInputException exception) {
        exception
                .problems()
                .forEach(problem -> problems.add(
                        problem.place().equals(Place.InSpec.UNKNOWN)
                                ? problem.at(new Place.InFile(position, path))
                                : positions.place(problem.under(path))));
    }
}
