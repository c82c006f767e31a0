package dev.eksplatform.iam.lint;

import dev.eksplatform.problem.Problem;

/**
 * One thing wrong with a trust policy or an annotation.
 *
 * @param rule the rule
 * @param problem where, what was found, what is allowed, and the fix
 */
public record TrustFinding(TrustRule rule, Problem problem) {

    /** {@code rule-id: where: found; allowed: ...; fix: ...}. */
    @Override
    public String toString() {
        return rule.id() + ": " + problem;
    }
}
