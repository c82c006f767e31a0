package dev.eksplatform.construct;

/**
 * What can be done with the logs of a group in CloudWatch, and at what price. Source: <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html">log classes</a>.
 */
public enum LogGroupClass {
    /** Everything. */
    STANDARD,

    /** Half the price, without live tail, metric filters, subscription filters, anomaly detection and export to S3. */
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
