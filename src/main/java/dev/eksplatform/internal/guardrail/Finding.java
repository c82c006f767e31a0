package dev.eksplatform.internal.guardrail;

import dev.eksplatform.internal.guardrail.RuleExpression.Answer;
import dev.eksplatform.internal.plan.Published;
import dev.eksplatform.problem.SourcePosition;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A violated or undecidable rule, or a waiver that needs attention.
 *
 * @param rule the rule's id, or {@link Waivers#EXPIRED} or {@link Waivers#UNUSED}
 * @param area the rule's area, or {@code waivers}
 * @param severity how much it matters
 * @param verdict {@link Verdict#FAIL} or {@link Verdict#UNKNOWN}
 * @param title what should be true
 * @param why what goes wrong otherwise
 * @param detail why it cannot be decided, or what is wrong with the waiver; empty for a violated rule
 * @param fix what to do
 * @param aliases the rule's ids elsewhere
 * @param stack the stack; empty for a waiver
 * @param address the resource's address in the stack; for a waiver its place in its file
 * @param unchanged whether the rule was violated before the change under review as well
 * @param waiver the waiver that accepts it
 * @param source where a waiver that needs attention is written; empty for a rule
 */
public record Finding(
        @Published String rule,
        @Published String area,
        Severity severity,
        Verdict verdict,
        @Published String title,
        @Published String why,
        String detail,
        @Published String fix,
        @Published List<String> aliases,
        String stack,
        String address,
        boolean unchanged,
        Optional<Waiver> waiver,
        Optional<SourcePosition> source) {

    /** Open before waived, violated before undecided, more severe first, then by place and rule. */
    public static final Comparator<Finding> ORDER = Comparator.comparing(Finding::isWaived)
            .thenComparing(Finding::verdict)
            .thenComparing(Finding::severity)
            .thenComparing(Finding::stack)
            .thenComparing(Finding::address)
            .thenComparing(Finding::rule);

    /** Copies the list. */
    public Finding {
        aliases = List.copyOf(aliases);
    }

    /**
     * Whether it is accepted.
     *
     * @return true when a waiver applies
     */
    public boolean isWaived() {
        return waiver.isPresent();
    }

    /**
     * Says whether it cannot be decided before apply.
     *
     * @return true when it depends on a value that is known after apply
     */
    public boolean isUndecided() {
        return verdict == Verdict.UNKNOWN;
    }

    /**
     * Says whether the rule is violated and not waived.
     *
     * @return true when it counts for a gate
     */
    public boolean isOpen() {
        return !isWaived() && !isUndecided();
    }

    /**
     * Who accepted it and why.
     *
     * @return empty when it is not waived
     */
    public String waiverText() {
        return waiver.map(
                        accepted -> accepted.reason() + " (" + accepted.owner() + ", until " + accepted.expires() + ")")
                .orElse("");
    }

    /**
     * The explanation below the title.
     *
     * @return why it matters, why it cannot be decided, or what is wrong with a waiver
     */
    public String message() {
        if (verdict == Verdict.UNKNOWN) {
            return "Cannot be decided before apply" + (detail.isEmpty() ? "." : ": " + detail);
        }
        return detail.isEmpty() ? why : detail;
    }

    static Finding of(Rule rule, Answer answer, GuardedResource subject, boolean unchanged) {
        Optional<Consequence> reported = Consequences.table().reportedBy(rule.id(), subject);
        return new Finding(
                rule.id(),
                rule.area(),
                rule.severity(),
                answer.verdict(),
                rule.title(),
                reported.map(Consequence::meaning).orElse(rule.why()),
                answer.reason(),
                reported.map(Consequence::advice).orElse(rule.fix()),
                rule.aliases(),
                subject.stack(),
                subject.address(),
                unchanged,
                Optional.empty(),
                Optional.empty());
    }

    Finding waivedBy(Waiver accepted) {
        return new Finding(
                rule,
                area,
                severity,
                verdict,
                title,
                why,
                detail,
                fix,
                aliases,
                stack,
                address,
                unchanged,
                Optional.of(accepted),
                source);
    }
}
