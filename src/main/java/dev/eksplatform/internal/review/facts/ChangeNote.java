package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.ImmutableField;
import dev.eksplatform.internal.plan.ImmutableFields;
import dev.eksplatform.internal.plan.PredictedChanges;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.review.Change.Effect;
import dev.eksplatform.internal.review.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What there is to know about a change besides its differences.
 *
 * @param effect the effect of the change
 * @param text the note; empty when there is nothing to add
 */
record ChangeNote(Effect effect, String text) {

    static ChangeNote of(ResourceChange change, List<Difference> differences) {
        if (change.deposed().isPresent()) {
            return new ChangeNote(
                    Effect.ON_DEPOSED,
                    "the deposed object " + change.deposed().get()
                            + ", left over from a replacement that failed part-way");
        }
        List<String> notes = new ArrayList<>();
        String refused = change.action() == Action.UPDATE
                ? ImmutableFields.changed(change.type(), change.before(), change.after(), change.unknown()).stream()
                        .map(ImmutableField::field)
                        .collect(Collectors.joining(", "))
                : "";
        if (!refused.isEmpty()) {
            notes.add("Kubernetes refuses this: " + refused + " cannot change");
        }
        if (change.action().replaces()) {
            reason(change.reason().orElse(""), notes);
        }
        Effect effect = refused.isEmpty() ? Effect.USUAL : Effect.REFUSED;
        boolean unexplained = differences.isEmpty() && notes.isEmpty();
        if (unexplained && (change.action() == Action.UPDATE || change.action().replaces())) {
            if (onlyMarks(change)) {
                notes.add("only the marks of sensitive values change");
            } else if (change.unknown().any()) {
                notes.add("only values that are known after apply");
            } else {
                effect = Effect.NONE;
                notes.add("no effect: the same, written another way");
            }
        }
        return new ChangeNote(effect, String.join("; ", notes));
    }

    private static void reason(String reason, List<String> notes) {
        switch (reason) {
            case PredictedChanges.TRIGGERED -> notes.add("by replace_triggered_by");
            case "replace_because_tainted" -> notes.add("it is tainted");
            case "replace_by_request" -> notes.add("by -replace");
            default -> {}
        }
    }

    private static boolean onlyMarks(ResourceChange change) {
        return change.before().equals(change.after())
                && !change.unknown().any()
                && !change.sensitiveBefore().equals(change.sensitiveAfter());
    }
}
