package dev.eksplatform.cluster;

import dev.eksplatform.construct.LogGroupClass;
import dev.eksplatform.construct.LogRetention;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlKey;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
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

        @Example("90") @Limit(oneOf = LogRetention.PERIODS) int retentionDays,

        @YamlKey("class") @Example("infrequent-access") LogGroupClass logClass,

        @Example("arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")
        Optional<KmsKeyArn> kmsKeyArn,

        @Example("true") boolean existing,

        @Example("true") boolean keepOnDestroy)
        implements LogsSpecBuilder.With {

    private static final int USUAL_RETENTION = 365;

    /** Checks the retention, and that a group that exists is not configured. */
    public LogsSpec {
        types = Collections.unmodifiableSet(new TreeSet<>(types));
        Components.required("logClass", logClass);
        Problems problems = new Problems();
        LogRetention.check(PropertyPath.of("retentionDays"), retentionDays, problems);
        if (existing) {
            unused("retentionDays", retentionDays != USUAL_RETENTION, problems);
            unused("class", logClass != LogGroupClass.STANDARD, problems);
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
                Set.of(LogType.values()), USUAL_RETENTION, LogGroupClass.STANDARD, Optional.empty(), false, false);
    }

    /** The kinds' names in the EKS API, sorted. */
    List<String> apiNames() {
        return types.stream().map(LogType::apiName).toList();
    }
}
