package dev.eksplatform.policy;

import java.util.Locale;

/** How much a broken rule matters; the order of the constants is the order of findings. */
public enum Severity {
    /** Somebody else can take over data, identities or the cluster, or an outage is certain. */
    CRITICAL,
    /** One more mistake, or a likely mistake, leads there. */
    HIGH,
    /** A safeguard is missing that is expected of a platform in production. */
    MEDIUM,
    /** Good practice. */
    LOW,
    /** Worth knowing. */
    INFO;

    /**
     * The word used in rule files and reports.
     *
     * @return the constant in lower case
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Says whether this is as severe as a threshold.
     *
     * @param threshold the least severity asked for
     * @return true for the threshold itself and everything above it
     */
    public boolean atLeast(Severity threshold) {
        return ordinal() <= threshold.ordinal();
    }
}
