package dev.eksplatform.internal.plan;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds many texts in bytes at once, in time that does not depend on how many they are. The longest one at a place is found.
 */
final class BytePatterns {

    private static final int FILTER_BITS = 20;

    private final int window;
    private final byte[][] patterns;
    private final Object[] values;
    /** For each pattern the longest other one that it begins with; -1 when there is none. */
    private final int[] shorter;
    /** The hashes of the first bytes: most places are decided by it. */
    private final BitSet beginnings = new BitSet(1 << FILTER_BITS);

    /** Takes what is found. */
    interface Found {

        /** Returns whether the search goes on behind it; otherwise it goes on at the next place. */
        boolean at(int from, int to, Object value);
    }

    /**
     * Prepares a search.
     *
     * @param values what each pattern is found for; shorter patterns than the window are left out
     * @param window the length of the shortest pattern, at most 8
     */
    BytePatterns(Map<byte[], ?> values, int window) {
        this.window = window;
        TreeMap<byte[], Object> sorted = new TreeMap<>(Arrays::compareUnsigned);
        values.forEach((pattern, value) -> {
            if (pattern.length >= window) {
                sorted.put(pattern, value);
            }
        });
        patterns = sorted.keySet().toArray(new byte[0][]);
        this.values = sorted.values().toArray();
        shorter = new int[patterns.length];
        for (int i = 0; i < patterns.length; i++) {
            shorter[i] = beginningOf(patterns[i], 0, i - 1);
            long key = 0;
            for (int k = 0; k < window; k++) {
                key = key << 8 | patterns[i][k] & 0xff;
            }
            beginnings.set(hash(key));
        }
    }

    private static int hash(long key) {
        return (int) (key * 0x9E3779B97F4A7C15L >>> 64 - FILTER_BITS);
    }

    boolean isEmpty() {
        return patterns.length == 0;
    }

    void find(byte[] text, Found found) {
        if (patterns.length == 0) {
            return;
        }
        long mask = window == 8 ? -1 : (1L << 8 * window) - 1;
        long key = 0;
        int free = 0;
        for (int end = 0; end < text.length; end++) {
            key = (key << 8 | text[end] & 0xff) & mask;
            int start = end + 1 - window;
            if (start < free || !beginnings.get(hash(key))) {
                continue;
            }
            int hit = beginningOf(text, start, last(text, start));
            while (hit >= 0) {
                if (found.at(start, start + patterns[hit].length, values[hit])) {
                    free = start + patterns[hit].length;
                    break;
                }
                hit = shorter[hit];
            }
        }
    }

    /** The last pattern that does not sort behind the text from a place on. */
    private int last(byte[] text, int start) {
        int low = 0;
        int high = patterns.length - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int limit = Math.min(text.length, start + patterns[middle].length);
            if (Arrays.compareUnsigned(patterns[middle], 0, patterns[middle].length, text, start, limit) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** The longest pattern that a text begins with, which is the last one before it or one that this begins with. */
    private int beginningOf(byte[] text, int start, int last) {
        int candidate = last;
        while (candidate >= 0) {
            byte[] pattern = patterns[candidate];
            int end = start + pattern.length;
            if (end <= text.length && Arrays.equals(pattern, 0, pattern.length, text, start, end)) {
                return candidate;
            }
            candidate = shorter[candidate];
        }
        return -1;
    }
}
