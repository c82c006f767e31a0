package dev.eksplatform.internal.review;

import dev.eksplatform.internal.plan.ResourceChange;

/** What becomes of a resource, the worst first. */
public enum Outcome {
    /** Replaced by a new object. */
    REPLACED("replaced"),
    /** Destroyed. */
    DELETED("deleted"),
    /** Left in the account, no longer managed by Terraform. */
    FORGOTTEN("forgotten"),
    /** Updated in place. */
    UPDATED("changed"),
    /** Created. */
    CREATED("created"),
    /** Moved to another address. */
    MOVED("moved"),
    /** Imported. */
    IMPORTED("imported"),
    /** Changed back to what is configured, after a change outside of Terraform. */
    UNDONE("changed back"),
    /** Not changed. */
    UNCHANGED("unchanged");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    /**
     * The outcome in a word.
     *
     * @return such as {@code replaced}
     */
    public String word() {
        return word;
    }

    /**
     * The outcome of a change.
     *
     * @param change the change of a resource or of a data source
     * @return never {@link #UNDONE}, which depends on drift as well
     */
    public static Outcome of(ResourceChange change) {
        return switch (change.action()) {
            case CREATE -> CREATED;
            case UPDATE -> UPDATED;
            case REPLACE_CREATE_FIRST, REPLACE_DELETE_FIRST, REPLACE_FORGET_OLD -> REPLACED;
            case DELETE -> DELETED;
            case FORGET -> FORGOTTEN;
            case READ -> UNCHANGED;
            case NO_OP ->
                change.importing().isPresent()
                        ? IMPORTED
                        : change.previousAddress().isPresent() ? MOVED : UNCHANGED;
        };
    }
}
