package dev.eksplatform.stack;

import dev.eksplatform.problem.Place;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where each construct of a stack came from: a property of the environment, or a place in a file. */
final class Origins {

    private final Map<String, Place> byPath = new TreeMap<>();

    /** Remembers where a construct and those inside it came from. */
    void add(String constructPath, Place origin) {
        byPath.put(constructPath, origin);
    }

    /**
     * Where a construct came from.
     *
     * @param constructPath its path, such as {@code shop-infrastructure/node-groups/general/role}
     * @return the origin of the nearest construct that has one
     */
    Optional<Place> of(String constructPath) {
        String path = constructPath;
        while (true) {
            Place origin = byPath.get(path);
            if (origin != null) {
                return Optional.of(origin);
            }
            int slash = path.lastIndexOf('/');
            if (slash < 0) {
                return Optional.empty();
            }
            path = path.substring(0, slash);
        }
    }
}
