package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.Masking;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.Secrets;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Change;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.Outcome;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.StackReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Masks secrets in a review, and keeps its own words and the names that it shows. */
final class MaskedReview {

    static final String WARNING =
            "A sensitive value is also a name or a word that this review shows: it is masked where it is"
                    + " the value of an attribute, and kept elsewhere. Choose another value if it is a secret; otherwise it need not be"
                    + " marked as sensitive.";

    private static final Pattern STEP = Pattern.compile("[.\\[\\]\"/ ]+");

    /** Texts that nobody chose: types of resources and ids of rules. */
    private final Set<String> types = new HashSet<>();

    private final Set<String> names = new HashSet<>();
    private final Set<String> values = new HashSet<>();

    private MaskedReview() {}

    /**
     * Masks a review.
     *
     * @param review the review
     * @param stacks the reviewed stacks
     * @param secrets their secrets
     * @return the review, with a warning where a secret is also a name or a word
     */
    static Review of(Review review, List<StackEvidence> stacks, Secrets secrets) {
        MaskedReview shown = new MaskedReview();
        shown.gather(review);
        Review masked = new Masking(secrets.distinctive(shown.types, shown.names)).masked(review);
        MaskedReview readable = new MaskedReview();
        readable.gather(masked);
        List<String> warned = stacks.stream()
                .filter(stack -> StackEvidence.secrets(List.of(stack)).equalsOneOf(readable::words))
                .map(StackEvidence::name)
                .toList();
        return warned.isEmpty()
                ? masked
                : masked.withStacks(masked.stacks().stream()
                        .map(stack -> warned.contains(stack.name()) ? warned(stack) : stack)
                        .toList());
    }

    private static StackReport warned(StackReport stack) {
        List<String> warnings = new ArrayList<>(stack.warnings());
        warnings.add(WARNING);
        return stack.withWarnings(List.copyOf(warnings));
    }

    private void gather(Review review) {
        review.groups().forEach(group -> {
            names.add(group.stack());
            names.add(group.part());
            group.changes().forEach(this::gather);
        });
        review.drifts().forEach(drift -> {
            types.add(ResourceChange.type(drift.address()));
            names.add(drift.address());
            drift.differences().forEach(this::gather);
        });
        review.findings().forEach(placed -> {
            Finding finding = placed.finding();
            types.add(finding.rule());
            types.add(ResourceChange.type(finding.address()));
            names.add(finding.stack());
            names.add(finding.address());
        });
        review.constructs().forEach(construct -> names.add(construct.construct()));
    }

    private void gather(Change change) {
        types.add(change.type());
        names.add(change.address());
        change.differences().forEach(this::gather);
    }

    private void gather(Difference difference) {
        names.add(difference.path());
        Stream.of(difference.before(), difference.after())
                .filter(value -> value != null)
                .forEach(values::add);
    }

    /** Everything that a short secret may be equal to; nothing when the review shows nothing. */
    private Stream<String> words() {
        if (values.isEmpty() && types.isEmpty() && names.isEmpty()) {
            return Stream.empty();
        }
        return Stream.of(
                        values.stream(),
                        types.stream(),
                        names.stream(),
                        names.stream().flatMap(STEP::splitAsStream),
                        Stream.of(Action.values()).map(action -> action.name().toLowerCase(Locale.ROOT)),
                        Stream.of(Outcome.values()).map(Outcome::word))
                .flatMap(words -> words);
    }
}
