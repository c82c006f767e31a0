package dev.eksplatform.environment;

import dev.eksplatform.cluster.KubernetesVersion;
import java.time.LocalDate;
import java.util.List;
import org.apiguardian.api.API;

/** What must be changed in an environment before its cluster gets another Kubernetes version. */
@API(status = API.Status.INTERNAL)
public final class UpgradeBlockers {

    private UpgradeBlockers() {}

    /**
     * Looks for what blocks an upgrade.
     *
     * @param environment the environment, as it is now
     * @param target the Kubernetes version of its cluster afterwards
     * @param today the day with which the days of support are compared
     * @return each at its place in the environment file or a manifest, in the order of the files
     * @throws dev.eksplatform.problem.InvalidInputException when the cluster has a newer version
     */
    public static List<UpgradeBlocker> of(Environment environment, KubernetesVersion target, LocalDate today) {
        return List.of();
    }
}
