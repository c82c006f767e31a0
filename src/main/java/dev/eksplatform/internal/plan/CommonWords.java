package dev.eksplatform.internal.plan;

import java.util.regex.Pattern;

/**
 * Distinguishes what people and programs use as words and names ({@code update}, {@code aws_iam_role}, {@code
 * shop-platform}, {@code 5432}) from what looks random, as a generated secret does.
 */
final class CommonWords {

    private static final int LONGEST = 64;

    /** Letters of one case, or words of which some are capitalized. */
    private static final String WORD =
            "(?:[A-Z]{0,4}+[a-z]{2,}+(?:[A-Z]{1,4}+[a-z]{2,}+)*+[A-Z]{0,4}+|[a-z]+|[A-Z]+)[0-9]{0,2}";

    private static final Pattern WORDS =
            Pattern.compile("(?:" + WORD + "|[0-9]{1,5})(?:[-_./: ,=@]{1,2}(?:" + WORD + "|[0-9]{1,5}))*+");

    private static final Pattern TWO_WORDS =
            Pattern.compile(".*[A-Za-z][0-9]*[^A-Za-z0-9]+(?:.*[^A-Za-z0-9])?[A-Za-z].*");

    private CommonWords() {}

    /** Whether a text consists of words and short numbers only. */
    static boolean isCommon(String text) {
        return text.length() <= LONGEST && WORDS.matcher(text).matches();
    }

    /** Whether it is a name of several words, which is in no sentence by chance. */
    static boolean areName(String text) {
        return text.length() >= 8
                && text.indexOf(' ') < 0
                && TWO_WORDS.matcher(text).matches();
    }
}
