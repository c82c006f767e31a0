package dev.eksplatform.internal.kubernetes;

import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a plain YAML scalar means to Kubernetes and Helm. They read YAML through {@code sigs.k8s.io/yaml}, which
 * resolves it as YAML 1.1 with some of 1.2: {@code yes}, {@code no}, {@code on}, {@code off}, {@code y} and {@code n} are
 * booleans, {@code 0644} and {@code 0o644} are octal, {@code 0x1F} and {@code 0b101} are numbers, and {@code 1_000} is
 * 1000; but numbers to the base of 60 ({@code 22:30}) and dates stay strings, unlike in YAML 1.1.
 */
public final class YamlScalar {

    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> NOT_JSON = Set.of(
            ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF");
    private static final Pattern INTEGER =
            Pattern.compile("([+-]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(64);
    private static final BigInteger SMALLEST = BigInteger.valueOf(Long.MIN_VALUE);

    private YamlScalar() {}

    /**
     * Infinity and not-a-number, which have no JSON form.
     *
     * @param plain a plain scalar
     * @return true for these
     */
    public static boolean isNotJson(String plain) {
        return NOT_JSON.contains(plain);
    }

    /**
     * YAML's null.
     *
     * @param plain a plain scalar
     * @return true for an empty text, {@code ~} and {@code null}
     */
    public static boolean isNull(String plain) {
        return NULL.contains(plain);
    }

    /**
     * What a plain scalar is.
     *
     * @param plain the scalar
     * @return a Boolean, Long, BigInteger, Double or String; null for YAML's null
     */
    public static @Nullable Object resolve(String plain) {
        if (isNull(plain)) {
            return null;
        }
        if (TRUE.contains(plain)) {
            return true;
        }
        if (FALSE.contains(plain)) {
            return false;
        }
        char first = plain.charAt(0);
        if (first != '+' && first != '-' && first != '.' && !Character.isDigit(first)) {
            return plain;
        }
        String number = plain.replace("_", "");
        Object integer = integer(number);
        if (integer != null) {
            return integer;
        }
        if (FLOAT.matcher(number).matches()) {
            double value = Double.parseDouble(number);
            if (!Double.isInfinite(value)) {
                return value;
            }
        }
        return plain;
    }

    private static @Nullable Object integer(String number) {
        var matcher = INTEGER.matcher(number);
        if (!matcher.matches()) {
            return null;
        }
        int[] radix = {16, 2, 8, 10};
        for (int group = 2; group <= 5; group++) {
            String digits = matcher.group(group);
            if (digits != null) {
                BigInteger value = new BigInteger(matcher.group(1) + digits, radix[group - 2]);
                boolean fits = value.compareTo(LARGEST) < 0 && value.compareTo(SMALLEST) >= 0;
                return !fits ? null : value.bitLength() < 64 ? (Object) value.longValue() : value;
            }
        }
        return null;
    }
}
