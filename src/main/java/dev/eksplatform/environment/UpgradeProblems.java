package dev.eksplatform.environment;

import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.cluster.KubernetesVersion;
import dev.eksplatform.internal.logic.Truth;
import dev.eksplatform.internal.release.ChartReleases;
import dev.eksplatform.internal.release.EksAddonReleases;
import dev.eksplatform.internal.release.KubernetesReleases;
import dev.eksplatform.internal.release.KubernetesReleases.Release;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What the tables of releases say about an upgrade to a Kubernetes version.
 *
 * @param target the version
 */
@API(status = API.Status.INTERNAL)
public record UpgradeProblems(KubernetesVersion target) {

    /** An upgrade to a version that is in standard support for fewer days is soon followed by the next one. */
    private static final int FEW_DAYS = 60;

    /**
     * Whether the upgrade would be a downgrade.
     *
     * @param current the minor version of the cluster
     * @return the problem, without its place
     */
    public Optional<Problem> downgrade(int current) {
        return current <= target.minor()
                ? Optional.empty()
                : Optional.of(new Problem(
                        "the cluster has Kubernetes 1." + current + ", which EKS does not downgrade to " + target,
                        "1." + current + " and newer",
                        "choose a newer version"));
    }

    /**
     * Whether there are versions between.
     *
     * @param current the minor version of the cluster
     * @return the problem, without its place
     */
    public Optional<Problem> step(int current) {
        int steps = target.minor() - current;
        return steps <= 1
                ? Optional.empty()
                : Optional.of(new Problem(
                        "Kubernetes 1." + current + " to " + target + " are " + steps
                                + " upgrades: EKS upgrades a control plane by one minor version at a time",
                        "upgrade to 1." + (current + 1) + ", apply, and continue from there"));
    }

    /**
     * Whether EKS supports the version for long.
     *
     * @param today the day to compare with
     * @return the problem, without its place
     */
    public Optional<Problem> support(LocalDate today) {
        return KubernetesReleases.get().release(target.minor()).flatMap(release -> support(release, today));
    }

    private Optional<Problem> support(Release release, LocalDate today) {
        return switch (release.on(today)) {
            case PENDING ->
                Optional.of(new Problem(
                        "EKS offers Kubernetes " + target + " from " + release.released() + " on", "wait until then"));
            case STANDARD ->
                ChronoUnit.DAYS.between(today, release.standardUntil()) > FEW_DAYS
                        ? Optional.empty()
                        : Optional.of(new Problem(
                                "standard support of Kubernetes " + target + " ends on " + release.standardUntil(),
                                "plan the next upgrade, too"));
            case EXTENDED ->
                Optional.of(new Problem(
                        "standard support of Kubernetes " + target + " ended on " + release.standardUntil()
                                + "; extended support costs six times as much per cluster hour",
                        "continue to a version in standard support"));
            case ENDED ->
                Optional.of(new Problem(
                        "EKS ended its support of Kubernetes " + target + " on " + release.extendedUntil(),
                        "continue to a version in standard support"));
        };
    }

    /**
     * Whether a version of an EKS add-on does not support the Kubernetes version.
     *
     * @return the problem, without its place; empty when it does, or nothing is known
     */
    public Optional<Problem> addon(String name, String version) {
        EksAddonReleases addons = EksAddonReleases.get();
        return unsupported(
                addons.supports(name, version, target.minor()),
                "the add-on " + name + " " + version,
                addons.newest(name, target.minor()));
    }

    /**
     * Whether a release installs the chart of the project that the tables know. Another project may have a chart of the same
     * name; those of the catalogue may come from a mirror.
     *
     * @param release the release
     * @return false when nothing is known about the chart
     */
    public static boolean isOfItsProject(HelmAddon release) {
        return !release.property().steps().get(0).equals(new PropertyPath.Key("helm"))
                || ChartReleases.get().isPublished(release.chart(), release.repository());
    }

    /**
     * Whether a version of a Helm chart does not support the Kubernetes version.
     *
     * @return the problem, without its place; empty when it does, or nothing is known
     */
    public Optional<Problem> chart(String name, String version) {
        ChartReleases charts = ChartReleases.get();
        return unsupported(
                charts.supports(name, version, target.minor()),
                "the chart " + name + " " + version,
                charts.newestFor(name, target.minor()));
    }

    private Optional<Problem> unsupported(Truth supports, String what, Optional<String> newest) {
        return supports != Truth.FALSE
                ? Optional.empty()
                : Optional.of(new Problem(
                        what + " does not support Kubernetes " + target,
                        "use " + newest.orElse("a version that supports it") + ", before the cluster is upgraded"));
    }
}
