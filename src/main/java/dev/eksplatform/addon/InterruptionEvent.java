package dev.eksplatform.addon;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What AWS announces about instances. Sources: <a
 * href="https://karpenter.sh/docs/reference/cloudformation/#interruption-handling">interruption handling of Karpenter</a>, <a
 * href="https://github.com/aws/aws-node-termination-handler#4-create-amazon-eventbridge-rules">rules of the AWS Node Termination
 * Handler</a>.
 */
public enum InterruptionEvent {
    /** The owner of an interruptible capacity reservation takes it back. */
    CAPACITY_RESERVATION("aws.ec2", "EC2 Capacity Reservation Instance Interruption Warning"),
    /** Scheduled maintenance and retirement. */
    HEALTH_EVENT("aws.health", "AWS Health Event"),
    /** An instance stops or ends. */
    INSTANCE_STATE_CHANGE("aws.ec2", "EC2 Instance State-change Notification"),
    /** An Auto Scaling group ends an instance, and waits for the answer to a lifecycle hook. */
    LIFECYCLE_ACTION("aws.autoscaling", "EC2 Instance-terminate Lifecycle Action"),
    /** A Spot Instance is at risk. */
    REBALANCE("aws.ec2", "EC2 Instance Rebalance Recommendation"),
    /** A Spot Instance ends in two minutes. */
    SPOT_INTERRUPTION("aws.ec2", "EC2 Spot Instance Interruption Warning");

    private final String source;
    private final String type;

    InterruptionEvent(String source, String type) {
        this.source = source;
        this.type = type;
    }

    /** The end of names of its rules. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String type() {
        return type;
    }

    /** The pattern by which EventBridge finds it. */
    Map<String, List<String>> pattern() {
        return new TreeMap<>(Map.of("source", List.of(source), "detail-type", List.of(type)));
    }
}
