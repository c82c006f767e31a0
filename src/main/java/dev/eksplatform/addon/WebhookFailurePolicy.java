package dev.eksplatform.addon;

/** What happens to a request whose admission webhook does not answer. */
public enum WebhookFailurePolicy {
    /** It is refused. */
    FAIL,
    /** It is admitted. */
    IGNORE
}
