package dev.eksplatform.internal.kubernetes;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of a resource in canonical form, as the Kubernetes API server answers it: {@code 1000m} is {@code 1},
 * {@code 0.5} is {@code 500m}, {@code 1024Mi} is {@code 1Gi} and {@code 0.1Gi} is {@code 107374182400m}.
 *
 * <p>The rules are those of {@code k8s.io/apimachinery/pkg/api/resource}: no precision is lost, no fraction is written,
 * the suffix is as large as possible and of the family in which the amount was written; amounts finer than a nano are
 * rounded away from zero; an amount with a binary suffix is capped at 2<sup>63</sup>-1, and one below 1024 is written
 * in decimal.
 *
 * @param text the canonical form
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/">Quantity</a>
 */
public record Quantity(String text) {

    private static final Pattern FORM =
            Pattern.compile("([+-]?)(\\d+\\.?\\d*|\\.\\d+)([KMGTPE]i|[numkMGTPE]?|[eE][+-]?\\d+)");
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final int NANO = 9;
    private static final int LARGEST_EXPONENT = 18;
    private static final BigInteger KIBI = BigInteger.valueOf(1024);
    private static final BigDecimal LARGEST_BINARY = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal DECIMAL_BELOW = BigDecimal.valueOf(1024);

    /**
     * Parses an amount.
     *
     * @param written the amount as written, such as {@code 0.5}, {@code 1500m}, {@code 1e3} or {@code 1.5Gi}
     * @return the amount in canonical form
     * @throws InvalidInputException when it is not an amount, or has an exponent beyond {@code E} that the API server
     *     would lose
     */
    public static Quantity parse(String written) {
        Matcher matcher = FORM.matcher(written);
        if (!matcher.matches()) {
            throw new InvalidInputException(new Problem(
                    "\"" + written + "\" is not a quantity",
                    "a number, with a suffix n, u, m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei or an exponent such as e3",
                    "write it like 500m, 0.5, 128Mi or 1Gi"));
        }
        String suffix = matcher.group(3);
        BigDecimal number = new BigDecimal(matcher.group(1) + trimmed(matcher.group(2)));
        if (suffix.endsWith("i")) {
            return new Quantity(binary(number.multiply(new BigDecimal(KIBI.pow(BINARY.indexOf(suffix))))));
        }
        boolean exponent = suffix.length() > 1;
        int power = exponent ? power(written, suffix) : 3 * (DECIMAL.indexOf(suffix) - 3);
        return new Quantity(decimal(rounded(number.scaleByPowerOfTen(power)), exponent, written));
    }

    /**
     * The amount as a number, for sums and comparisons.
     *
     * @return the number of units
     */
    public BigDecimal value() {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalStateException(text);
        }
        String suffix = matcher.group(3);
        BigDecimal number = new BigDecimal(matcher.group(1) + matcher.group(2));
        if (suffix.endsWith("i")) {
            return number.multiply(new BigDecimal(KIBI.pow(BINARY.indexOf(suffix))));
        }
        int power = suffix.length() > 1 ? power(text, suffix) : 3 * (DECIMAL.indexOf(suffix) - 3);
        return number.scaleByPowerOfTen(power);
    }

    private static String trimmed(String number) {
        return number.endsWith(".") ? number.substring(0, number.length() - 1) : number;
    }

    private static int power(String written, String suffix) {
        String digits = suffix.substring(1);
        if (digits.length() > 4) {
            throw tooLarge(written);
        }
        return Integer.parseInt(digits);
    }

    private static BigDecimal rounded(BigDecimal value) {
        return value.scale() > NANO ? value.setScale(NANO, RoundingMode.UP) : value;
    }

    private static String binary(BigDecimal exact) {
        BigDecimal value = rounded(exact);
        if (value.abs().compareTo(LARGEST_BINARY) > 0) {
            value = value.signum() < 0 ? LARGEST_BINARY.negate() : LARGEST_BINARY;
        }
        boolean whole = value.stripTrailingZeros().scale() <= 0;
        if (!whole || value.abs().compareTo(DECIMAL_BELOW) < 0) {
            return decimal(value, false, value.toPlainString());
        }
        BigInteger mantissa = value.toBigIntegerExact();
        int suffix = 0;
        while (mantissa.mod(KIBI).signum() == 0) {
            mantissa = mantissa.divide(KIBI);
            suffix++;
        }
        return mantissa + BINARY.get(suffix);
    }

    private static String decimal(BigDecimal value, boolean exponent, String written) {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal shortest = value.stripTrailingZeros();
        int power = Math.floorDiv(-shortest.scale(), 3) * 3;
        BigInteger mantissa = shortest.scaleByPowerOfTen(-power).toBigIntegerExact();
        if (exponent) {
            return power == 0 ? mantissa.toString() : mantissa + "e" + power;
        }
        if (power > LARGEST_EXPONENT) {
            throw tooLarge(written);
        }
        return mantissa + DECIMAL.get(power / 3 + 3);
    }

    private static InvalidInputException tooLarge(String written) {
        return new InvalidInputException(new Problem(
                "\"" + written + "\" is too large for a quantity", "amounts below 1000E", "use a smaller amount"));
    }
}
