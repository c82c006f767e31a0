package dev.eksplatform.addon;

import java.util.Locale;
import java.util.Map;

/**
 * What pods of a namespace may do, by the <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/">Pod Security
 * Standards</a>.
 */
public enum PodSecurityLevel {
    /** Everything: for drivers and agents that use the host. */
    PRIVILEGED,
    /** No known privilege escalation. */
    BASELINE,
    /** What hardened pods need. */
    RESTRICTED;

    /**
     * The labels of a namespace in which it is enforced.
     *
     * @return labels as Pod Security Admission reads them
     */
    public Map<String, String> labels() {
        return Map.of("pod-security.kubernetes.io/enforce", name().toLowerCase(Locale.ROOT));
    }
}
