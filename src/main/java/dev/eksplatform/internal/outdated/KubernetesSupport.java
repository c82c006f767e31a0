package dev.eksplatform.internal.outdated;

import dev.eksplatform.environment.Environment;
import dev.eksplatform.internal.outdated.VersionItem.Kind;
import dev.eksplatform.internal.release.KubernetesReleases;
import dev.eksplatform.internal.release.KubernetesReleases.Release;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.PropertyPath;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** How long EKS supports the Kubernetes version of a cluster that is created. */
final class KubernetesSupport {

    private static final String NAME = "Kubernetes";

    /** The last days of standard support, in which the upgrade should be under way. */
    private static final int LAST_DAYS = 60;

    private KubernetesSupport() {}

    static Optional<VersionItem> of(Environment environment, LocalDate today) {
        KubernetesReleases releases = KubernetesReleases.get();
        return environment
                .resolved()
                .spec()
                .cluster()
                .created()
                .flatMap(cluster -> releases.release(cluster.version().minor()))
                .map(release -> item(
                        environment.positions().at(PropertyPath.of("cluster", "version")), release, releases, today));
    }

    private static VersionItem item(Place.InFile place, Release release, KubernetesReleases all, LocalDate today) {
        long standard = ChronoUnit.DAYS.between(today, release.standardUntil());
        long extended = ChronoUnit.DAYS.between(today, release.extendedUntil());
        String support =
                switch (release.on(today)) {
                    case PENDING -> "on EKS from " + release.released();
                    case STANDARD -> "standard support until " + release.standardUntil() + left(standard);
                    case EXTENDED ->
                        "extended support, for an additional charge, until " + release.extendedUntil() + left(extended)
                                + "; standard support ended on " + release.standardUntil();
                    case ENDED ->
                        "support ended on " + release.extendedUntil() + ": EKS upgrades the cluster by itself";
                };
        boolean outdated =
                switch (release.on(today)) {
                    case PENDING -> false;
                    case STANDARD -> standard < LAST_DAYS && !release.equals(all.newest());
                    case EXTENDED, ENDED -> true;
                };
        return outdated
                ? VersionItem.outdated(
                        place,
                        Kind.KUBERNETES,
                        NAME,
                        release.toString(),
                        Optional.of(all.newest().toString()),
                        support,
                        "upgrade to 1." + (release.minor() + 1) + further(release, all.usual())
                                + ", one minor version at a time: docs/upgrading.md")
                : new VersionItem(
                        place.position(),
                        place.path(),
                        Kind.KUBERNETES,
                        NAME,
                        release.toString(),
                        Optional.of(all.newest().toString()),
                        VersionItem.State.CURRENT,
                        support,
                        Optional.empty());
    }

    /** Up to the version that EKS chooses for new clusters. */
    private static String further(Release release, Release usual) {
        return usual.minor() > release.minor() + 1 ? " and further to " + usual : "";
    }

    private static String left(long days) {
        return " (" + (days == 0 ? "today" : days == 1 ? "1 day left" : days + " days left") + ")";
    }
}
