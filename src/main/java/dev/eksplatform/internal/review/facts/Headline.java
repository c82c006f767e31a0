package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.PlacedFinding;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.Check;
import dev.eksplatform.internal.review.AccessChange;
import dev.eksplatform.internal.review.Change;
import dev.eksplatform.internal.review.ChangeGroup;
import dev.eksplatform.internal.review.ConstructNames;
import dev.eksplatform.internal.review.Counts;
import dev.eksplatform.internal.review.Drift;
import dev.eksplatform.internal.review.Outcome;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.Risk;
import dev.eksplatform.internal.review.RiskGroup;
import dev.eksplatform.internal.review.StackReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A change in one sentence. */
public final class Headline {

    private final Review review;
    private final Counts counts;

    private Headline(Review review) {
        this.review = review;
        this.counts = review.counts();
    }

    static String of(Review review, boolean providersChange) {
        return review.stacks().stream().anyMatch(StackReport::errored)
                ? "Do not apply: planning failed part-way."
                : new Headline(review).sentences(providersChange);
    }

    private String sentences(boolean providersChange) {
        List<String> sentences = new ArrayList<>();
        if (!review.stacks().stream().allMatch(StackReport::applyable)) {
            sentences.add("Do not apply: Terraform marks this plan as one that cannot be applied.");
        }
        String checks = review.stacks().stream()
                .flatMap(stack -> stack.checks().stream())
                .map(Check::address)
                .distinct()
                .collect(Collectors.joining(", "));
        if (!checks.isEmpty()) {
            sentences.add("Failed checks: " + checks + ".");
        }
        ConstructNames constructs = new ConstructNames(review.constructs());
        risks(constructs, sentences);
        findings(constructs, sentences);
        review.ports().stream()
                .filter(port -> port.opened() && port.inbound() && port.world())
                .findFirst()
                .ifPresent(
                        port -> sentences.add("Opens " + port.ports() + " of " + port.target() + " to the internet."));
        access(sentences);
        sentences.add(what(providersChange));
        long left = review.drifts().stream()
                .filter(drift -> drift.fate() == Drift.Fate.KEPT)
                .map(drift -> List.of(drift.stack(), drift.address()))
                .distinct()
                .count();
        if (left > 0) {
            sentences.add("Changed outside of Terraform and kept: " + resources(left) + ".");
        }
        return String.join(" ", sentences);
    }

    /** The worst access that somebody gains; others of the same severity are counted. */
    private void access(List<String> sentences) {
        List<AccessChange> severe =
                review.access().stream().filter(AccessChange::isSevere).toList();
        if (severe.isEmpty()) {
            return;
        }
        AccessChange worst = severe.get(0);
        long more = severe.stream()
                        .filter(change -> change.severity() == worst.severity())
                        .count()
                - 1;
        sentences.add("Lets " + worst.who() + " " + worst.after()
                + (more == 0
                        ? "."
                        : ", and " + more + (more == 1 ? " more access change" : " more access changes")
                                + " as severe."));
    }

    private void risks(ConstructNames constructs, List<String> sentences) {
        List<RiskGroup> groups = RiskGroup.of(review.risks());
        groups.stream()
                .filter(group -> group.first().severity().atLeast(Severity.MEDIUM))
                .findFirst()
                .ifPresent(group -> {
                    Risk risk = group.first();
                    String what =
                            group.risks().size() == 1 ? constructs.name(risk.stack(), risk.address()) : group.what();
                    sentences.add(verb(risk.action()) + " " + what + ": " + risk.summary() + ".");
                    more(
                            "risk",
                            groups.stream().skip(1).map(other -> other.first().severity()),
                            sentences);
                });
    }

    /** The severe findings that this change causes and no risk reports. */
    private void findings(ConstructNames constructs, List<String> sentences) {
        List<Finding> severe = review.unreported().stream()
                .map(PlacedFinding::finding)
                .filter(finding -> !finding.unchanged() && finding.severity().atLeast(Severity.HIGH))
                .toList();
        severe.stream().findFirst().ifPresent(finding -> {
            sentences.add(
                    "Violates " + finding.rule() + ": " + constructs.name(finding.stack(), finding.address()) + ".");
            more("finding", severe.stream().skip(1).map(Finding::severity), sentences);
        });
    }

