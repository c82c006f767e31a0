package dev.eksplatform.environment;

import dev.eksplatform.internal.yaml.UnreadablePaths;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import java.util.stream.Stream;

/**
 * Collects what checks across the parts of an environment find. Each check names the parts that it reads; when one of them
 * could not be read from the file, what the check finds only follows from that, and is dropped.
 *
 * @param unreadable the parts that could not be read
 * @param problems what was found in parts that could be read
 */
record CrossChecks(UnreadablePaths unreadable, Problems problems) {

    CrossChecks(UnreadablePaths unreadable) {
        this(unreadable, new Problems());
    }

    /** Where a check adds its problems when it reads these parts, whatever is wrong inside of them. */
    Problems reading(PropertyPath... parts) {
        return Stream.of(parts).anyMatch(unreadable::covers) ? new Problems() : problems;
    }

    /** The same for a check that also reads every value inside of this part, such as all add-ons. */
    CrossChecks readingAll(String part) {
        return unreadable.touches(PropertyPath.of(part)) ? new CrossChecks(unreadable) : this;
    }

    /** What was found, apart from problems at properties that could not be read themselves. */
    List<Problem> found() {
        return problems.found().stream().filter(this::isReadable).toList();
    }

    private boolean isReadable(Problem problem) {
        PropertyPath path = problem.place() instanceof Place.InSpec spec ? spec.path() : PropertyPath.ROOT;
        // A problem of a whole part, such as a cluster without nodes, is there whatever is wrong inside of it.
        return path.steps().size() == 1 ? !unreadable.covers(path) : !unreadable.touches(path);
    }
}
