package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.BeforeAfter;
import dev.eksplatform.internal.plan.ImmutableField;
import dev.eksplatform.internal.plan.ImmutableFields;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.review.Change.Effect;
import dev.eksplatform.internal.review.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What there is to know about a change besides its differences.
 *
 * @param effect the effect of the change
 * @param text the note; empty when there is nothing to add
 */
record ChangeNote(Effect effect, String text) {

    /** The version of a value that is in no plan, see <a
     * href="https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only">write-only arguments</a>. */
    private static final Pattern WRITE_ONLY = Pattern.compile("(\\w+_wo)_version");

    static ChangeNote of(ResourceChange change, List<Difference> differences) {
        List<String> notes = new ArrayList<>();
        if (change.deposed().isPresent()) {
            notes.add("the deposed object " + change.deposed().get()
                    + ", left over from a replacement that failed part-way");
            Reasons.of(change).ifPresent(notes::add);
            return new ChangeNote(Effect.ON_DEPOSED, String.join("; ", notes));
        }
        String refused = change.action() == Action.UPDATE
                ? ImmutableFields.changed(change.type(), change.before(), change.after(), change.unknown()).stream()
                        .map(ImmutableField::field)
                        .collect(Collectors.joining(", "))
                : "";
        if (!refused.isEmpty()) {
            notes.add("Kubernetes refuses this: " + refused + " cannot change");
        }
        Reasons.of(change).ifPresent(notes::add);
        if (change.importing().isPresent() && change.action().destroys()) {
            notes.add("this destroys the imported object");
        }
        if (change.generatesConfiguration()) {
            notes.add("Terraform generates its configuration");
        }
        if (change.changesIdentity()) {
            notes.add("its identity changes");
        }
        for (Difference difference : differences) {
            Matcher writeOnly = WRITE_ONLY.matcher(difference.path());
            if (writeOnly.matches()) {
                notes.add("writes the write-only " + writeOnly.group(1));
            }
        }
        Effect effect = refused.isEmpty() ? Effect.USUAL : Effect.REFUSED;
        String marks = SensitivityChanges.of(new BeforeAfter(
                change.before(), change.after(), change.unknown(), change.sensitiveBefore(), change.sensitiveAfter()));
        boolean unexplained = differences.isEmpty() && notes.isEmpty();
        if (unexplained && (change.action() == Action.UPDATE || change.action().replaces())) {
            if (!marks.isEmpty()) {
                notes.add(marks);
            } else if (change.unknown().any()) {
                notes.add("only values that are known after apply");
            } else if (change.action() == Action.UPDATE) {
                effect = Effect.NONE;
                notes.add("no effect: the same, written another way");
            }
        } else if (change.action() == Action.UPDATE && !marks.isEmpty()) {
            notes.add(marks);
        }
        return new ChangeNote(effect, String.join("; ", notes));
    }
}
