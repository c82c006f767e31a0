package dev.eksplatform.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern INDEX = Pattern.compile("\\[(\\d{1,9})]");
    private static final Pattern QUOTED =
            Pattern.compile("\\[\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"]", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile(".[^.\\[]*", Pattern.DOTALL);

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
     * Reads a path. Any text is a path: what is no index and no quoted key is read as bare keys between dots.
     *
     * @param text the path; empty for the root
     * @return the path
     */
    public static PropertyPath parse(String text) {
        List<Step> steps = new ArrayList<>();
        Matcher index = INDEX.matcher(text);
        Matcher quoted = QUOTED.matcher(text);
        Matcher name = NAME.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == '.') {
                at++;
            } else if (index.region(at, text.length()).lookingAt()) {
                steps.add(new Index(Integer.parseInt(index.group(1))));
                at = index.end();
            } else if (quoted.region(at, text.length()).lookingAt()) {
                steps.add(new Key(quoted.group(1).replaceAll("(?s)\\\\(.)", "$1")));
                at = quoted.end();
            } else {
                name.region(at, text.length()).lookingAt();
                steps.add(new Key(name.group()));
                at = name.end();
            }
        }
        return new PropertyPath(steps);
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

    /** The text form, which {@link #parse} reads back. */
    @Override
    public String toString() {
        String text = "";
        for (Step step : steps) {
            text = step instanceof Index index
                    ? text + "[" + index.index() + "]"
                    : Problem.property(text, ((Key) step).name());
        }
        return text;
    }
}
