package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** 64 bits for a value, the same for equal values: of 80,000 others, two have the same by chance in one of 10^9 plans. */
final class Fingerprint {

    private static final long START = 0xcbf29ce484222325L;

    private Fingerprint() {}

    static long of(String type, JsonNode value) {
        return add(add(START, type), value);
    }

    private static long add(long hash, JsonNode value) {
        long sum = mixed(hash, value.getNodeType().ordinal());
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                sum = add(add(sum, entry.getKey()), entry.getValue());
            }
        } else if (value.isArray()) {
            for (JsonNode element : value) {
                sum = add(sum, element);
            }
        } else {
            return add(sum, value.asText());
        }
        return mixed(sum, -1);
    }

    static long of(String text) {
        return add(START, text);
    }

    /** Four characters at a time. */
    private static long add(long hash, String text) {
        int length = text.length();
        long sum = mixed(hash, length);
        int i = 0;
        for (; i + 3 < length; i += 4) {
            sum = mixed(
                    sum,
                    (long) text.charAt(i) << 48
                            | (long) text.charAt(i + 1) << 32
                            | (long) text.charAt(i + 2) << 16
                            | text.charAt(i + 3));
        }
        for (; i < length; i++) {
            sum = mixed(sum, text.charAt(i));
        }
        return sum;
    }

    private static long mixed(long hash, long next) {
        long mixed = (hash ^ next) * 0x9e3779b97f4a7c15L;
        return mixed ^ mixed >>> 29;
    }
}
