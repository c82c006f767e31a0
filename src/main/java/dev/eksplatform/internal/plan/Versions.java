package dev.eksplatform.internal.plan;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The order of versions, such as those of charts, add-ons, providers and Kubernetes: numbers by value, and a pre-release before
 * its release.
 *
 * @see <a href="https://semver.org/#spec-item-11">Semantic Versioning: precedence</a>
 */
public final class Versions {

    private static final Pattern VERSION = Pattern.compile("[vV]?(\\d+(?:\\.\\d+)*)(?:-([0-9A-Za-z.-]+))?(?:\\+.*)?");

    /** Between the numbers and the words of a version. */
    private static final Pattern PART = Pattern.compile("[._-]");

    private Versions() {}

    /**
     * Whether another version is older; false when one of them is not a version. Versions with words in them, such as {@code
     * 8.0.mysql_aurora.3.04.1} and {@code OpenSearch_2.11}, are compared where the words are the same.
     */
    public static boolean isDowngrade(String before, String after) {
        Matcher old = VERSION.matcher(before);
        Matcher young = VERSION.matcher(after);
        if (!old.matches() || !young.matches()) {
            return isOlderWithWords(PART.split(before), PART.split(after));
        }
        int numbers = compare(old.group(1), young.group(1));
        return numbers != 0 ? numbers > 0 : compareSuffixes(old.group(2), young.group(2)) > 0;
    }

    /** Whether a text is one version. */
    public static boolean isVersion(String text) {
        return VERSION.matcher(text).matches();
    }

    private static boolean isOlderWithWords(String[] before, String[] after) {
        for (int i = 0; i < Math.min(before.length, after.length); i++) {
            boolean numbers = before[i].matches("\\d+") && after[i].matches("\\d+");
            int order = numbers ? new BigInteger(before[i]).compareTo(new BigInteger(after[i])) : 0;
            if (order != 0 || !numbers && !before[i].equals(after[i])) {
                return order > 0;
            }
        }
        return false;
    }

    /** Whether another version is more than one minor version newer; false when one of them is not a version. */
    public static boolean skipsMinor(String before, String after) {
        Matcher old = VERSION.matcher(before);
        Matcher young = VERSION.matcher(after);
        if (!old.matches() || !young.matches()) {
            return false;
        }
        List<BigInteger> a = numbers(old.group(1) + ".0");
        List<BigInteger> b = numbers(young.group(1) + ".0");
        return a.get(0).equals(b.get(0)) && b.get(1).subtract(a.get(1)).compareTo(BigInteger.ONE) > 0;
    }

    /** What becomes of a version: {@code is upgraded}, {@code is downgraded}, or {@code changes} when one is not a version. */
    public static String verb(String before, String after) {
        return !isVersion(before) || !isVersion(after)
                ? "changes"
                : isDowngrade(before, after) ? "is downgraded" : "is upgraded";
    }

    private static int compare(String one, String other) {
        List<BigInteger> a = numbers(one);
        List<BigInteger> b = numbers(other);
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            int order =
                    (i < a.size() ? a.get(i) : BigInteger.ZERO).compareTo(i < b.size() ? b.get(i) : BigInteger.ZERO);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static List<BigInteger> numbers(String text) {
        List<BigInteger> numbers = new ArrayList<>();
        for (String number : text.split("\\.", -1)) {
            numbers.add(new BigInteger(number));
        }
        return numbers;
    }

    /** Part by part: numbers by value and before words; what an add-on calls {@code eksbuild.2} is newer than its first build. */
    private static int compareSuffixes(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return one == null ? (other == null ? 0 : 1) : -1;
        }
        String[] a = one.split("\\.", -1);
        String[] b = other.split("\\.", -1);
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            boolean numbers = a[i].matches("\\d+") && b[i].matches("\\d+");
            int order = numbers
                    ? new BigInteger(a[i]).compareTo(new BigInteger(b[i]))
                    : a[i].matches("\\d+") ? -1 : b[i].matches("\\d+") ? 1 : a[i].compareTo(b[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.length, b.length);
    }
}
