package dev.eksplatform.internal.review.facts;

import dev.eksplatform.iam.Wildcards;
import java.util.BitSet;

/** Patterns with {@code *} and {@code ?}, compared with each other. */
final class Globs {

    private static final int PARTS_OF_ARN = 6;

    private Globs() {}

    /** Whether everything that matches one pattern matches the other; false when that is not certain. */
    static boolean covers(String wide, String narrow) {
        return Wildcards.match(
                wide.length(),
                narrow.length(),
                p -> wide.charAt(p) == '*',
                (p, t) -> wide.charAt(p) == '?' ? narrow.charAt(t) != '*' : wide.charAt(p) == narrow.charAt(t));
    }

    /** The same for patterns of ARNs, in which a wildcard does not cross a colon before the resource. */
    static boolean coversArn(String wide, String narrow) {
        if (wide.equals(narrow) || wide.equals("*")) {
            return true;
        }
        boolean arn = wide.startsWith("arn:");
        if (arn != narrow.startsWith("arn:")) {
            return false;
        }
        if (!arn) {
            return covers(wide, narrow);
        }
        String[] one = wide.split(":", PARTS_OF_ARN);
        String[] other = narrow.split(":", PARTS_OF_ARN);
        if (one.length < PARTS_OF_ARN || other.length < PARTS_OF_ARN) {
            return false;
        }
        for (int i = 0; i < PARTS_OF_ARN; i++) {
            if (!covers(one[i], other[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether some text matches both patterns. */
    static boolean meet(String one, String other) {
        // reachable[j]: the first i characters of one and the first j of other can match the same text
        BitSet reachable = new BitSet();
        reachable.set(0);
        for (int j = 0; j < other.length() && other.charAt(j) == '*'; j++) {
            reachable.set(j + 1);
        }
        for (int i = 0; i < one.length(); i++) {
            char c = one.charAt(i);
            BitSet next = new BitSet();
            for (int j = 0; j <= other.length(); j++) {
                boolean here = c == '*'
                        ? reachable.get(j) || j > 0 && next.get(j - 1)
                        : j > 0
                                && (other.charAt(j - 1) == '*'
                                        ? reachable.get(j) || next.get(j - 1)
                                        : reachable.get(j - 1) && same(c, other.charAt(j - 1)));
                next.set(j, here);
            }
            reachable = next;
        }
        return reachable.get(other.length());
    }

    private static boolean same(char one, char other) {
        return one == other || one == '?' || other == '?';
    }
}
