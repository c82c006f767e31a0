package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.ImmutableField;
import dev.eksplatform.internal.plan.ImmutableFields;
import dev.eksplatform.internal.plan.PredictedChanges;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.ValueMarks;
import dev.eksplatform.internal.review.Change;
import dev.eksplatform.internal.review.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What there is to know of a change beside its differences. */
public final class ChangeNote {

    private static final String DEPOSED = "the deposed object ";
    private static final String REFUSED = "Kubernetes refuses this: ";
    private static final String NO_EFFECT = "no effect: the same, written another way";

    private ChangeNote() {}

    static String of(ResourceChange change, List<Difference> differences) {
        if (change.deposed().isPresent()) {
            return DEPOSED + change.deposed().get() + ", left over from a replacement that failed half way";
        }
        List<String> notes = new ArrayList<>();
        String refused = refused(change).stream().map(ImmutableField::field).collect(Collectors.joining(", "));
        if (!refused.isEmpty()) {
            notes.add(REFUSED + refused + " cannot change");
        }
        if (change.action().replaces()) {
            reason(change.reason().orElse(""), notes);
        }
        boolean silent = differences.isEmpty() && notes.isEmpty();
        if (silent && (change.action() == Action.UPDATE || change.action().replaces())) {
            notes.add(
                    onlyMarks(change)
                            ? "only what is marked as sensitive changes"
                            : change.unknown().any() ? "only what is decided during apply" : NO_EFFECT);
        }
        return String.join("; ", notes);
    }

    /** Whether nothing but text changes. */
    static boolean isWithoutEffect(Change change) {
        return change.note().equals(NO_EFFECT);
    }

    /** Whether it is about an object that a replacement left over, not about the live one. */
    static boolean isDeposed(Change change) {
        return change.note().startsWith(DEPOSED);
    }

    /** Whether the API server will refuse the change. */
    static boolean isRefused(Change change) {
        return change.note().startsWith(REFUSED);
    }

    /** The fields for which the API server refuses an update in place. */
    public static List<ImmutableField> refused(ResourceChange change) {
        return change.action() == Action.UPDATE
                ? ImmutableFields.changed(change.type(), change.before(), change.after(), change.unknown())
                : List.of();
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
                && !same(change.sensitiveBefore(), change.sensitiveAfter());
    }

    private static boolean same(ValueMarks one, ValueMarks other) {
        return one.toString().equals(other.toString());
    }
}
