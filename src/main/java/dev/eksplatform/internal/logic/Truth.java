package dev.eksplatform.internal.logic;

import java.util.function.Function;

/** Kleene's three truth values, in rising order: what holds whatever the unknown values turn out to be. */
public enum Truth {
    FALSE,
    UNKNOWN,
    TRUE;

    public static Truth of(boolean known) {
        return known ? TRUE : FALSE;
    }

    public Truth and(Truth other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public Truth or(Truth other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public Truth not() {
        return this == UNKNOWN ? UNKNOWN : of(this == FALSE);
    }

    /** Whether a test holds for at least one element. Elements after the first that is TRUE are not tested. */
    public static <T> Truth any(Iterable<T> all, Function<T, Truth> test) {
        Truth result = FALSE;
        for (T one : all) {
            result = result.or(test.apply(one));
            if (result == TRUE) {
                break;
            }
        }
        return result;
    }

    /** Whether a test holds for every element. Elements after the first that is FALSE are not tested. */
    public static <T> Truth all(Iterable<T> all, Function<T, Truth> test) {
        return any(all, one -> test.apply(one).not()).not();
    }
}
