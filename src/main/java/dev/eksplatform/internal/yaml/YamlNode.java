package dev.eksplatform.internal.yaml;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a YAML document with its place; aliases and merge keys are resolved. */
sealed interface YamlNode {

    Spot start();

    /** What a scalar is by the core schema of YAML 1.2; a quoted scalar is always text. */
    enum Kind {
        TEXT,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        NOTHING
    }

    /** A scalar with the text as written, so that 1.30 stays 1.30; plain when neither quotes nor a tag make it text. */
    record Scalar(Spot start, Kind kind, String text, boolean plain) implements YamlNode {

        Scalar(Spot start, Kind kind, String text) {
            this(start, kind, text, false);
        }
    }

    /** A sequence. */
    record Sequence(Spot start, List<YamlNode> items) implements YamlNode {}

    /** A mapping, in the order of the file. */
    record Mapping(Spot start, Map<String, Entry> entries) implements YamlNode {

        @Nullable
        YamlNode get(String key) {
            Entry entry = entries.get(key);
            return entry == null ? null : entry.value();
        }
    }

    /** A value of a mapping, the place of its key, and whether the key is plain, as a scalar is. */
    record Entry(Spot key, YamlNode value, boolean plainKey) {}

    default boolean isNothing() {
        return this instanceof Scalar scalar && scalar.kind() == Kind.NOTHING;
    }

    /** What was found, for an error. */
    default String describe() {
        if (this instanceof Scalar scalar) {
            return switch (scalar.kind()) {
                case TEXT -> "the text \"" + shortened(scalar.text()) + "\"";
                case INTEGER, DECIMAL -> "the number " + shortened(scalar.text());
                case BOOLEAN -> "the boolean " + scalar.text();
                case NOTHING -> "no value";
            };
        }
        return this instanceof Sequence ? "a list" : "a mapping";
    }

    private static String shortened(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }
}
