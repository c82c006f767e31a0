package dev.eksplatform.internal.yaml;

import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a file that could not be read, so that the record has a default or an example in their place. What a check
 * finds in them, or because of them, is not a problem of the file.
 */
public final class UnreadablePaths {

    private final List<PropertyPath> paths = new ArrayList<>();

    void add(PropertyPath path) {
        paths.add(path);
    }

    /**
     * Whether a property is such a part, lies in one, or contains one.
     *
     * @param property the property
     * @return true when some of its value is not that of the file
     */
    public boolean touches(PropertyPath property) {
        return paths.stream().anyMatch(path -> begins(path, property) || begins(property, path));
    }

    /**
     * Whether a property is such a part or lies in one.
     *
     * @param property the property
     * @return true when none of its value is that of the file
     */
    public boolean covers(PropertyPath property) {
        return paths.stream().anyMatch(path -> begins(property, path));
    }

    private static boolean begins(PropertyPath path, PropertyPath beginning) {
        int length = beginning.steps().size();
        return path.steps().size() >= length && path.steps().subList(0, length).equals(beginning.steps());
    }
}
