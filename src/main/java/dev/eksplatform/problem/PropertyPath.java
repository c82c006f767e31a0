package dev.eksplatform.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The way from a document's root to one of its values, such as {@code identities["default/iam-test"].policies[0]}. A key
 * of letters, digits, {@code _} and {@code -} is written after a dot; any other is quoted in brackets, with {@code "} and
 * {@code \} escaped by a backslash.
 *
 * @param steps the steps from the root
 */
public record PropertyPath(List<Step> steps) {

    /** The document itself. */
    public static final PropertyPath ROOT = new PropertyPath(List.of());

    /** One step of a path. */
    public sealed interface Step {}

    /**
     * Into a mapping.
     *
     * @param name the key
     */
    public record Key(String name) implements Step {}

    /**
     * Into a sequence.
     *
     * @param index the item, from 0
     */
    public record Index(int index) implements Step {}

    /** Copies the steps. */
    public PropertyPath {
        steps = List.copyOf(steps);
    }

    /**
     * The path of a value in nested mappings.
     *
     * @param names the keys from the root
     * @return the path
     */
    public static PropertyPath of(String... names) {
        return new PropertyPath(Stream.of(names).<Step>map(Key::new).toList());
    }

    /**
     * The path of a mapping's value.
     *
     * @param name the key
     * @return this path and the key
     */
    public PropertyPath key(String name) {
        return plus(new Key(name));
    }

    /**
     * The path of a sequence's item.
     *
     * @param index the item, from 0
     * @return this path and the index
     */
    public PropertyPath index(int index) {
        return plus(new Index(index));
    }

    /**
     * A path that begins with this one.
     *
     * @param rest the steps after this path's
     * @return both, one after the other
     */
    public PropertyPath plus(PropertyPath rest) {
        List<Step> all = new ArrayList<>(steps);
        all.addAll(rest.steps);
        return new PropertyPath(all);
    }

    PropertyPath plus(Step step) {
        return plus(new PropertyPath(List.of(step)));
    }

    /** The text form, such as {@code labels.team} or {@code labels["example.com/team"]}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            if (step instanceof Index index) {
                text.append('[').append(index.index()).append(']');
            } else {
                append(((Key) step).name(), text);
            }
        }
        return text.toString();
    }

    private static void append(String key, StringBuilder text) {
        boolean isBare = !key.isEmpty() && key.chars().allMatch(PropertyPath::isBare);
        if (isBare) {
            text.append(text.isEmpty() ? "" : ".").append(key);
        } else {
            text.append("[\"")
                    .append(key.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\"]");
        }
    }

    private static boolean isBare(int character) {
        return character == '-'
                || character == '_'
                || character >= '0' && character <= '9'
                || character >= 'A' && character <= 'Z'
                || character >= 'a' && character <= 'z';
    }
}
