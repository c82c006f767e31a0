package dev.eksplatform.internal.yaml;

import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.SourcePosition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a YAML document with its position; aliases and merge keys are resolved. */
public sealed interface YamlNode {

    /**
     * Where it begins.
     *
     * @return the position; of a value that was merged or named by an alias, that of its definition
     */
    SourcePosition start();

    /**
     * An entry or item of this value.
     *
     * @param step a key or an index
     * @return {@code null} when there is none
     */
    default @Nullable YamlNode at(PropertyPath.Step step) {
        if (this instanceof Mapping mapping && step instanceof PropertyPath.Key key) {
            return mapping.get(key.name());
        }
        return this instanceof Sequence sequence
                        && step instanceof PropertyPath.Index index
                        && index.index() < sequence.items().size()
                ? sequence.items().get(index.index())
                : null;
    }

    /**
     * A value inside of this one.
     *
     * @param path keys and indexes
     * @return {@code null} when there is none
     */
    default @Nullable YamlNode at(PropertyPath path) {
        YamlNode node = this;
        for (PropertyPath.Step step : path.steps()) {
            node = node == null ? null : node.at(step);
        }
        return node;
    }

    /** What a scalar is by the core schema of YAML 1.2; a quoted scalar is always text. */
    enum Kind {
        TEXT,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        NOTHING
    }

    /**
     * A scalar.
     *
     * @param start where it begins
     * @param kind what it is
     * @param text the text as written, so that 1.30 stays 1.30
     * @param plain whether neither quotes nor a tag make it text
     */
    record Scalar(SourcePosition start, Kind kind, String text, boolean plain) implements YamlNode {

        Scalar(SourcePosition start, Kind kind, String text) {
            this(start, kind, text, false);
        }
    }

    /**
     * A sequence.
     *
     * @param start where it begins
     * @param items its items
     */
    record Sequence(SourcePosition start, List<YamlNode> items) implements YamlNode {}

    /**
     * A mapping.
     *
     * @param start where it begins
     * @param entries its values by key, in the order of the file
     */
    record Mapping(SourcePosition start, Map<String, Entry> entries) implements YamlNode {

        /**
         * The value of a key.
         *
         * @param key the key
         * @return its value; {@code null} when the mapping does not have it
         */
        public @Nullable YamlNode get(String key) {
            Entry entry = entries.get(key);
            return entry == null ? null : entry.value();
        }
    }

    /**
     * A value with one of the tags that the reader of the document asked for.
     *
     * @param start where it begins
     * @param tag the tag, such as {@code !unknown}
     * @param value the value without it; a scalar is text
     */
    record Tagged(SourcePosition start, String tag, YamlNode value) implements YamlNode {}

    /**
     * A value of a mapping.
     *
     * @param key where its key begins
     * @param value the value
     * @param plainKey whether the key is plain, as a scalar is
     */
    record Entry(SourcePosition key, YamlNode value, boolean plainKey) {}

    /**
     * Whether it is YAML's null.
     *
     * @return true for an empty value, {@code ~} and {@code null}
     */
    default boolean isNothing() {
        return this instanceof Scalar scalar && scalar.kind() == Kind.NOTHING;
    }

    /**
     * What was found, for an error.
     *
     * @return such as {@code the text "a"} or {@code a list}
     */
    default String describe() {
        if (this instanceof Scalar scalar) {
            return switch (scalar.kind()) {
                case TEXT ->
                    "the text "
                            + Problem.quoted(
                                    scalar.text().strip().lines().findFirst().orElse(""));
                case INTEGER, DECIMAL -> "the number " + scalar.text();
                case BOOLEAN -> "the boolean " + scalar.text();
                case NOTHING -> "no value";
            };
        }
        if (this instanceof Tagged tagged) {
            return tagged.tag();
        }
        return this instanceof Sequence ? "a list" : "a mapping";
    }
}
