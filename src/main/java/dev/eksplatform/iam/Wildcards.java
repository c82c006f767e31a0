package dev.eksplatform.iam;

import java.util.function.IntPredicate;
import org.apiguardian.api.API;

/** Texts with {@code *} for any characters and {@code ?} for one, as in IAM actions and file names. */
@API(status = API.Status.INTERNAL)
public final class Wildcards {

    private Wildcards() {}

    /** Whether the element of a pattern at one index matches the element of a text at another. */
    @FunctionalInterface
    public interface Element {
        boolean matches(int inPattern, int inText);
    }

    /**
     * Whether a pattern matches the whole of a text.
     *
     * @param pattern the pattern, case-sensitive
     * @param text the text
     * @return true when it does
     */
    public static boolean match(String pattern, String text) {
        return match(
                pattern.length(),
                text.length(),
                p -> pattern.charAt(p) == '*',
                (p, t) -> pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t));
    }

    /**
     * Whether a pattern matches the whole of a text, by their elements. Linear for usual patterns: only the last {@code *}
     * is retried.
     *
     * @param patternLength the number of elements of the pattern
     * @param textLength the number of elements of the text
     * @param isStar whether an element of the pattern is a {@code *}
     * @param element compares any other element of the pattern with one of the text
     * @return true when it does
     */
    public static boolean match(int patternLength, int textLength, IntPredicate isStar, Element element) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < textLength) {
            if (p < patternLength && isStar.test(p)) {
                star = p++;
                resume = t;
            } else if (p < patternLength && element.matches(p, t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < patternLength && isStar.test(p)) {
            p++;
        }
        return p == patternLength;
    }
}
