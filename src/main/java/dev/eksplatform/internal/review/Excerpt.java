package dev.eksplatform.internal.review;

import org.jspecify.annotations.Nullable;

/**
 * Two texts, shortened so that their first difference is still shown.
 *
 * @param before the text before; {@code null} when there is none
 * @param after the text after; {@code null} when there is none
 */
public record Excerpt(@Nullable String before, @Nullable String after) {

    /** What a shortened text begins with when its beginning was left out. */
    public static final String CUT = "…";

    /** Longer texts are cut at the end. */
    private static final int LONGEST = 1000;

    /** Texts up to here are shown whole by every output. */
    private static final int WHOLE = 600;

    /** A longer common beginning is left out, except for a few characters. */
    private static final int LONGEST_BEGINNING = 200;

    private static final int KEPT_BEGINNING = 60;

    /**
     * Shortens two texts.
     *
     * @param before the text before; {@code null} when there is none
     * @param after the text after; {@code null} when there is none
     * @return both from the same place on
     */
    public static Excerpt of(@Nullable String before, @Nullable String after) {
        int start = before == null || after == null ? 0 : start(before, after);
        return new Excerpt(before == null ? null : cut(before, start), after == null ? null : cut(after, start));
    }

    /** Where the excerpt begins: a little before the first difference, at the beginning of a line where one is near. */
    private static int start(String before, String after) {
        int shorter = Math.min(before.length(), after.length());
        int same = 0;
        while (same < shorter && before.charAt(same) == after.charAt(same)) {
            same++;
        }
        if (same <= LONGEST_BEGINNING || Math.max(before.length(), after.length()) <= WHOLE) {
            return 0;
        }
        int line = before.lastIndexOf('\n', same - 1) + 1;
        int start = line > 0 && same - line <= LONGEST_BEGINNING ? line : same - KEPT_BEGINNING;
        return Character.isLowSurrogate(before.charAt(start)) ? start - 1 : start;
    }

    private static String cut(String text, int start) {
        String beginning = start == 0 ? "" : text.charAt(start - 1) == '\n' ? CUT + "\n" : CUT;
        String rest = text.substring(start);
        if (rest.length() <= LONGEST) {
            return beginning + rest;
        }
        int end = Character.isHighSurrogate(rest.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return beginning + rest.substring(0, end) + "… (" + (rest.length() - end) + " more characters)";
    }

    /**
     * The beginning of a text, never half of a character.
     *
     * @param text the text
     * @param longest the most characters, including the mark that something was left out
     * @return the text itself when it is not longer
     */
    public static String shortened(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return text.substring(0, end) + "…";
    }
}
