package dev.eksplatform.internal.outdated;

import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.environment.UpgradeProblems;
import dev.eksplatform.internal.logic.Truth;
import dev.eksplatform.internal.outdated.VersionItem.Kind;
import dev.eksplatform.internal.release.ChartReleases;
import dev.eksplatform.internal.release.ReleaseNumber;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import java.util.Optional;

/** The charts of Helm releases. */
final class ChartVersions {

    /** The releases that an environment describes itself; the repository of the others may be a mirror. */
    private final ChartReleases releases = ChartReleases.get();

    private final Optional<Integer> kubernetes;
    private final Place.InFile place;
    private final HelmAddon addon;

    private ChartVersions(Environment environment, HelmAddon addon) {
        this.addon = addon;
        kubernetes = environment.resolved().spec().cluster().created().map(cluster -> cluster.version()
                .minor());
        place = environment
                .positions()
                .at(PropertyPath.of("addons").plus(addon.property()).key("chartVersion"));
    }

    static List<VersionItem> of(Environment environment) {
        return environment.resolved().releases().stream()
                .map(addon -> new ChartVersions(environment, addon).item())
                .toList();
    }

    private VersionItem item() {
        String version = addon.version().text();
        Optional<String> newest =
                UpgradeProblems.isOfItsProject(addon) ? releases.newest(addon.chart()) : Optional.empty();
        if (newest.isEmpty()) {
            return VersionItem.unknown(
                    place,
                    Kind.CHART,
                    addon.chart(),
                    version,
                    "the data has no chart " + addon.chart() + " of " + addon.repository());
        }
        Optional<String> retired = releases.retired(addon.chart());
        if (retired.isPresent()) {
            return outdated(newest, retired.get(), "replace the release");
        }
        Optional<String> fitting = kubernetes.flatMap(minor -> releases.newestFor(addon.chart(), minor));
        String best = fitting.orElse(newest.get());
        if (supports(version) == Truth.FALSE) {
            return supports(best) == Truth.FALSE
                    ? outdated(Optional.empty(), unsupported(), "no version that supports it is known: ask its project")
                    : outdated(Optional.of(best), unsupported(), use(best));
        }
        if (!ReleaseNumber.isOlder(version, best)) {
            return VersionItem.current(
                    place, Kind.CHART, addon.chart(), version, "the newest version known" + beyond(best));
        }
        return outdated(Optional.of(best), newer(best), use(best));
    }

    private Truth supports(String version) {
        return kubernetes
                .map(minor -> releases.supports(addon.chart(), version, minor))
                .orElse(Truth.UNKNOWN);
    }

    private String unsupported() {
        return "does not support " + kubernetesName();
    }

    private String kubernetesName() {
        return kubernetes.map(minor -> "Kubernetes 1." + minor).orElse("the cluster's Kubernetes version");
    }

    private String newer(String best) {
        String seen = releases.newest(addon.chart()).filter(best::equals).isPresent()
                ? " (" + best + " was released by " + releases.seen(addon.chart()) + ")"
                : "";
        return "a newer version is known" + seen + beyond(best);
    }

    /** What is to be said of the newest version, if another one is the best for the cluster. */
    private String beyond(String best) {
        String newest = releases.newest(addon.chart()).orElse(best);
        return newest.equals(best) ? "" : " for " + kubernetesName() + "; " + newest + " does not support it";
    }

    private VersionItem outdated(Optional<String> newest, String why, String fix) {
        return VersionItem.outdated(
                place, Kind.CHART, addon.chart(), addon.version().text(), newest, why, fix);
    }

    private static String use(String version) {
        return "set chartVersion: " + version;
    }
}
