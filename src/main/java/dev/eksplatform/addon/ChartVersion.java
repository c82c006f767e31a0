package dev.eksplatform.addon;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One version of a Helm chart, never a range: what was reviewed is what gets installed.
 *
 * @param text as the chart's repository writes it, with or without a leading {@code v}
 * @param major the first number
 * @param minor the second number
 * @param patch the third number
 */
@Example("1.8.2")
public record ChartVersion(String text, int major, int minor, int patch) {

    private static final String PATTERN = "^v?(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})([-+][0-9A-Za-z.+-]+)?$";
    private static final Pattern VERSION = Pattern.compile(PATTERN);

    /**
     * Reads a version.
     *
     * @param text three numbers, such as {@code 1.8.2} or {@code v1.21.2}
     * @return the version
     * @throws InvalidInputException when it is not one version
     */
    @ScalarFactory(pattern = PATTERN)
    public static ChartVersion parse(String text) {
        Matcher matcher = VERSION.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidInputException(new Problem(
                    "\"" + text + "\" is not a chart version",
                    "one version of three numbers, no range",
                    "write it like 1.8.2"));
        }
        return new ChartVersion(
                text,
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    /** Whether this is the given minor version or a newer one. */
    boolean isAtLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || major == otherMajor && minor >= otherMinor;
    }

    /** The version without a leading {@code v}. */
    String number() {
        return text.startsWith("v") ? text.substring(1) : text;
    }

    @Override
    public String toString() {
        return text;
    }
}
