package dev.eksplatform.internal.review;

import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.ResourceChange;
import java.util.EnumSet;
import java.util.Set;

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
    /** Not a resource: an action that is invoked. */
    INVOKED("invoked"),
    /** A data source or an ephemeral resource that is read during apply. */
    READ("read"),
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
     * A number of resources with this outcome.
     *
     * @param number how many
     * @return such as {@code 2 replaced}
     */
    public String counted(int number) {
        return number + (this == INVOKED ? number == 1 ? " action " : " actions " : " ") + word;
    }

    /**
     * All outcomes of a change: what is imported or moved can change as well, and a replaced object can be left in the
     * account.
     *
     * @param change the change of a resource or of a data source
     * @return the main one, see {@link #of}, and those besides it
     */
    public static Set<Outcome> all(ResourceChange change) {
        Set<Outcome> all = EnumSet.of(of(change));
        change.importing().ifPresent(id -> all.add(IMPORTED));
        change.previousAddress().ifPresent(address -> all.add(MOVED));
        if (change.action() == Action.REPLACE_FORGET_OLD) {
            all.add(FORGOTTEN);
        }
        return all;
    }

    /**
     * The main outcome of a change.
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
            case READ, OPEN, RENEW, CLOSE -> READ;
            case INVOKE -> INVOKED;
            case NO_OP ->
                change.importing().isPresent()
                        ? IMPORTED
                        : change.previousAddress().isPresent() ? MOVED : UNCHANGED;
        };
    }
}
