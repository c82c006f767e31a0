package dev.eksplatform.cluster;

import dev.eksplatform.construct.LogRetention;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Control plane logs.
 *
 * @param types the types of control plane logs to keep
 * @param retentionDays how long CloudWatch keeps them, in days; default 365
 */
@RecordBuilder
public record LogsSpec(
        @Example("[api, audit]") Set<LogType> types,

        @Example("90") @Limit(oneOf = LogRetention.PERIODS) int retentionDays)
        implements LogsSpecBuilder.With {

    /** Checks the retention. */
    public LogsSpec {
        types = Collections.unmodifiableSet(new TreeSet<>(types));
        Problems problems = new Problems();
        LogRetention.check(PropertyPath.of("retentionDays"), retentionDays, problems);
        problems.throwIfAny();
    }

    /**
     * All types of logs, for the default time.
     *
     * @return the spec
     */
    @Defaults
    public static LogsSpec all() {
        return new LogsSpec(Set.of(LogType.values()), 365);
    }

    /** The kinds' names in the EKS API, sorted. */
    List<String> apiNames() {
        return types.stream().map(LogType::apiName).toList();
    }
}