    private static void more(String what, Stream<Severity> others, List<String> sentences) {
        Map<Severity, Long> counts = others.filter(severity -> severity.atLeast(Severity.HIGH))
                .collect(Collectors.groupingBy(severity -> severity, TreeMap::new, Collectors.counting()));
        if (!counts.isEmpty()) {
            long all = counts.values().stream().mapToLong(Long::longValue).sum();
            String words = counts.size() == 1
                    ? counts.keySet().iterator().next().word()
                    : counts.entrySet().stream()
                            .map(count ->
                                    count.getValue() + " " + count.getKey().word())
                            .collect(Collectors.joining(", "));
            sentences.add(all + " more " + what + (all == 1 ? " is " : "s are ")
                    + (counts.size() == 1 ? "" : "severe: ") + words + ".");
        }
    }

    private String what(boolean providersChange) {
        if (counts.any()) {
            return hasNoEffect() ? noEffect() : onlyUndone() ? undone() : changes();
        }
        if (has(ChangeGroup.OUTPUTS)) {
            return "Only outputs change.";
        }
        if (review.stacks().isEmpty()) {
            return "No changes of the configuration; nothing was planned.";
        }
        if (!review.stacks().stream().allMatch(StackReport::complete)) {
            return "No known changes; the review is not complete.";
        }
        return providersChange
                ? "Only versions of providers change."
                : has(ChangeGroup.READS) ? "Nothing changes; apply only reads." : "No changes.";
    }

    private boolean has(String part) {
        return review.groups().stream().anyMatch(group -> group.part().equals(part));
    }

    private boolean hasNoEffect() {
        return counts.number(Outcome.UNDONE) == 0 && number(Change.Effect.NONE) == changesInGroups();
    }

    private long changesInGroups() {
        return review.groups().stream()
                .mapToLong(group -> group.changes().size())
                .sum();
    }

    private int number(Change.Effect effect) {
        return (int) review.groups().stream()
                .flatMap(group -> group.changes().stream())
                .filter(change -> change.effect() == effect)
                .count();
    }

    private String noEffect() {
        int updated = counts.number(Outcome.UPDATED);
        return "No effect: " + resources(updated)
                + (updated == 1 ? " is updated to what it already is." : " are updated to what they already are.");
    }

    private boolean onlyUndone() {
        return !has(ChangeGroup.OUTPUTS)
                && counts.numbers().keySet().stream()
                        .allMatch(outcome ->
                                outcome == Outcome.UNDONE || outcome == Outcome.UNCHANGED || outcome == Outcome.READ);
    }

    private String undone() {
        return "Undoes what was changed outside of Terraform in " + resources(counts.number(Outcome.UNDONE))
                + "; nothing else changes.";
    }

    /** Updates that Kubernetes refuses and the deletion of deposed objects are counted separately. */
    private String changes() {
        int refused = number(Change.Effect.REFUSED);
        int deposed = deposed(Action.DELETE);
        int forgotten = deposed(Action.FORGET);
        Counts others = counts.without(Outcome.UPDATED, refused)
                .without(Outcome.DELETED, deposed)
                .without(Outcome.FORGOTTEN, forgotten);
        List<String> words = new ArrayList<>();
        if (refused > 0) {
            words.add(refused + " refused by Kubernetes");
        }
        if (others.any()) {
            words.add(others.toString());
        }
        if (deposed > 0) {
            words.add(deposedObjects(deposed) + " deleted");
        }
        if (forgotten > 0) {
            words.add(deposedObjects(forgotten) + " forgotten");
        }
        boolean harmful =
                others.number(Outcome.REPLACED) + others.number(Outcome.DELETED) + others.number(Outcome.FORGOTTEN) > 0;
        String nothing = others.number(Outcome.INVOKED) > 0 ? "no resource" : deposed == 0 ? "nothing" : "nothing else";
        String harmless = "; " + nothing + " is replaced or deleted";
        return capital(String.join(", ", words)) + (harmful ? "" : harmless) + ".";
    }

    private int deposed(Action action) {
        return (int) review.groups().stream()
                .flatMap(group -> group.changes().stream())
                .filter(change -> change.effect() == Change.Effect.ON_DEPOSED && change.action() == action)
                .count();
    }

    private static String deposedObjects(int number) {
        return number + (number == 1 ? " deposed object" : " deposed objects");
    }

    private static String verb(Action action) {
        return switch (action) {
            case DELETE -> "Deletes";
            case CREATE -> "Creates";
            case FORGET -> "Forgets";
            case INVOKE -> "Invokes";
            default -> action.replaces() ? "Replaces" : "Changes";
        };
    }

    private static String resources(long number) {
        return number == 1 ? "1 resource" : number + " resources";
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
