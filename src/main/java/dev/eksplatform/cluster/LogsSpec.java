package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlKey;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Control plane logs.
 *
 * @param types the types of control plane logs to keep
 * @param retentionDays how long CloudWatch keeps them, in days; default 365
 * @param logClass {@code standard} or {@code infrequent-access}; default {@code standard}. CloudWatch does not change the class of
 *     a log group: a change replaces it, with the logs in it
 * @param kmsKeyArn the KMS key that encrypts them, whose policy must allow it to CloudWatch Logs; default the key of the cluster
 * @param existing whether the log group {@code /aws/eks/NAME/cluster} exists already, with settings of its own; default false
 * @param keepOnDestroy whether the log group stays when the environment is destroyed; default false. Before the cluster is created
 *     again, set {@code existing: true} or delete the group
 */
@RecordBuilder
public record LogsSpec(
        @Example("[api, audit]") Set<LogType> types,

        @Example("90") @Limit(oneOf = LogsSpec.RETENTION) int retentionDays,

        @YamlKey("class") @Example("infrequent-access") LogClass logClass,

        @Example("arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")
        Optional<KmsKeyArn> kmsKeyArn,

        @Example("true") boolean existing,

        @Example("true") boolean keepOnDestroy)
        implements LogsSpecBuilder.With {

    /**
     * The retention periods CloudWatch Logs takes, in days. Source: <a
     * href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html">PutRetentionPolicy</a>.
     */
    private static final String RETENTION =
            "1 3 5 7 14 30 60 90 120 150 180 365 400 545 731 1096 1827 2192 2557 2922 3288 3653";

    private static final List<Integer> RETENTION_DAYS =
            Arrays.stream(RETENTION.split(" ", -1)).map(Integer::valueOf).toList();

    private static final int USUAL_RETENTION = 365;

    /** Checks the retention, and that a group that exists is not configured. */
    public LogsSpec {
        types = Collections.unmodifiableSet(new TreeSet<>(types));
        Components.required("logClass", logClass);
        Problems problems = new Problems();
        if (!RETENTION_DAYS.contains(retentionDays)) {
            int days = retentionDays;
            int next =
                    RETENTION_DAYS.stream().filter(d -> d >= days).findFirst().orElse(3653);
            problems.add(
                    "retentionDays",
                    retentionDays + " days",
                    "a period of CloudWatch Logs: " + RETENTION_DAYS,
                    "use " + next);
        }
        if (existing) {
            unused("retentionDays", retentionDays != USUAL_RETENTION, problems);
            unused("class", logClass != LogClass.STANDARD, problems);
            unused("kmsKeyArn", kmsKeyArn.isPresent(), problems);
            unused("keepOnDestroy", keepOnDestroy, problems);
        }
        problems.throwIfAny();
    }

    private static void unused(String property, boolean given, Problems problems) {
        if (given) {
            problems.add(
                    PropertyPath.of(property),
                    "not used with existing: true, because the log group has settings of its own",
                    "remove it, or existing");
        }
    }

    /**
     * All types of logs, for the default time.
     *
     * @return the spec
     */
    @Defaults
    public static LogsSpec all() {
        return new LogsSpec(
                Set.of(LogType.values()), USUAL_RETENTION, LogClass.STANDARD, Optional.empty(), false, false);
    }

    /** The kinds' names in the EKS API, sorted. */
    List<String> apiNames() {
        return types.stream().map(LogType::apiName).toList();
    }
}
