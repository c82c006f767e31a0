package dev.eksplatform.review;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a guardrail found.
 *
 * @param ruleId the rule's id, such as {@code eks-public-endpoint}
 * @param title the rule in a few words
 * @param severity how bad it is
 * @param stack the stack it was found in
 * @param address the resource's address in that stack
 * @param message what was found
 * @param fix how to mend it
 * @param aliases the same rule's ids in other tools, such as {@code CKV_AWS_38}
 * @param position where to mend it; {@code null} lets the review look it up by the address
 * @param waiver why it is accepted; {@code null} when it is not
 */
public record Finding(
        String ruleId,
        String title,
        Severity severity,
        String stack,
        String address,
        String message,
        String fix,
        List<String> aliases,
        @Nullable Position position,
        @Nullable Waiver waiver) {

    /** Copies the aliases. */
    public Finding {
        aliases = List.copyOf(aliases);
    }

    /**
     * Says whether it is accepted for now.
     *
     * @return true when there is a waiver
     */
    public boolean waived() {
        return waiver != null;
    }

    Finding at(@Nullable Position place) {
        return new Finding(ruleId, title, severity, stack, address, message, fix, aliases, place, waiver);
    }
}
