package dev.eksplatform.construct;

/** What a log group in CloudWatch can be used for. */
public enum LogGroupClass {
    /** Everything. */
    STANDARD,

    /** Searches only, for half the price: no metric filters, subscriptions or export. */
    INFREQUENT_ACCESS;

    /**
     * The name in the API.
     *
     * @return such as {@code INFREQUENT_ACCESS}
     */
    public String apiName() {
        return name();
    }
}
