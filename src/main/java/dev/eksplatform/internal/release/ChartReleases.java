package dev.eksplatform.internal.release;

import dev.eksplatform.internal.logic.Truth;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which versions of Helm charts support which Kubernetes versions. */
public final class ChartReleases {

    private static final ChartReleases RELEASES = new ChartReleases();
    private static final Pattern VERSION = Pattern.compile("v?1\\.(\\d+)\\..*");

    private ChartReleases() {}

    /** The table of the program. */
    public static ChartReleases get() {
        return RELEASES;
    }

    /** Whether a version of a chart runs on a Kubernetes version. */
    public Truth supports(String chart, String version, int minor) {
        Matcher number = VERSION.matcher(version);
        boolean tooOld =
                chart.equals("karpenter") && number.matches() && minor >= 36 && Integer.parseInt(number.group(1)) < 13;
        return tooOld ? Truth.FALSE : Truth.UNKNOWN;
    }

    /** The newest version that supports a Kubernetes version, if it is known. */
    public Optional<String> newestFor(String chart, int minor) {
        return Optional.empty();
    }
}
