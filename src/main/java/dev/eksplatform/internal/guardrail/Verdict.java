package dev.eksplatform.internal.guardrail;

import java.util.Locale;

/** Whether a rule holds for a resource. */
public enum Verdict {
    /** The rule holds, whatever the unknown values turn out to be. */
    PASS,
    /** The rule is violated, whatever the unknown values turn out to be. */
    FAIL,
    /** It depends on a value known only after apply, or the rule cannot be evaluated. Never counted as a pass. */
    UNKNOWN;

    /**
     * The word used in rule files and reports.
     *
     * @return the constant in lower case
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
