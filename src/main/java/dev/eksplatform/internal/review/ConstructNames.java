package dev.eksplatform.internal.review;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Looks up the names of resources. */
public final class ConstructNames {

    private final Map<String, ConstructName> byResource = new HashMap<>();

    public ConstructNames(Collection<ConstructName> names) {
        names.forEach(name -> byResource.put(key(name.stack(), name.address()), name));
    }

    private static String key(String stack, String address) {
        return stack + "\n" + address;
    }

    public Optional<ConstructName> of(String stack, String address) {
        return Optional.ofNullable(byResource.get(key(stack, address)));
    }

    /** The construct's name; the address where that is not known. */
    public String name(String stack, String address) {
        return of(stack, address).map(ConstructName::construct).orElse(address);
    }
}
