package dev.eksplatform.internal.review;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who may do something that they may not do now, or the reverse.
 *
 * @param stack the stack
 * @param address the resource that says so
 * @param verdict what becomes of the right
 * @param who such as {@code ServiceAccount kube-system/aws-load-balancer-controller}
 * @param before what they may do now, such as {@code assume role shop-lbc (IRSA through oidc.eks...)}; {@code null} when
 *     nothing of this kind
 * @param after what they may do after apply; {@code null} when nothing of this kind
 * @param wide whether this lets in more than one named principal, or lets one do everything
 * @param position where it comes from; {@code null} when that is not known
 */
public record AccessChange(
        String stack,
        String address,
        Verdict verdict,
        String who,
        @Nullable String before,
        @Nullable String after,
        boolean wide,
        @Nullable Position position) {

    /** What becomes of a right. */
    public enum Verdict {
        /** New. */
        GAINED,
        /** Another one than before. */
        CHANGED,
        /** Decided during apply. */
        UNKNOWN,
        /** Gone. */
        LOST
    }
}
