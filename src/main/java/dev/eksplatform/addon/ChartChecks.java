package dev.eksplatform.addon;

import dev.eksplatform.problem.Problems;
import java.util.regex.Pattern;

/** Checks that the specs of all charts share. */
final class ChartChecks {

    static final String REPOSITORY_PATTERN = "^(https?|oci)://[^\\s/]+\\S*$";
    static final String CHART = "^[A-Za-z0-9]([A-Za-z0-9_./-]*[A-Za-z0-9])?$";

    /** A release's name, which Helm stores in names of Secrets. */
    static final String RELEASE = "^(?=.{1,53}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$";

    private static final Pattern REPOSITORY = Pattern.compile(REPOSITORY_PATTERN);

    private ChartChecks() {}

    static void replicas(int replicas, Problems problems) {
        if (replicas < 1) {
            problems.add("replicas", replicas + " replicas", "1 or more", "use 1, or remove the add-on");
        }
    }

    static void repository(String repository, Problems problems) {
        if (!REPOSITORY.matcher(repository).matches()) {
            problems.add(
                    "repository",
                    "\"" + repository + "\" is not a chart repository",
                    "an https:// or oci:// URL",
                    "write it like https://charts.example.com or oci://registry.example.com/charts");
        }
    }
}
