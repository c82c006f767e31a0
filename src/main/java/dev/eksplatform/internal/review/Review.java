package dev.eksplatform.internal.review;

import dev.eksplatform.internal.apply.ReviewBinding;
import dev.eksplatform.internal.guardrail.PlacedFinding;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.Published;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a change means for the running platform, riskiest first; secrets are masked in every text of it.
 *
 * @param headline the change in one sentence
 * @param counts the outcomes over all stacks
 * @param stacks the reviewed stacks
 * @param risks changes with a consequence for the running platform
 * @param findings the findings of guardrails
 * @param access principals that gain, lose or change access
 * @param ports connections that become possible or impossible
 * @param drifts changes outside of Terraform, except those that this change intends
 * @param groups all changes by part
 * @param picture the platform as it is drawn
 * @param constructs the names of the resources in the review, where they are known
 * @param about where it comes from, and its verdict; {@code null} until it is known
 */
public record Review(
        @Published String headline,
        Counts counts,
        List<StackReport> stacks,
        List<Risk> risks,
        List<PlacedFinding> findings,
        List<AccessChange> access,
        List<PortChange> ports,
        List<Drift> drifts,
        List<ChangeGroup> groups,
        PlatformPicture picture,
        List<ConstructName> constructs,
        @Nullable About about) {

    /**
     * Adds the headline.
     *
     * @param text the change in one sentence
     * @return a copy
     */
    public Review withHeadline(String text) {
        return new Review(
                text, counts, stacks, risks, findings, access, ports, drifts, groups, picture, constructs, about);
    }

    /**
     * Replaces the reports of stacks.
     *
     * @param reports the reports
     * @return a copy
     */
    public Review withStacks(List<StackReport> reports) {
        return new Review(
                headline, counts, reports, risks, findings, access, ports, drifts, groups, picture, constructs, about);
    }

    /**
     * Binds the stacks to their plans and configurations.
     *
     * @param bindings binding by stack; a stack without one stays unbound
     * @return a copy
     */
    public Review boundTo(Map<String, ReviewBinding> bindings) {
        return withStacks(stacks.stream()
                .map(stack -> stack.boundTo(bindings.get(stack.name())))
                .toList());
    }

    /**
     * Adds where the review comes from, and its verdict.
     *
     * @param version the version of eks-platform
     * @param commit the reviewed commit; {@code null} when it is not given
     * @param planned when Terraform created the plan; {@code null} when it is not known
     * @param run the address of the run; {@code null} when it is not given
     * @param gate what fails the change
     * @return a copy
     */
    public Review concluded(
            String version, @Nullable String commit, @Nullable String planned, @Nullable String run, Gate gate) {
        return new Review(
                headline,
                counts,
                stacks,
                risks,
                findings,
                access,
                ports,
                drifts,
                groups,
                picture,
                constructs,
                new About(version, commit, planned, run, gate, gate.reasons(this)));
    }

    /**
     * Says whether the change does anything that is worth a comment.
     *
     * @return false when nothing changes, or what is updated is so already, and no finding is caused by it
     */
    public boolean hasEffect() {
        return stacks.stream().anyMatch(stack -> stack.fails() || !stack.complete())
                || counts.number(Outcome.UNDONE) > 0
                || groups.stream()
                        .flatMap(group -> group.changes().stream())
                        .anyMatch(change -> change.action() != Action.READ && change.effect() != Change.Effect.NONE)
                || open().stream().anyMatch(placed -> !placed.finding().unchanged());
    }

    /**
     * Says whether there is anything to read.
     *
     * @return true when nothing changes, nothing drifted and there is no open finding
     */
    public boolean isEmpty() {
        return !counts.any()
                && groups.isEmpty()
                && drifts.isEmpty()
                && open().isEmpty()
                && stacks.stream()
                        .allMatch(stack -> stack.complete()
                                && !stack.fails()
                                && stack.warnings().isEmpty());
    }

    /**
     * The violated rules that are not waived.
     *
     * @return worst first
     */
    public List<PlacedFinding> open() {
        return findings.stream().filter(placed -> placed.finding().isOpen()).toList();
    }

    /**
     * The open findings that no risk, access change or port change reports already.
     *
     * @return worst first
     */
    public List<PlacedFinding> unreported() {
        Set<List<String>> reported = new HashSet<>();
        risks.forEach(risk -> risk.rules().forEach(rule -> reported.add(List.of(risk.stack(), risk.address(), rule))));
        access.forEach(one -> one.rules().forEach(rule -> reported.add(List.of(one.stack(), one.address(), rule))));
        ports.forEach(one -> one.rules().forEach(rule -> reported.add(List.of(one.stack(), one.address(), rule))));
        return open().stream()
                .filter(placed -> !reported.contains(List.of(
                        placed.finding().stack(),
                        placed.finding().address(),
                        placed.finding().rule())))
                .toList();
    }

    /**
     * Says whether an open finding is among the first things to read.
     *
     * @param finding an open finding
     * @return false when the change does not cause it and its severity is medium or less
     */
    public static boolean concerns(PlacedFinding finding) {
        return !finding.finding().unchanged() || finding.finding().severity().atLeast(Severity.HIGH);
    }

    /**
     * Says whether an open finding is among the first things to read although the change does not cause it.
     *
     * @param finding a finding
     * @return false when it is waived or undecided, too
     */
    public static boolean isExistingConcern(PlacedFinding finding) {
        return finding.finding().isOpen() && finding.finding().unchanged() && concerns(finding);
    }

    /**
     * The rules that cannot be decided before apply. They do not stop a change: what is known after apply is evaluated in the
     * next review.
     *
     * @return worst first, without those waived
     */
    public List<PlacedFinding> undecided() {
        return findings.stream()
                .filter(placed ->
                        !placed.finding().isWaived() && placed.finding().isUndecided())
                .toList();
    }

    /**
     * The waived findings.
     *
     * @return worst first
     */
    public List<PlacedFinding> waived() {
        return findings.stream().filter(placed -> placed.finding().isWaived()).toList();
    }

    /**
     * The severity of the worst open finding.
     *
     * @return empty when there is none
     */
    public Optional<Severity> highestSeverity() {
        return open().stream().map(placed -> placed.finding().severity()).min(Comparator.naturalOrder());
    }

    /**
     * The severity of the change as a whole: for its colour, not for a gate.
     *
     * @return critical when a plan must not be applied or a check failed, else the worst of risks, open findings and new openings
     */
    public Severity seriousness() {
        if (stacks.stream().anyMatch(StackReport::fails)) {
            return Severity.CRITICAL;
        }
        boolean opening = ports.stream().anyMatch(port -> port.opened() && port.inbound() && port.world());
        return Stream.of(
                        risks.stream().map(Risk::severity),
                        access.stream().filter(AccessChange::isSevere).map(AccessChange::severity),
                        highestSeverity().stream(),
                        opening ? Stream.of(Severity.MEDIUM) : Stream.<Severity>empty())
                .flatMap(severities -> severities)
                .min(Comparator.naturalOrder())
                .orElse(Severity.INFO);
    }
}
