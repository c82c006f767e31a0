package dev.eksplatform.internal.yaml;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.SourcePosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.scanner.ScannerImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.tokens.ScalarToken;
import org.snakeyaml.engine.v2.tokens.Token;

/**
 * Other values for some scalars of a document. Everything else keeps its bytes: comments, quotes, the form of lists and
 * mappings, line ends, a byte order mark. A scalar that an anchor or a merge key shares with another property is only
 * changed if that property gets the same value.
 */
public final class YamlEdits {

    /** Values that are the same text in every style of a scalar. */
    private static final Pattern PLAIN = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._+-]*");

    private final String file;
    private final String text;
    private final YamlNode root;
    private final Map<PropertyPath, String> values = new LinkedHashMap<>();

    /**
     * No edits yet.
     *
     * @param file the name of the file, for problems
     * @param text its text, with a byte order mark if it has one
     * @throws InvalidInputException when it is not one acceptable document
     */
    public YamlEdits(String file, String text) {
        this.file = file;
        this.text = text;
        root = YamlDocument.parse(file, text).root();
    }

    /**
     * A scalar of the document.
     *
     * @param path its keys as they are written in the file
     * @return its text; empty when there is none
     */
    public Optional<String> scalar(PropertyPath path) {
        return root.at(path) instanceof YamlNode.Scalar scalar && !scalar.isNothing()
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    /**
     * Where a value of the document is.
     *
     * @param path its keys as they are written in the file
     * @return its place; of a value that was merged or named by an alias, that of its definition; of one that is not there,
     *     that of its nearest owner
     */
    public Place.InFile place(PropertyPath path) {
        YamlNode found = root;
        for (PropertyPath.Step step : path.steps()) {
            YamlNode inner = found.at(step);
            if (inner == null) {
                break;
            }
            found = inner;
        }
        return new Place.InFile(found.start(), path);
    }

    /**
     * Gives a scalar another value.
     *
     * @param path a {@linkplain #scalar scalar} of the document
     * @param value letters, digits, dots, hyphens, underscores and plus signs
     */
    public void set(PropertyPath path, String value) {
        if (!PLAIN.matcher(value).matches() || scalar(path).isEmpty()) {
            throw new IllegalArgumentException(path + ": " + value);
        }
        values.put(path, value);
    }

    /**
     * Applies the edits and reads the result.
     *
     * @return the text with the new values
     * @throws InvalidInputException when a scalar cannot be changed without changing anything else
     */
    public String apply() {
        Map<SourcePosition, PropertyPath> scalars = new TreeMap<>();
        PlacedProblems problems = new PlacedProblems(file);
        values.forEach((path, value) -> {
            PropertyPath other = scalars.putIfAbsent(place(path).position(), path);
            if (other != null && !value.equals(values.get(other))) {
                problems.add(shared(path, other));
            }
        });
        problems.throwIfAny();
        String edited = splice(scalars);
        YamlNode expected = root;
        for (Map.Entry<PropertyPath, String> edit : values.entrySet()) {
            expected = with(expected, edit.getKey(), 0, edit.getValue());
        }
        compare(
                PropertyPath.ROOT,
                expected,
                YamlDocument.parse(file, edited).root(),
                scalars.values().iterator().next(),
                problems);
        problems.throwIfAny();
        return edited;
    }

    private String splice(Map<SourcePosition, PropertyPath> scalars) {
        ScannerImpl tokens = new ScannerImpl(
                LoadSettings.builder().setLabel(file).build(),
                new StreamReader(LoadSettings.builder().setLabel(file).build(), text));
        StringBuilder out = new StringBuilder();
        int done = 0;
        for (Map.Entry<SourcePosition, PropertyPath> scalar : scalars.entrySet()) {
            ScalarToken token = from(scalar.getKey(), tokens);
            int start = offset(token.getStartMark());
            int end = offset(token.getEndMark());
            out.append(text, done, start)
                    .append(replaced(token, text.substring(start, end), scalar.getKey(), scalar.getValue()));
            done = end;
        }
        return out.append(text, done, text.length()).toString();
    }

    /** The scalar at a position, or behind the anchor or tag there. */
    private ScalarToken from(SourcePosition position, ScannerImpl tokens) {
        while (tokens.hasNext()) {
            Token token = tokens.next();
            if (token instanceof ScalarToken scalar
                    && Marks.position(file, token.getStartMark()).compareTo(position) >= 0) {
                return scalar;
            }
        }
        throw new IllegalStateException("no scalar at " + position);
    }

    private int offset(Optional<Mark> mark) {
        return text.offsetByCodePoints(0, mark.orElseThrow().getIndex());
    }

    private String replaced(ScalarToken token, String raw, SourcePosition position, PropertyPath path) {
        String value = values.get(path);
        switch (token.getStyle()) {
            case PLAIN, SINGLE_QUOTED, DOUBLE_QUOTED -> {
                if (raw.lines().count() > 1) {
                    throw new InvalidInputException(new Problem(
                            new Place.InFile(position, path),
                            "a value over several lines, which cannot be changed in place",
                            "write it in one line"));
                }
                String quote = token.isPlain() ? "" : raw.substring(0, 1);
                return quote + value + quote;
            }
            default -> {
                String old = scalar(path).orElseThrow().strip();
                int content = raw.indexOf(old, raw.indexOf('\n'));
                return raw.substring(0, content) + value + raw.substring(content + old.length());
            }
        }
    }

    private static Problem sharedBy(Place place, String found) {
        return new Problem(place, found, "write the value out instead of the alias or merge key");
    }

    private Problem shared(PropertyPath one, PropertyPath other) {
        return sharedBy(
                place(one),
                one + " and " + other + " are one value, by an alias or a merge key, and need different ones");
    }

    private static YamlNode with(YamlNode node, PropertyPath path, int step, String value) {
        if (step == path.steps().size()) {
            YamlNode.Scalar scalar = (YamlNode.Scalar) node;
            return new YamlNode.Scalar(scalar.start(), scalar.kind(), value, scalar.plain());
        }
        YamlNode.Mapping mapping = (YamlNode.Mapping) node;
        String key = ((PropertyPath.Key) path.steps().get(step)).name();
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>(mapping.entries());
        entries.computeIfPresent(
                key,
                (name, entry) ->
                        new YamlNode.Entry(entry.key(), with(entry.value(), path, step + 1, value), entry.plainKey()));
        return new YamlNode.Mapping(mapping.start(), entries);
    }

    /** What differs in more than its position and the kind of a number. */
    private void compare(
            PropertyPath path, YamlNode expected, YamlNode found, PropertyPath edited, PlacedProblems problems) {
        if (expected instanceof YamlNode.Mapping one && found instanceof YamlNode.Mapping other) {
            if (List.copyOf(one.entries().keySet())
                    .equals(List.copyOf(other.entries().keySet()))) {
                one.entries()
                        .forEach((key, entry) -> compare(
                                path.key(key),
                                entry.value(),
                                Objects.requireNonNull(other.get(key)),
                                edited,
                                problems));
                return;
            }
        } else if (expected instanceof YamlNode.Sequence one
                && found instanceof YamlNode.Sequence other
                && one.items().size() == other.items().size()) {
            for (int i = 0; i < one.items().size(); i++) {
                compare(path.index(i), one.items().get(i), other.items().get(i), edited, problems);
            }
            return;
        } else if (expected instanceof YamlNode.Scalar one
                && found instanceof YamlNode.Scalar other
                && one.text().strip().equals(other.text().strip())) {
            return;
        }
        problems.add(sharedBy(
                new Place.InFile(expected.start(), path),
                path + " would change with " + sharing(path, edited) + ": an alias or a merge key shares the value"));
    }

    /** The edited property with the same scalar, if there is one. */
    private PropertyPath sharing(PropertyPath path, PropertyPath otherwise) {
        SourcePosition position = place(path).position();
        List<PropertyPath> same = new ArrayList<>();
        values.keySet().stream()
                .filter(edit -> place(edit).position().equals(position))
                .forEach(same::add);
        return same.isEmpty() ? otherwise : same.get(0);
    }
}
