package dev.eksplatform.internal.plan;

/** Who owns an object. */
public enum ResourceMode {
    /** A {@code resource} block: Terraform creates, updates and destroys it. */
    MANAGED,
    /** A {@code data} block: Terraform only reads it. */
    DATA,
    /** An {@code ephemeral} block: opened while it is needed, and in no state. */
    EPHEMERAL
}
