package dev.eksplatform.addon;

import dev.eksplatform.internal.release.ChartReleases;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks that the specs of all charts share. */
final class ChartChecks {

    static final String REPOSITORY_PATTERN = "^(https?|oci)://[^\\s/]+\\S*$";
    static final String CHART_PATTERN = "^[A-Za-z0-9]([A-Za-z0-9_./-]*[A-Za-z0-9])?$";

    /**
     * A release's name, which Helm stores in names of Secrets. Source: <a
     * href="https://github.com/helm/helm/blob/main/pkg/chart/common/util/validate_name.go">Helm's check of names</a>.
     */
    static final String RELEASE_PATTERN =
            "^(?=.{1,53}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$";

    /** The name of most Kubernetes objects. */
    static final String OBJECT_NAME = "^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$";

    private static final Pattern OBJECT = Pattern.compile(OBJECT_NAME);
    private static final Pattern REPOSITORY = Pattern.compile(REPOSITORY_PATTERN);
    private static final Pattern CHART = Pattern.compile(CHART_PATTERN);
    private static final Pattern RELEASE = Pattern.compile(RELEASE_PATTERN);

    private ChartChecks() {}

    static void chart(String chart, Problems problems) {
        if (!CHART.matcher(chart).matches()) {
            problems.add(
                    "chart",
                    "\"" + chart + "\" is not a chart's name",
                    "letters, digits, ., _, / and -",
                    "write the name that the repository gives it, such as podinfo");
        }
    }

    /** The name of a chart that may be given with the folders of its registry. */
    static String nameOf(String chart) {
        return chart.substring(chart.lastIndexOf('/') + 1);
    }

    /** That nobody maintains a chart any more, with what replaces it. */
    static Optional<Problem> retired(String chart) {
        return ChartReleases.get().retired(nameOf(chart)).map(reason -> {
            int end = reason.indexOf(". ");
            String instead = reason.substring(end + 2);
            return new Problem(
                    Place.of(PropertyPath.of("chart")),
                    reason.substring(0, end),
                    Character.toLowerCase(instead.charAt(0)) + instead.substring(1));
        });
    }

    static void release(String release, Problems problems) {
        if (!RELEASE.matcher(release).matches()) {
            problems.add(
                    PropertyPath.of("helm", release),
                    "\"" + release + "\" is not a release's name",
                    "1 to 53 lower case letters, digits, - and ., with a letter or digit at both ends",
                    "rename it, such as to podinfo");
        }
    }

    static void objectName(String property, String name, String kind, String example, Problems problems) {
        problems.match(
                property,
                name,
                OBJECT,
                "the name of a " + kind,
                "lower case letters, digits, - and ., with a letter or digit at both ends",
                "write it like " + example);
    }

    static boolean isOci(String repository) {
        return repository.startsWith("oci://");
    }

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
