package dev.eksplatform.stack;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which property of the environment, or place in a file, each construct of a stack came from. */
final class Origins {

    private final Map<String, String> byPath = new TreeMap<>();

    /** Remembers that a construct and those inside it came from a property. */
    void add(String constructPath, String origin) {
        byPath.put(constructPath, origin);
    }

    /**
     * Where a construct came from.
     *
     * @param constructPath its path, such as {@code shop-infrastructure/node-groups/general/role}
     * @return the origin of the nearest construct that has one
     */
    public Optional<String> of(String constructPath) {
        String path = constructPath;
        while (true) {
            String origin = byPath.get(path);
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
