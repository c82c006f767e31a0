package dev.eksplatform.internal.yaml;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Suggestion;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads a scalar as a value of a type. Text and value types take the text as written, so that an unquoted version 1.30
 * stays 1.30 and an account keeps its leading zero; only an unquoted true or false is not text. Numbers and booleans are
 * those of the core schema of YAML 1.2, unquoted. Problems do not know their place.
 */
final class ScalarReader {

    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
    private static final Set<String> YES = Set.of("yes", "y", "on");
    private static final Set<String> NO = Set.of("no", "n", "off");

    private ScalarReader() {}

    /**
     * Reads a scalar.
     *
     * @throws InvalidInputException when it is not a value of the type
     */
    static Object read(SpecType type, YamlNode.Scalar scalar) {
        return switch (type.kind()) {
            case TEXT -> text(scalar);
            case FROM_TEXT -> RecordReflection.call(type.textFactory(), null, scalar.text());
            case ENUM -> word(type, scalar);
            case INTEGER -> integer(type.raw(), scalar);
            case DECIMAL -> decimal(scalar);
            case BOOLEAN -> bool(scalar);
            default -> throw mismatch(type, scalar);
        };
    }

    /** The problem of a node that cannot be a value of the type. */
    static InvalidInputException mismatch(SpecType type, YamlNode node) {
        String allowed = ExpectedValue.in(type);
        String fix =
                switch (type.kind()) {
                    case LIST, SET ->
                        node instanceof YamlNode.Scalar scalar && isElement(type.element(), scalar)
                                ? "write [" + scalar.text() + "]"
                                : "write a list: [first, second]";
                    case RECORD -> "write {" + shortest(type.shape()) + "}";
                    case MAP -> "write {name: …}";
                    case TREE -> "write a mapping";
                    case FILE -> "write its name";
                    case SEALED -> "write it in one of these forms";
                    default -> "write one value";
                };
        return invalid(node, allowed, fix);
    }

    private static boolean isElement(SpecType element, YamlNode.Scalar scalar) {
        try {
            read(element, scalar);
            return true;
        } catch (InvalidInputException e) {
            return false;
        }
    }

    /** The keys that a mapping must have, or the first that it may have. */
    private static String shortest(RecordShape shape) {
        List<String> required = shape.components().stream()
                .filter(RecordShape.Component::required)
                .map(component -> component.key() + ": …")
                .toList();
        return required.isEmpty()
                ? shape.components().stream()
                        .limit(1)
                        .map(component -> component.key() + ": …")
                        .collect(Collectors.joining())
                : String.join(", ", required);
    }

    /** An integer of the core schema. */
    static BigInteger integer(String text) {
        if (text.startsWith("0o")) {
            return new BigInteger(text.substring(2), 8);
        }
        return text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
    }

    /** A decimal number of the core schema. */
    static double decimal(String text) {
        return switch (text.replaceFirst("^[-+]", "")) {
            case ".inf", ".Inf", ".INF" -> text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            case ".nan", ".NaN", ".NAN" -> Double.NaN;
            default -> Double.parseDouble(text);
        };
    }

    static boolean isInteger(YamlNode.Scalar scalar) {
        return scalar.kind() == YamlNode.Kind.INTEGER
                && INTEGER.matcher(scalar.text()).matches();
    }

    private static String text(YamlNode.Scalar scalar) {
        if (scalar.kind() == YamlNode.Kind.BOOLEAN) {
            throw invalid(scalar, "text", "write \"" + scalar.text() + "\" in quotes");
        }
        return scalar.text();
    }

    private static Object word(SpecType type, YamlNode.Scalar scalar) {
        Map<String, Enum<?>> words = EnumWords.of(type.raw());
        Enum<?> constant = words.get(scalar.text());
        if (constant == null) {
            throw invalid(
                    scalar, ExpectedValue.in(type), Suggestion.fix(scalar.text(), words.keySet(), "use one of these"));
        }
        return constant;
    }

    private static Object integer(Class<?> type, YamlNode.Scalar scalar) {
        if (!isInteger(scalar)) {
            throw invalid(scalar, "a whole number", integerFix(scalar.text()));
        }
        BigInteger value = integer(scalar.text());
        boolean isLong = type == long.class || type == Long.class;
        if (value.bitLength() >= (isLong ? Long.SIZE : Integer.SIZE)) {
            String range =
                    isLong ? Long.MIN_VALUE + " to " + Long.MAX_VALUE : Integer.MIN_VALUE + " to " + Integer.MAX_VALUE;
            throw invalid(scalar, "a whole number from " + range, "use a number in that range");
        }
        return isLong ? (Object) value.longValue() : (Object) value.intValue();
    }

    private static String integerFix(String text) {
        String digits = text.replaceAll("[_, ]", "").replaceFirst("\\.0+$", "");
        if (!INTEGER.matcher(digits).matches()) {
            return "write it in digits, such as 2";
        }
        return digits.equals(text) ? "write " + text + " without quotes" : "write " + digits;
    }

    private static Object decimal(YamlNode.Scalar scalar) {
        try {
            double value =
                    switch (scalar.kind()) {
                        case INTEGER -> integer(scalar.text()).doubleValue();
                        case DECIMAL -> decimal(scalar.text());
                        default -> Double.NaN;
                    };
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // By a tag such as !!float it is a number, by its text it is not: refused like any other text.
        }
        boolean quoted = scalar.text().matches("[-+]?[0-9]+(\\.[0-9]+)?");
        throw invalid(
                scalar, "a number", quoted ? "write " + scalar.text() + " without quotes" : "use a number such as 0.5");
    }

    private static Object bool(YamlNode.Scalar scalar) {
        String lower = scalar.text().toLowerCase(Locale.ROOT);
        boolean isBoolean = lower.equals("true") || lower.equals("false");
        if (scalar.kind() == YamlNode.Kind.BOOLEAN && isBoolean) {
            return lower.equals("true");
        }
        String fix = "use true or false";
        if (isBoolean) {
            fix = "write " + lower + " without quotes";
        } else if (YES.contains(lower)) {
            fix = "use true";
        } else if (NO.contains(lower)) {
            fix = "use false";
        }
        throw invalid(scalar, "true or false", fix);
    }

    private static InvalidInputException invalid(YamlNode node, String allowed, String fix) {
        return new InvalidInputException(new Problem(node.describe(), allowed, fix));
    }
}
