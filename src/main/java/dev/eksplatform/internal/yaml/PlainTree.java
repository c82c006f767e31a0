package dev.eksplatform.internal.yaml;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Free YAML, such as Helm values: String, Boolean, Long (BigInteger beyond it), Double, List and Map by the core schema
 * of YAML 1.2, {@code null} for nothing. Keys are text as written, as in JSON.
 */
public final class PlainTree {

    private PlainTree() {}

    public static @Nullable Object of(YamlNode node) {
        if (node instanceof YamlNode.Mapping mapping) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            mapping.entries().forEach((key, entry) -> values.put(key, of(entry.value())));
            return Collections.unmodifiableMap(values);
        } else if (node instanceof YamlNode.Sequence sequence) {
            List<@Nullable Object> values = new ArrayList<>();
            sequence.items().forEach(item -> values.add(of(item)));
            return Collections.unmodifiableList(values);
        }
        return node instanceof YamlNode.Tagged tagged ? of(tagged.value()) : scalar((YamlNode.Scalar) node);
    }

    private static @Nullable Object scalar(YamlNode.Scalar scalar) {
        return switch (scalar.kind()) {
            case NOTHING -> null;
            case BOOLEAN -> scalar.text().equalsIgnoreCase("true");
            case INTEGER -> ScalarReader.isInteger(scalar) ? whole(scalar.text()) : scalar.text();
            case DECIMAL -> decimal(scalar.text());
            case TEXT -> scalar.text();
        };
    }

    private static Object whole(String text) {
        BigInteger value = ScalarReader.integer(text);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private static Object decimal(String text) {
        try {
            return ScalarReader.decimal(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }
}
