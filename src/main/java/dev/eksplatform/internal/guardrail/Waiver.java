package dev.eksplatform.internal.guardrail;

import dev.eksplatform.iam.Wildcards;
import dev.eksplatform.problem.Place;
import java.time.LocalDate;

/**
 * The decision to accept a finding for a while.
 *
 * @param rule the rule's id
 * @param stack which stacks, with {@code *} and {@code ?}
 * @param address which addresses in them, with {@code *} and {@code ?}
 * @param reason why it is accepted
 * @param owner who is responsible for it
 * @param expires the last day on which it applies
 * @param source where it is written
 */
public record Waiver(
        String rule,
        String stack,
        String address,
        String reason,
        String owner,
        LocalDate expires,
        Place.InFile source) {

    boolean covers(Finding finding) {
        return rule.equals(finding.rule())
                && coversStack(finding.stack())
                && Wildcards.match(address, finding.address());
    }

    boolean coversStack(String name) {
        return Wildcards.match(stack, name);
    }

    boolean isExpired(LocalDate today) {
        return expires.isBefore(today);
    }
}
