package dev.eksplatform.workload.manifest;

import java.util.Comparator;

/** The order of API versions. */
final class ApiVersion {

    /** Those that Kubernetes keeps before beta and alpha ones; newer ones before older ones. */
    static final Comparator<String> STABLE_FIRST =
            Comparator.comparingInt(ApiVersion::stage).thenComparing(Comparator.reverseOrder());

    private ApiVersion() {}

    /** Whether it is neither a beta nor an alpha version. */
    static boolean isStable(String apiVersion) {
        return stage(apiVersion) == 0;
    }

    private static int stage(String apiVersion) {
        String version = apiVersion.substring(apiVersion.lastIndexOf('/') + 1);
        return version.contains("alpha") ? 2 : version.contains("beta") ? 1 : 0;
    }
}
