package dev.eksplatform.internal.review;

import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.PlacedFinding;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.review.facts.Reviewer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a change means, riskiest first; secrets are masked in every text of it.
 *
 * @param headline the change in one sentence
 * @param counts over all stacks
 * @param stacks the reviewed stacks
 * @param risks replacements, deletions and changes that a running platform feels
 * @param findings what guardrails found
 * @param access who may do more or less than now
 * @param ports what can be reached and what no longer
 * @param drifts what was changed outside of Terraform, apart from what is intended here
 * @param groups all changes by part
 * @param picture the parts of the platform
 * @param constructs the names of the resources told of, where they are known
 */
public record Review(
        String headline,
        Counts counts,
        List<StackReport> stacks,
        List<Risk> risks,
        List<PlacedFinding> findings,
        List<AccessChange> access,
        List<PortChange> ports,
        List<Drift> drifts,
        List<ChangeGroup> groups,
        PlatformGraph picture,
        List<ConstructName> constructs) {

    /**
     * Reviews a change.
     *
     * @param stacks the stacks, in the order of deployment
     * @param findings what guardrails found in them
     * @return the review
     */
    public static Review of(List<StackInput> stacks, List<Finding> findings) {
        return Reviewer.review(stacks, findings);
    }

    /**
     * Says whether there is anything to read.
     *
     * @return true when nothing changes, nothing drifted and no guardrail complains
     */
    public boolean isEmpty() {
        return !counts.any()
                && groups.isEmpty()
                && drifts.isEmpty()
                && open().isEmpty()
                && stacks.stream().allMatch(stack -> stack.warnings().isEmpty());
    }

    /**
     * The broken rules that nobody has waived.
     *
     * @return worst first
     */
    public List<PlacedFinding> open() {
        return findings.stream().filter(PlacedFinding::isOpen).toList();
    }

    /**
     * Whether an open finding belongs among the first things to read: it is about what the change touches, or severe.
     *
     * @param finding an open finding
     * @return false for what was found before and is of medium severity or less
     */
    public static boolean concerns(PlacedFinding finding) {
        return !finding.untouched() || finding.severity().atLeast(Severity.HIGH);
    }

    /**
     * The rules of which cannot be said before apply whether they hold. They do not stop a change: their resource may
     * well be right, and what is known after apply is judged in the next review.
     *
     * @return worst first, without those waived
     */
    public List<PlacedFinding> undecided() {
        return findings.stream()
                .filter(finding -> !finding.waived() && finding.undecided())
                .toList();
    }

    /**
     * The findings that are accepted for now.
     *
     * @return worst first
     */
    public List<PlacedFinding> waived() {
        return findings.stream().filter(PlacedFinding::waived).toList();
    }

    /**
     * How bad the worst open finding is.
     *
     * @return empty when there is none
     */
    public Optional<Severity> highestSeverity() {
        return open().stream().map(PlacedFinding::severity).min(Comparator.naturalOrder());
    }

    /**
     * How serious the change is as a whole: for its colour, not for a gate.
     *
     * @return critical when a plan must not be applied, else the worst of risks, open findings and new openings
     */
    public Severity seriousness() {
        if (stacks.stream().anyMatch(StackReport::errored)) {
            return Severity.CRITICAL;
        }
        boolean opening = ports.stream().anyMatch(port -> port.opened() && port.inbound() && port.world())
                || access.stream().anyMatch(change -> change.wide() && change.after() != null);
        return Stream.of(
                        risks.stream().map(Risk::severity),
                        highestSeverity().stream(),
                        opening ? Stream.of(Severity.MEDIUM) : Stream.<Severity>empty())
                .flatMap(severities -> severities)
                .min(Comparator.naturalOrder())
                .orElse(Severity.INFO);
    }

    /**
     * What a gate says.
     *
     * @param failOn the mildest severity that stops a change
     * @return true when an open finding is as bad or worse, and always when Terraform stopped planning half way
     */
    public boolean fails(Severity failOn) {
        if (stacks.stream().anyMatch(StackReport::errored)) {
            return true;
        }
        return highestSeverity().map(worst -> worst.atLeast(failOn)).orElse(false);
    }
}
