package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.problem.SourcePosition;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says which arguments of a change come from {@code overrides} of the environment, not from the platform. */
final class OverrideNote {

    private OverrideNote() {}

    /**
     * Adds to the note of a change.
     *
     * @param note the note; empty for none
     * @param differences what differs
     * @param overrides the position of each override of the resource, by argument
     * @return the note with the overrides that are created or differ
     */
    static String addTo(
            String note, ResourceChange change, List<Difference> differences, Map<String, SourcePosition> overrides) {
        String set = overrides.entrySet().stream()
                .filter(override -> change.action() == Action.CREATE
                        || change.action().replaces()
                        || differences.stream().anyMatch(difference -> difference.isWithin(override.getKey())))
                .map(override -> override.getKey() + " (" + override.getValue() + ")")
                .collect(Collectors.joining(", "));
        if (set.isEmpty()) {
            return note;
        }
        return (note.isEmpty() ? "" : note + "; ") + "set by overrides: " + set;
    }
}
