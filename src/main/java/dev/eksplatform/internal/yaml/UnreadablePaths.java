package dev.eksplatform.internal.yaml;

import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a file that have problems of their own, so that the record has something else in their place. What a check
 * finds in them, or because of them, is no finding about the file.
 */
public final class UnreadablePaths {

    private final List<PropertyPath> paths = new ArrayList<>();

    void add(PropertyPath path) {
        paths.add(path);
    }

    /** Says whether a property is such a part, lies in one, or holds one. */
    public boolean touches(PropertyPath property) {
        return paths.stream().anyMatch(path -> begins(path, property) || begins(property, path));
    }

    /** Says whether a property is such a part or lies in one. */
    public boolean covers(PropertyPath property) {
        return paths.stream().anyMatch(path -> begins(property, path));
    }

    private static boolean begins(PropertyPath path, PropertyPath beginning) {
        int length = beginning.steps().size();
        return path.steps().size() >= length && path.steps().subList(0, length).equals(beginning.steps());
    }
}
