package dev.eksplatform.internal.release;

import dev.eksplatform.internal.logic.Truth;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kubernetes minor versions that something supports: {@code 33..36}, {@code 36}, or {@code 25..} for all from 1.25 on. A
 * question mark says that nothing is known beyond an end: {@code 33..36?}, {@code ?35..36?}.
 *
 * @param from the oldest
 * @param to the newest
 * @param openBelow whether older ones may be supported, too
 * @param openAbove whether newer ones may be supported, too
 */
record MinorRange(int from, int to, boolean openBelow, boolean openAbove) {

    private static final Pattern FORM = Pattern.compile("(\\?)?(\\d+)(\\.\\.(\\d+)?)?(\\?)?");

    static MinorRange parse(String text) {
        Matcher range = FORM.matcher(text);
        if (!range.matches()) {
            throw new IllegalStateException("not a range of minor versions: " + text);
        }
        int from = Integer.parseInt(range.group(2));
        int to = range.group(3) == null
                ? from
                : range.group(4) == null ? Integer.MAX_VALUE : Integer.parseInt(range.group(4));
        return new MinorRange(from, to, range.group(1) != null, range.group(5) != null);
    }

    Truth contains(int minor) {
        if (minor < from) {
            return openBelow ? Truth.UNKNOWN : Truth.FALSE;
        }
        return minor <= to ? Truth.TRUE : openAbove ? Truth.UNKNOWN : Truth.FALSE;
    }
}
