package dev.eksplatform.internal.outdated;

import dev.eksplatform.cluster.ClusterSource;
import dev.eksplatform.cluster.EksAddonVersion;
import dev.eksplatform.cluster.KubernetesVersion;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.internal.logic.Truth;
import dev.eksplatform.internal.outdated.VersionItem.Kind;
import dev.eksplatform.internal.release.EksAddonReleases;
import dev.eksplatform.internal.release.ReleaseNumber;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The EKS add-ons whose version is pinned. */
final class EksAddonVersions {

    private EksAddonVersions() {}

    static List<VersionItem> of(Environment environment) {
        List<VersionItem> items = new ArrayList<>();
        ClusterSource cluster = environment.resolved().spec().cluster();
        cluster.kubernetesVersion()
                .ifPresent(kubernetes -> cluster.addons().forEach((name, addon) -> Optional.of(addon.version())
                        .filter(EksAddonVersion::isPinned)
                        .map(EksAddonVersion::text)
                        .ifPresent(version -> items.add(item(
                                environment.positions().at(PropertyPath.of("cluster", "addons", name.id(), "version")),
                                name.id(),
                                version,
                                kubernetes)))));
        return items;
    }

    private static VersionItem item(Place.InFile place, String addon, String version, KubernetesVersion cluster) {
        EksAddonReleases releases = EksAddonReleases.get();
        int minor = cluster.minor();
        String kubernetes = "Kubernetes " + cluster;
        Optional<String> newest = releases.newest(addon, minor);
        if (releases.supports(addon, version, minor) == Truth.FALSE) {
            return VersionItem.outdated(
                    place,
                    Kind.EKS_ADDON,
                    addon,
                    version,
                    newest,
                    "does not support " + kubernetes,
                    newest.map(EksAddonVersions::use).orElse("choose one of `aws eks describe-addon-versions`"));
        }
        if (newest.isEmpty()) {
            return VersionItem.unknown(
                    place, Kind.EKS_ADDON, addon, version, "no version for " + kubernetes + " is known");
        }
        if (!ReleaseNumber.isOlder(version, newest.get())) {
            return VersionItem.current(
                    place, Kind.EKS_ADDON, addon, version, "the newest version known for " + kubernetes);
        }
        String usual = releases.usual(addon, minor)
                .map(chosen -> ReleaseNumber.isOlder(version, chosen)
                        ? "; older than " + chosen + ", which EKS chooses"
                        : "; EKS chooses " + chosen)
                .orElse("");
        return VersionItem.outdated(
                place,
                Kind.EKS_ADDON,
                addon,
                version,
                newest,
                "a newer version for " + kubernetes + " is known" + usual,
                use(newest.get()));
    }

    private static String use(String version) {
        return "set version: " + version;
    }
}
