package dev.eksplatform.internal.review;

import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a change must not have to pass.
 *
 * @param failOn the lowest severity of a finding of this change that fails it
 * @param failOnAll the lowest severity of any finding that fails it, also of one that existed before; {@code null} when
 *     findings that existed before do not fail it
 * @param failOnRisk the lowest severity of a risk that fails it; {@code null} when risks do not fail it
 */
public record Gate(
        Severity failOn,
        @Nullable Severity failOnAll,
        @Nullable Severity failOnRisk) {

    /**
     * Fails on findings of the change only.
     *
     * @param severity the lowest severity
     * @return the gate
     */
    public static Gate on(Severity severity) {
        return new Gate(severity, null, null);
    }

    /**
     * Says whether a finding fails the change.
     *
     * @param finding the finding
     * @return false when it is waived or undecided, too
     */
    public boolean failsOn(Finding finding) {
        boolean all = failOnAll != null && finding.severity().atLeast(failOnAll);
        boolean ofChange = !finding.unchanged() && finding.severity().atLeast(failOn);
        return finding.isOpen() && (all || ofChange);
    }

    /**
     * Says whether a risk fails the change.
     *
     * @param risk the risk
     * @return false without {@code failOnRisk}
     */
    public boolean failsOn(Risk risk) {
        return failOnRisk != null && risk.severity().atLeast(failOnRisk);
    }

    /**
     * Why a change does not pass.
     *
     * @param review the change
     * @return a clause for each reason; empty when it passes
     */
    public List<String> reasons(Review review) {
        List<String> reasons = new ArrayList<>();
        for (StackReport stack : review.stacks()) {
            if (stack.errored()) {
                reasons.add("Terraform did not finish the plan of " + stack.name());
            } else if (!stack.applyable()) {
                reasons.add("the plan of " + stack.name() + " cannot be applied");
            }
            add(reasons, stack.checks().size(), "failed check in " + stack.name(), "failed checks in " + stack.name());
        }
        add(
                reasons,
                findings(review, finding -> !finding.unchanged()),
                "finding of this change",
                "findings of this change");
        add(
                reasons,
                findings(review, Finding::unchanged),
                "finding that existed before",
                "findings that existed before");
        add(reasons, review.risks().stream().filter(this::failsOn).count(), "risk", "risks");
        return reasons;
    }

    private long findings(Review review, Predicate<Finding> which) {
        return review.findings().stream()
                .map(placed -> placed.finding())
                .filter(which)
                .filter(this::failsOn)
                .count();
    }

    private static void add(List<String> reasons, long number, String one, String several) {
        if (number > 0) {
            reasons.add(number + " " + (number == 1 ? one : several));
        }
    }

    /**
     * What fails a change, in words.
     *
     * @return such as {@code findings of this change: high or above}
     */
    public String inWords() {
        List<String> words = new ArrayList<>();
        words.add("findings of this change: " + orAbove(failOn));
        if (failOnAll != null) {
            words.add("all findings: " + orAbove(failOnAll));
        }
        if (failOnRisk != null) {
            words.add("risks: " + orAbove(failOnRisk));
        }
        return String.join("; ", words);
    }

    private static String orAbove(Severity severity) {
        return severity.word() + (severity == Severity.CRITICAL ? "" : " or above");
    }
}
