package dev.eksplatform.internal.review;

/**
 * How many resources a plan touches.
 *
 * @param created made anew
 * @param updated changed in place
 * @param replaced replaced by a new one
 * @param deleted destroyed
 * @param forgotten left in the account without Terraform
 * @param moved known under another address from now on
 * @param imported taken over
 * @param undone changed back to what is configured, after somebody changed them by hand
 * @param unchanged left alone
 */
public record Counts(
        int created,
        int updated,
        int replaced,
        int deleted,
        int forgotten,
        int moved,
        int imported,
        int undone,
        int unchanged) {

    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0);

    public Counts plus(Counts other) {
        return new Counts(
                created + other.created,
                updated + other.updated,
                replaced + other.replaced,
                deleted + other.deleted,
                forgotten + other.forgotten,
                moved + other.moved,
                imported + other.imported,
                undone + other.undone,
                unchanged + other.unchanged);
    }

    /**
     * Says whether anything happens on apply.
     *
     * @return false when all is left alone
     */
    public boolean any() {
        return created + updated + replaced + deleted + forgotten + moved + imported + undone > 0;
    }

    /** In words, without what is zero, such as {@code 12 replaced, 2 changed}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        add(text, replaced, "replaced");
        add(text, deleted, "deleted");
        add(text, forgotten, "left behind");
        add(text, updated, "changed");
        add(text, created, "created");
        add(text, moved, "moved");
        add(text, imported, "imported");
        add(text, undone, "changed back");
        return text.isEmpty() ? "nothing" : text.toString();
    }

    private static void add(StringBuilder text, int number, String word) {
        if (number > 0) {
            text.append(text.isEmpty() ? "" : ", ").append(number).append(' ').append(word);
        }
    }
}
