package dev.eksplatform.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant, for "did you mean" in an error. */
public final class Suggestion {

    /** Shorter ones stand in many words by chance. */
    private static final int FEWEST_LETTERS = 4;

    private Suggestion() {}

    /**
     * The fix of an unknown name.
     *
     * @param written the unknown name
     * @param allowed the known names
     * @param otherwise the fix when none of them is near
     * @return such as {@code did you mean irsa?}
     */
    public static String fix(String written, Collection<String> allowed, String otherwise) {
        return nearest(written, allowed).map(Suggestion::didYouMean).orElse(otherwise);
    }

    /**
     * The fix that proposes a name.
     *
     * @param name the name that was probably meant
     * @return such as {@code did you mean irsa?}
     */
    public static String didYouMean(String name) {
        return "did you mean " + name + "?";
    }

    /**
     * The allowed name nearest to what was written.
     *
     * @param written the unknown name
     * @param allowed the known names
     * @return the nearest by edit distance when it is near enough to be a likely slip (a third of its length, at least
     *     one), ties broken by alphabet; else the only one that holds it, or that it holds; empty when nothing is near
     */
    public static Optional<String> nearest(String written, Collection<String> allowed) {
        String lower = written.toLowerCase(Locale.ROOT);
        return allowed.stream()
                .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= Math.max(1, name.length() / 3))
                .min(Comparator.comparingInt((String name) -> distance(lower, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .or(() -> onlyOneAround(lower, allowed));
    }

    private static Optional<String> onlyOneAround(String written, Collection<String> allowed) {
        List<String> around = allowed.stream()
                .filter(name -> Math.min(name.length(), written.length()) >= FEWEST_LETTERS)
                .filter(name -> name.toLowerCase(Locale.ROOT).contains(written)
                        || written.contains(name.toLowerCase(Locale.ROOT)))
                .toList();
        return around.size() == 1 ? Optional.of(around.get(0)) : Optional.empty();
    }

    /** Damerau-Levenshtein (optimal string alignment): two swapped letters are one slip. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
