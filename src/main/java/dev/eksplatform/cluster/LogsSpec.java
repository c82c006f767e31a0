package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Arrays;
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

        @Example("90") @Limit(oneOf = LogsSpec.RETENTION) int retentionDays)
        implements LogsSpecBuilder.With {

    /**
     * The retention periods CloudWatch Logs takes, in days. Source: <a
     * href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html">PutRetentionPolicy</a>.
     */
    private static final String RETENTION =
            "1 3 5 7 14 30 60 90 120 150 180 365 400 545 731 1096 1827 2192 2557 2922 3288 3653";

    private static final List<Integer> RETENTION_DAYS =
            Arrays.stream(RETENTION.split(" ", -1)).map(Integer::valueOf).toList();

    /** Checks the retention. */
    public LogsSpec {
        types = Collections.unmodifiableSet(new TreeSet<>(types));
        if (!RETENTION_DAYS.contains(retentionDays)) {
            int days = retentionDays;
            int next =
                    RETENTION_DAYS.stream().filter(d -> d >= days).findFirst().orElse(3653);
            throw new InvalidInputException(new Problem(
                    Place.of(PropertyPath.of("retentionDays")),
                    retentionDays + " days",
                    "a period of CloudWatch Logs: " + RETENTION_DAYS,
                    "use " + next));
        }
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
