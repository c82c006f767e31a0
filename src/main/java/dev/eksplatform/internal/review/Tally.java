package dev.eksplatform.internal.review;

import dev.eksplatform.internal.plan.ResourceChange;

/** Counts one change. */
public final class Tally {

    public static final Counts UNDONE = new Counts(0, 0, 0, 0, 0, 0, 0, 1, 0);

    private Tally() {}

    public static Counts of(ResourceChange change) {
        return switch (change.action()) {
            case CREATE -> new Counts(1, 0, 0, 0, 0, 0, 0, 0, 0);
            case UPDATE -> new Counts(0, 1, 0, 0, 0, 0, 0, 0, 0);
            case REPLACE_CREATE_FIRST, REPLACE_DELETE_FIRST, REPLACE_FORGET_OLD ->
                new Counts(0, 0, 1, 0, 0, 0, 0, 0, 0);
            case DELETE -> new Counts(0, 0, 0, 1, 0, 0, 0, 0, 0);
            case FORGET -> new Counts(0, 0, 0, 0, 1, 0, 0, 0, 0);
            case READ -> Counts.NONE;
            case NO_OP ->
                change.importing().isPresent()
                        ? new Counts(0, 0, 0, 0, 0, 0, 1, 0, 0)
                        : change.previousAddress().isPresent()
                                ? new Counts(0, 0, 0, 0, 0, 1, 0, 0, 0)
                                : new Counts(0, 0, 0, 0, 0, 0, 0, 0, 1);
        };
    }
}
