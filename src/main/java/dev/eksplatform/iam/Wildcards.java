package dev.eksplatform.iam;

import org.apiguardian.api.API;

/** Texts with {@code *} for any characters and {@code ?} for one, as in IAM actions and file names. */
@API(status = API.Status.INTERNAL)
public final class Wildcards {

    private Wildcards() {}

    /**
     * Whether a pattern matches the whole of a text. Linear for usual patterns: only the last {@code *} is retried.
     *
     * @param pattern the pattern, case-sensitive
     * @param text the text
     * @return true when it does
     */
    public static boolean match(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
