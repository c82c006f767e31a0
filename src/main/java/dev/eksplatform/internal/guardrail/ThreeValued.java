package dev.eksplatform.internal.guardrail;

import dev.cel.runtime.CelUnknownSet;
import java.util.List;

/**
 * Equality and membership over values that may be unknown inside a list. CEL's own compare an unknown element as an
 * ordinary, different one and would answer false where the answer is open.
 */
final class ThreeValued {

    private ThreeValued() {}

    static Object equal(Object left, Object right) {
        if (left instanceof CelUnknownSet || right instanceof CelUnknownSet) {
            return ConfigValue.UNKNOWN;
        }
        if (left instanceof Number a && right instanceof Number b) {
            return a.doubleValue() == b.doubleValue();
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            return equalLists(a, b);
        }
        if (left instanceof ConfigValue a && right instanceof ConfigValue b) {
            return a.sameAs(b);
        }
        return left.equals(right);
    }

    private static Object equalLists(List<?> left, List<?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        boolean open = false;
        for (int i = 0; i < left.size(); i++) {
            Object same = equal(left.get(i), right.get(i));
            if (Boolean.FALSE.equals(same)) {
                return false;
            }
            open |= same instanceof CelUnknownSet;
        }
        return open ? ConfigValue.UNKNOWN : (Object) true;
    }

    static Object different(Object left, Object right) {
        Object same = equal(left, right);
        return same instanceof Boolean known ? !known : same;
    }

    static Object in(Object element, List<?> list) {
        boolean open = false;
        for (Object candidate : list) {
            Object same = equal(candidate, element);
            if (Boolean.TRUE.equals(same)) {
                return true;
            }
            open |= same instanceof CelUnknownSet;
        }
        return open ? ConfigValue.UNKNOWN : (Object) false;
    }
}
