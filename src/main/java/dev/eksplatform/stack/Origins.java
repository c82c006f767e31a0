package dev.eksplatform.stack;

import dev.eksplatform.problem.Place;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where each construct of a stack came from: a property of the environment, or a place in a file. */
final class Origins {

    private static final char ATTRIBUTE = '#';

    private final Map<String, Place> byPath = new TreeMap<>();

    /** The path of an attribute of a resource, for one that comes from another property than the resource. */
    static String attribute(String constructPath, String attribute) {
        return constructPath + ATTRIBUTE + attribute;
    }

    /** Remembers where a construct and those inside it came from. */
    void add(String constructPath, Place origin) {
        byPath.put(constructPath, origin);
    }

    /**
     * Where a construct came from.
     *
     * @param constructPath its path, such as {@code shop-infrastructure/node-groups/general/role}, or that of an {@link
     *     #attribute}
     * @return the origin of the nearest construct that has one
     */
    Optional<Place> of(String constructPath) {
        String path = constructPath;
        while (true) {
            Place origin = byPath.get(path);
            if (origin != null) {
                return Optional.of(origin);
            }
            int end = Math.max(path.indexOf(ATTRIBUTE), path.lastIndexOf('/'));
            if (end < 0) {
                return Optional.empty();
            }
            path = path.substring(0, end);
        }
    }
}
