package dev.eksplatform.internal.guardrail;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.Function;

/**
 * What was read last: several rules ask for one policy after the other, and for what it was before the change.
 *
 * @param <K> from what it is read
 * @param <V> what is read
 */
final class Recent<K, V> {

    private static final int MOST = 4;

    private final Deque<Map.Entry<K, V>> entries = new ArrayDeque<>();

    V get(K key, Function<K, V> reader) {
        for (Map.Entry<K, V> entry : entries) {
            if (entry.getKey().equals(key)) {
                return entry.getValue();
            }
        }
        V value = reader.apply(key);
        if (entries.size() == MOST) {
            entries.removeLast();
        }
        entries.addFirst(Map.entry(key, value));
        return value;
    }
}
