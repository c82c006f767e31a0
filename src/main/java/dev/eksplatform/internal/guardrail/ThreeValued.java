package dev.eksplatform.internal.guardrail;

import dev.cel.runtime.CelUnknownSet;
import dev.eksplatform.internal.logic.Truth;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Three-valued answers for CEL. Its own equality and membership compare an unknown element as an ordinary, different one
 * and would answer false where the answer depends on that element.
 */
final class ThreeValued {

    private ThreeValued() {}

    /** The value of an answer in CEL: true, false or unknown. */
    static Object toCel(Truth truth) {
        return truth == Truth.UNKNOWN ? ConfigValue.UNKNOWN : (Object) (truth == Truth.TRUE);
    }

    static Truth equal(Object left, Object right) {
        if (left instanceof CelUnknownSet || right instanceof CelUnknownSet) {
            return Truth.UNKNOWN;
        }
        if (left instanceof Number a && right instanceof Number b) {
            return Truth.of(a.doubleValue() == b.doubleValue());
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            return Truth.of(a.size() == b.size())
                    .and(Truth.all(
                            IntStream.range(0, Math.min(a.size(), b.size()))
                                    .boxed()
                                    .toList(),
                            i -> equal(a.get(i), b.get(i))));
        }
        if (left instanceof ConfigValue a && right instanceof ConfigValue b) {
            return a.sameAs(b);
        }
        return Truth.of(left.equals(right));
    }

    static Truth in(Object element, List<?> list) {
        return Truth.any(list, candidate -> equal(candidate, element));
    }
}
