package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.PlacedFinding;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.Masking;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.Secrets;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Change;
import dev.eksplatform.internal.review.ConstructName;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.Drift;
import dev.eksplatform.internal.review.Outcome;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.StackReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Masks secrets in a review, and keeps its own words and the names that it shows. */
final class MaskedReview {

    static final String WARNING =
            "A sensitive value is also a name or a word that this review shows: it is masked where it is"
                    + " the value of an attribute, and kept elsewhere. Choose another value if it is a secret; otherwise it need not be"
                    + " marked as sensitive.";

    private static final Pattern STEP = Pattern.compile("[.\\[\\]\"/ ]+");

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
        Set<String> types = types(review).collect(Collectors.toSet());
        Set<String> names = names(review).collect(Collectors.toSet());
        Review masked = new Masking(secrets.distinctive(types, names)).masked(review);
        List<String> warned = stacks.stream()
                .filter(stack -> StackEvidence.secrets(List.of(stack)).equalsOneOf(() -> words(masked)))
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

    /** Texts that nobody chose: types of resources and ids of rules. */
    private static Stream<String> types(Review review) {
        return Stream.of(
                        changes(review).map(Change::type),
                        review.drifts().stream().map(drift -> ResourceChange.type(drift.address())),
                        findings(review).map(Finding::rule),
                        findings(review).map(finding -> ResourceChange.type(finding.address())))
                .flatMap(types -> types);
    }

    private static Stream<String> names(Review review) {
        return Stream.of(
                        review.groups().stream().flatMap(group -> Stream.of(group.stack(), group.part())),
                        changes(review).map(Change::address),
                        review.drifts().stream().map(Drift::address),
                        differences(review).map(Difference::path),
                        findings(review).flatMap(finding -> Stream.of(finding.stack(), finding.address())),
                        review.constructs().stream().map(ConstructName::construct))
                .flatMap(names -> names);
    }

    /** Everything that a short secret may be equal to; nothing when the review shows nothing. */
    private static Stream<String> words(Review review) {
        if (types(review).findAny().isEmpty() && names(review).findAny().isEmpty()) {
            return Stream.empty();
        }
        return Stream.of(
                        Stream.of(Action.values()).map(action -> action.name().toLowerCase(Locale.ROOT)),
                        Stream.of(Outcome.values()).map(Outcome::word),
                        types(review).distinct(),
                        names(review)
                                .distinct()
                                .flatMap(name -> Stream.concat(Stream.of(name), STEP.splitAsStream(name))),
                        differences(review).flatMap(difference -> Stream.of(difference.before(), difference.after())
                                .filter(Objects::nonNull)))
                .flatMap(words -> words);
    }

    private static Stream<Change> changes(Review review) {
        return review.groups().stream().flatMap(group -> group.changes().stream());
    }

    private static Stream<Difference> differences(Review review) {
        return Stream.concat(
                changes(review).flatMap(change -> change.differences().stream()),
                review.drifts().stream().flatMap(drift -> drift.differences().stream()));
    }

    private static Stream<Finding> findings(Review review) {
        return review.findings().stream().map(PlacedFinding::finding);
    }
}
