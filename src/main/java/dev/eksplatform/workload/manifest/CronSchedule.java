package dev.eksplatform.workload.manifest;

import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Suggestion;
import java.util.List;
import java.util.Optional;

/**
 * The schedule of a CronJob: five fields, or a macro. Values of the fields are not checked.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax">Schedule syntax</a>
 */
final class CronSchedule {

    private static final int FIELDS = 5;
    private static final String ALLOWED =
            "minute, hour, day of month, month and day of week, or a macro such as @daily";
    private static final List<String> MACROS =
            List.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");

    private CronSchedule() {}

    /** What is wrong with a schedule, if anything, without a place. */
    static Optional<Problem> check(String schedule) {
        String quoted = "\"" + schedule + "\"";
        if (schedule.contains("TZ=")) {
            String zone = schedule.replaceAll(".*TZ=(\\S*).*", "$1");
            return problem(quoted + " has a time zone", "move it to timeZone: " + zone);
        }
        if (schedule.startsWith("@")) {
            return MACROS.contains(schedule) || schedule.startsWith("@every ")
                    ? Optional.empty()
                    : problem(
                            quoted + " is not a schedule",
                            Suggestion.fix(schedule, MACROS, "use one of " + String.join(", ", MACROS)));
        }
        int fields = schedule.isBlank() ? 0 : schedule.strip().split("\\s+", -1).length;
        if (fields == FIELDS) {
            return Optional.empty();
        }
        return problem(
                quoted + " has " + fields + (fields == 1 ? " field" : " fields"),
                fields < FIELDS
                        ? "write the missing " + (FIELDS - fields == 1 ? "field" : "fields")
                                + ", such as * for every value"
                        : "remove " + (fields == FIELDS + 1 ? "one" : fields - FIELDS)
                                + ": Kubernetes has neither seconds nor years");
    }

    private static Optional<Problem> problem(String found, String fix) {
        return Optional.of(new Problem(found, ALLOWED, fix));
    }
}
