package dev.eksplatform.internal.guardrail;

import java.util.Locale;

/** What a rule says about a resource. */
public enum Verdict {
    /** The rule holds, whatever the values not yet known will be. */
    PASS,
    /** The rule is broken, whatever the values not yet known will be. */
    FAIL,
    /** It depends on a value known only after apply, or the rule could not be evaluated. Never counted as a pass. */
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
