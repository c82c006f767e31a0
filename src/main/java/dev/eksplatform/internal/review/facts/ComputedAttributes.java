package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.yaml.Binder;
import java.util.Set;

/** Attributes that change by themselves: {@code computed-attributes.yaml}. */
record ComputedAttributes(Set<String> anywhere, Set<String> topLevel) {

    private static final ComputedAttributes TABLE =
            Binder.ofProgram(ComputedAttributes.class, "computed-attributes.yaml");

    /** Whether a property changes by itself, wherever it is. */
    static boolean contain(String name) {
        return TABLE.anywhere.contains(name);
    }

    /** Whether an attribute of a resource is decided by the provider; for resources whose configuration is not known. */
    static boolean ofResource(String attribute) {
        return TABLE.topLevel.contains(attribute) || contain(attribute);
    }
}
