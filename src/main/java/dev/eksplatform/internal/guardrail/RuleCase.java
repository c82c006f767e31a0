package dev.eksplatform.internal.guardrail;

import java.time.LocalDate;
import java.util.List;

/**
 * One test of a rule, written in the rule's file.
 *
 * @param name what the case shows
 * @param expect the verdict expected
 * @param resource the resource under test
 * @param related other resources of the same review
 * @param today the day of the evaluation
 */
public record RuleCase(
        String name, Verdict expect, GuardedResource resource, List<GuardedResource> related, LocalDate today) {

    /** Copies the list. */
    public RuleCase {
        related = List.copyOf(related);
    }
}
