package dev.eksplatform.internal.yaml;

import dev.eksplatform.internal.kubernetes.YamlScalar;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.SourcePosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Free YAML whose plain scalars are not read by the core schema of YAML 1.2, see {@link FreeYaml}. For Helm
 * keys are read alike: {@code on: 1} sets {@code true}. What Helm refuses as a key is an error, and so are decimal
 * numbers that it writes otherwise ({@code 1.30} as {@code 1.3}).
 */
public final class PlainScalars {

    /** Below it every whole double is exact, so that it can be written as a whole number. */
    private static final double EXACT = 1L << 53;

    /** Decimal numbers that sigs.k8s.io/yaml turns into the same text when they are keys. */
    private static final Pattern SHORT_DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,2})\\.[0-9]{0,2}[1-9]");

    private final FreeYaml.Reading reading;
    private final PlacedProblems problems;

    PlainScalars(FreeYaml.Reading reading, PlacedProblems problems) {
        this.reading = reading;
        this.problems = problems;
    }

    /** The same tree with each plain scalar as it is meant. */
    YamlNode read(YamlNode node, PropertyPath path) {
        if (node instanceof YamlNode.Mapping mapping) {
            Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
            mapping.entries().forEach((key, entry) -> {
                boolean free = entry.plainKey() && reading == FreeYaml.Reading.AS_HELM;
                YamlNode value = read(entry.value(), path.key(key));
                YamlNode.Entry first = entries.putIfAbsent(
                        free ? key(key, entry.key(), path) : key, new YamlNode.Entry(entry.key(), value, false));
                if (first != null) {
                    problems.add(
                            entry.key(),
                            path.key(key),
                            "the key " + key + ", which Helm reads like that of line "
                                    + first.key().line(),
                            "quote it: \"" + key + "\"");
                }
            });
            return new YamlNode.Mapping(mapping.start(), entries);
        }
        if (node instanceof YamlNode.Sequence sequence) {
            List<YamlNode> items = new ArrayList<>();
            for (YamlNode item : sequence.items()) {
                items.add(read(item, path.index(items.size())));
            }
            return new YamlNode.Sequence(sequence.start(), items);
        }
        return node instanceof YamlNode.Scalar scalar && scalar.plain() ? plain(scalar, path) : node;
    }

    private String key(String key, SourcePosition position, PropertyPath path) {
        Object meaning = YamlScalar.resolve(key);
        boolean text = meaning instanceof String || meaning instanceof Boolean || meaning instanceof Long;
        if (!text && !(meaning instanceof Double && SHORT_DECIMAL.matcher(key).matches())) {
            problems.add(
                    position,
                    path.key(key),
                    "the key " + key + ", which YAML 1.1 reads as " + meaning,
                    "text, whole numbers and booleans as keys",
                    "quote it: \"" + key + "\"");
        }
        return text ? String.valueOf(meaning) : key;
    }

    private YamlNode plain(YamlNode.Scalar scalar, PropertyPath path) {
        if (!check(scalar, path, problems)) {
            return scalar;
        }
        String text = scalar.text();
        Object meaning = YamlScalar.resolve(text);
        if (reading == FreeYaml.Reading.AS_HELM) {
            return as(meaning, scalar.start());
        }
        Object core = PlainTree.of(scalar);
        if (!same(core, meaning)) {
            problems.add(
                    scalar.start(),
                    path,
                    text + ", which YAML 1.1 reads as " + quoted(meaning) + " and YAML 1.2 as " + quoted(core),
                    "write " + meaning + ", or \"" + text + "\" in quotes");
        }
        return scalar;
    }

    /**
     * Checks that {@link YamlScalar#resolve} reads a plain scalar as it is written.
     *
     * @param scalar a plain scalar
     * @param path the property
     * @param problems collects a number that JSON does not have, and a tag that does not fit the value
     * @return whether it does
     */
    public static boolean check(YamlNode.Scalar scalar, PropertyPath path, PlacedProblems problems) {
        String text = scalar.text();
        if (YamlScalar.isNotJson(text)) {
            problems.add(
                    scalar.start(),
                    path,
                    "the number " + text + ", which JSON does not have",
                    "quote it: \"" + text + "\"");
            return false;
        }
        if (!fits(scalar, YamlScalar.resolve(text))) {
            problems.add(
                    scalar.start(),
                    path,
                    "the tag " + ScalarTag.shorthand(tag(scalar)) + " on the text \"" + text + "\"",
                    "remove the tag");
            return false;
        }
        return true;
    }

    /** The core schema has numbers that are too large for YAML 1.1; any other value that does not fit comes from a tag. */
    private static boolean fits(YamlNode.Scalar scalar, @Nullable Object meaning) {
        return ScalarTag.fits(tag(scalar), meaning) || PlainTree.of(scalar) instanceof Number;
    }

    private static Tag tag(YamlNode.Scalar scalar) {
        return switch (scalar.kind()) {
            case TEXT -> Tag.STR;
            case INTEGER -> Tag.INT;
            case DECIMAL -> Tag.FLOAT;
            case BOOLEAN -> Tag.BOOL;
            case NOTHING -> Tag.NULL;
        };
    }

    private static YamlNode.Scalar as(@Nullable Object meaning, SourcePosition start) {
        if (meaning == null) {
            return new YamlNode.Scalar(start, YamlNode.Kind.NOTHING, "");
        }
        YamlNode.Kind kind = YamlNode.Kind.INTEGER;
        Object value = meaning;
        if (meaning instanceof String) {
            kind = YamlNode.Kind.TEXT;
        } else if (meaning instanceof Boolean) {
            kind = YamlNode.Kind.BOOLEAN;
        } else if (meaning instanceof Double number && isWhole(number)) {
            value = number.longValue();
        } else if (meaning instanceof Double) {
            kind = YamlNode.Kind.DECIMAL;
        }
        return new YamlNode.Scalar(start, kind, value.toString());
    }

    /** Minus zero is not: as a whole number it would lose its sign. */
    private static boolean isWhole(double number) {
        return number == Math.rint(number) && Math.abs(number) < EXACT && !Objects.equals(number, -0.0);
    }

    private static boolean same(@Nullable Object core, @Nullable Object meaning) {
        return core instanceof Number one && meaning instanceof Number other
                ? one.doubleValue() == other.doubleValue()
                : Objects.equals(core, meaning);
    }

    private static String quoted(@Nullable Object value) {
        return value instanceof String ? "the text \"" + value + "\"" : String.valueOf(value);
    }
}
