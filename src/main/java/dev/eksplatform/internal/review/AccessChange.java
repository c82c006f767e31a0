package dev.eksplatform.internal.review;

import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.plan.Published;
import dev.eksplatform.problem.SourcePosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A principal that gains, loses or changes access.
 *
 * @param stack the stack
 * @param address the resource that grants the access
 * @param verdict what becomes of the access
 * @param who such as {@code ServiceAccount kube-system/aws-load-balancer-controller}
 * @param before the access before apply, such as {@code assume role shop-lbc (IRSA through oidc.eks...)}; {@code null} when
 *     there is none
 * @param after the access after apply; {@code null} when there is none
 * @param severity how much it matters; info for what is only lost
 * @param marks what is remarkable about it, such as {@code everybody} or {@code another account: 999999999999}
 * @param rules the guardrails that report it
 * @param position the line it comes from; {@code null} when that is not known
 */
public record AccessChange(
        String stack,
        String address,
        Verdict verdict,
        String who,
        @Nullable String before,
        @Nullable String after,
        Severity severity,
        List<String> marks,
        @Published List<String> rules,
        @Nullable SourcePosition position) {

    /** What becomes of an access. */
    public enum Verdict {
        /** New. */
        GAINED,
        /** Another one than before. */
        CHANGED,
        /** Known after apply. */
        UNKNOWN,
        /** Removed. */
        LOST
    }

    /**
     * Whether somebody may do more than before, and it matters.
     *
     * @return true from a severity of medium
     */
    public boolean isSevere() {
        return severity.atLeast(Severity.MEDIUM);
    }

    /**
     * The change for several principals.
     *
     * @param principals who
     * @return a copy
     */
    public AccessChange by(String principals) {
        return new AccessChange(stack, address, verdict, principals, before, after, severity, marks, rules, position);
    }
}
