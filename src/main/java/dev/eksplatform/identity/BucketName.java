package dev.eksplatform.identity;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of an S3 bucket. Source: <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">bucket naming rules</a>.
 *
 * @param value 3 to 63 lower case letters, digits, dots and hyphens
 */
@Example("shop-reports")
public record BucketName(String value) implements Comparable<BucketName> {

    private static final String PATTERN = "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$";
    private static final Pattern NAME = Pattern.compile(PATTERN);

    /** Checks the name. */
    public BucketName {
        if (!NAME.matcher(value).matches() || value.contains("..")) {
            String lower = value.toLowerCase(Locale.ROOT);
            throw new InvalidInputException(new Problem(
                    "\"" + value + "\" is not a bucket name",
                    "3 to 63 lower case letters, digits, dots and hyphens",
                    NAME.matcher(lower).matches() && !lower.contains("..")
                            ? "did you mean \"" + lower + "\"?"
                            : "choose another name"));
        }
    }

    /**
     * Reads a bucket's name.
     *
     * @param text the name
     * @return the bucket
     * @throws InvalidInputException when S3 does not support the name
     */
    @ScalarFactory(pattern = PATTERN)
    public static BucketName parse(String text) {
        return new BucketName(text);
    }

    @Override
    public int compareTo(BucketName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
