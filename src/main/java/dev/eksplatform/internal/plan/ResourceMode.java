package dev.eksplatform.internal.plan;

/** Who owns an object. */
public enum ResourceMode {
    /** A {@code resource} block: Terraform makes, changes and destroys it. */
    MANAGED,
    /** A {@code data} block: Terraform only reads it. */
    DATA
}
