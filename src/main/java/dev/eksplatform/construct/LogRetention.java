package dev.eksplatform.construct;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.Arrays;
import java.util.List;
import org.apiguardian.api.API;

/**
 * How long CloudWatch Logs keeps what a log group has. Source: <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html">PutRetentionPolicy</a>.
 */
@API(status = API.Status.INTERNAL)
public final class LogRetention {

    /** The periods that CloudWatch Logs accepts, in days, with a space between them. */
    public static final String PERIODS =
            "1 3 5 7 14 30 60 90 120 150 180 365 400 545 731 1096 1827 2192 2557 2922 3288 3653";

    private static final List<Integer> DAYS =
            Arrays.stream(PERIODS.split(" ", -1)).map(Integer::valueOf).toList();

    private LogRetention() {}

    /**
     * Checks a period.
     *
     * @param property the property that holds it
     * @param days the period
     * @param problems collects what is wrong
     */
    public static void check(PropertyPath property, int days, Problems problems) {
        if (!DAYS.contains(days)) {
            int next =
                    DAYS.stream().filter(longer -> longer >= days).findFirst().orElse(3653);
            problems.add(property, days + " days", "a period of CloudWatch Logs: " + DAYS, "use " + next);
        }
    }
}
