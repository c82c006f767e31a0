package dev.eksplatform.internal.guardrail;

import dev.cel.runtime.CelUnknownSet;
import dev.eksplatform.internal.logic.Truth;
import dev.eksplatform.internal.plan.PlainSecrets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks for secrets in values that anybody can read. */
final class SecretSearch {

    private SecretSearch() {}

    /** Whether a value holds a secret; unknown when a value in it is unknown and no other one is a secret. */
    static Truth holdsSecret(Object value) {
        if (value instanceof CelUnknownSet) {
            return Truth.UNKNOWN;
        }
        return value instanceof ConfigValue block ? search("", block) : Truth.of(PlainSecrets.inText(value.toString()));
    }

    /** Whether one of several values holds a secret; of texts such as arguments, whether they do together. */
    static Truth holdsSecret(List<?> values) {
        boolean texts = values.stream().allMatch(String.class::isInstance);
        boolean together = texts
                && PlainSecrets.inText(values.stream().map(Object::toString).collect(Collectors.joining(" ")));
        return Truth.of(together).or(Truth.any(values, SecretSearch::holdsSecret));
    }

    private static Truth search(String name, ConfigValue part) {
        if (part.isLeftToProvider()) {
            return Truth.FALSE;
        }
        if (part.isUnknown()) {
            return Truth.UNKNOWN;
        }
        if (part.node().isObject()) {
            return object(part);
        }
        if (part.node().isArray()) {
            return Truth.any(part.elements(), element -> search(name, element));
        }
        boolean scalar = part.node().isTextual() || part.node().isNumber();
        return Truth.of(scalar && PlainSecrets.isSecret(name, part.node().asText()));
    }

    /** The properties of an object; {@code {name: DB_PASSWORD, value: …}} is a property, too, whose type is chosen by the provider. */
    private static Truth object(ConfigValue object) {
        ConfigValue name = object.at("name");
        boolean named = name.node().isTextual() && !name.isUnknown();
        Set<String> keys = new LinkedHashSet<>(object.keys());
        keys.addAll(object.marks().parts().keySet());
        if (named) {
            keys.remove("type");
        }
        return Truth.any(keys, key -> {
            boolean ofName = named && key.equals("value");
            return search(ofName ? name.node().textValue() : key, object.child(key));
        });
    }
}
