package dev.eksplatform.internal.review;

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
 * @param wide whether it admits principals that it does not name, or lets one do everything
 * @param anyone whether it admits principals that it does not name
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
        boolean wide,
        boolean anyone,
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
}
