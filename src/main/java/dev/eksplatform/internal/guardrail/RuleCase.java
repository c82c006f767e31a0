package dev.eksplatform.internal.guardrail;

import java.time.LocalDate;
import java.util.List;

/**
 * A test of a rule.
 *
 * @param name what it shows
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
