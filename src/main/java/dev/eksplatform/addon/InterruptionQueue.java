package dev.eksplatform.addon;

import com.hashicorp.cdktf.providers.aws.cloudwatch_event_rule.CloudwatchEventRule;
import com.hashicorp.cdktf.providers.aws.cloudwatch_event_rule.CloudwatchEventRuleConfig;
import com.hashicorp.cdktf.providers.aws.cloudwatch_event_target.CloudwatchEventTarget;
import com.hashicorp.cdktf.providers.aws.cloudwatch_event_target.CloudwatchEventTargetConfig;
import com.hashicorp.cdktf.providers.aws.sqs_queue.SqsQueue;
import com.hashicorp.cdktf.providers.aws.sqs_queue.SqsQueueConfig;
import com.hashicorp.cdktf.providers.aws.sqs_queue_policy.SqsQueuePolicy;
import com.hashicorp.cdktf.providers.aws.sqs_queue_policy.SqsQueuePolicyConfig;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.iam.RoleName;
import dev.eksplatform.internal.json.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.constructs.Construct;

/**
 * A queue of the interruptions that AWS announces, and the EventBridge rules that fill it. Source: <a
 * href="https://karpenter.sh/docs/concepts/disruption/#interruption">interruption</a>.
 */
public final class InterruptionQueue extends PlatformConstruct {

    /** A message that nobody has read for as long is late: Spot Instances end two minutes after the notice. */
    private static final int RETENTION_SECONDS = 300;

    private final SqsQueue queue;

    /**
     * Creates queue and rules.
     *
     * @param scope the construct it belongs to, in a stack with an AWS provider
     * @param id its id in the scope
     * @param spec the name of the queue, and what it receives
     */
    public InterruptionQueue(Construct scope, String id, InterruptionQueueSpec spec) {
        super(scope, id);
        queue = new SqsQueue(
                this,
                "queue",
                SqsQueueConfig.builder()
                        .name(spec.name())
                        .messageRetentionSeconds(RETENTION_SECONDS)
                        .sqsManagedSseEnabled(true)
                        .build());
        SqsQueuePolicy policy = new SqsQueuePolicy(
                this,
                "policy",
                SqsQueuePolicyConfig.builder()
                        .queueUrl(queue.getUrl())
                        .policy(Json.compact(policy()))
                        .build());
        for (InterruptionEvent event : spec.events()) {
            CloudwatchEventRule rule = new CloudwatchEventRule(
                    this,
                    event.id(),
                    CloudwatchEventRuleConfig.builder()
                            .name(RoleName.fitting(spec.name() + "-" + event.id())
                                    .text())
                            .description(event.type() + " for " + spec.name())
                            .eventPattern(Json.compact(event.pattern()))
                            .build());
            new CloudwatchEventTarget(
                    this,
                    event.id() + "-target",
                    CloudwatchEventTargetConfig.builder()
                            .rule(rule.getName())
                            .targetId("queue")
                            .arn(queue.getArn())
                            .dependsOn(List.of(policy))
                            .build());
        }
    }

    private Map<String, Object> policy() {
        Map<String, Object> send = new TreeMap<>(Map.of(
                "Effect",
                "Allow",
                "Principal",
                Map.of("Service", "events.amazonaws.com"),
                "Action",
                "sqs:SendMessage",
                "Resource",
                queue.getArn()));
        Map<String, Object> onlyTls = new TreeMap<>(Map.of(
                "Effect", "Deny",
                "Principal", "*",
                "Action", "sqs:*",
                "Resource", queue.getArn(),
                "Condition", Map.of("Bool", Map.of("aws:SecureTransport", "false"))));
        return new TreeMap<>(Map.of("Version", "2012-10-17", "Statement", List.of(send, onlyTls)));
    }

    /**
     * The queue's resource, for what this construct does not cover.
     *
     * @return the resource
     */
    public SqsQueue queue() {
        return queue;
    }
}
