package dev.eksplatform.iam.evaluation;

import java.util.function.Function;

/** Kleene's three truth values, in rising order. */
enum Truth {
    FALSE,
    UNKNOWN,
    TRUE;

    static Truth of(boolean known) {
        return known ? TRUE : FALSE;
    }

    Truth and(Truth other) {
        return compareTo(other) <= 0 ? this : other;
    }

    Truth or(Truth other) {
        return compareTo(other) >= 0 ? this : other;
    }

    Truth not() {
        return this == UNKNOWN ? UNKNOWN : of(this == FALSE);
    }

    static <T> Truth any(Iterable<T> all, Function<T, Truth> test) {
        Truth result = FALSE;
        for (T one : all) {
            result = result.or(test.apply(one));
        }
        return result;
    }

    static <T> Truth all(Iterable<T> all, Function<T, Truth> test) {
        Truth result = TRUE;
        for (T one : all) {
            result = result.and(test.apply(one));
        }
        return result;
    }
}
