package dev.eksplatform.cluster;

/**
 * What can be done with the logs of a group, and at what price. Source: <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html">log classes</a>.
 */
public enum LogClass {
    /** Everything. */
    STANDARD,
    /** Half the price, without live tail, metric filters, subscription filters, anomaly detection and export to S3. */
    INFREQUENT_ACCESS
}
