package dev.eksplatform.iam.document;

/** What a statement does to the requests it matches. */
public enum Effect {
    /** Permits them, unless another statement denies them. */
    ALLOW("Allow"),
    /** Refuses them, whatever else permits them. */
    DENY("Deny");

    private final String text;

    Effect(String text) {
        this.text = text;
    }

    /**
     * The word in a policy document; it is case-sensitive there.
     *
     * @return {@code Allow} or {@code Deny}
     */
    public String text() {
        return text;
    }
}
