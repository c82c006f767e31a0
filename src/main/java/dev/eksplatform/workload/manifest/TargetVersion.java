package dev.eksplatform.workload.manifest;

import dev.eksplatform.cluster.KubernetesVersion;
import java.util.Optional;

/**
 * The Kubernetes versions that documents are checked for: that of the cluster, or all that are covered when it is not known,
 * as of a cluster that exists already.
 *
 * @param releases the versions
 * @param known whether it is that of the cluster
 */
record TargetVersion(Releases releases, boolean known) {

    /**
     * The target for a cluster.
     *
     * @param version the cluster's version, if it is known
     */
    static TargetVersion of(Optional<KubernetesVersion> version) {
        return version.map(known -> new TargetVersion(new Releases(known.minor(), known.minor()), true))
                .orElseGet(() -> new TargetVersion(ApiTypes.get().releases(), false));
    }

    boolean has(Releases other) {
        return releases.overlaps(other);
    }

    boolean alwaysHas(Releases other) {
        return other.oldest() <= releases.oldest() && releases.newest() <= other.newest();
    }

    /** Whether the cluster may be at least of a version. */
    boolean mayBeFrom(int minor) {
        return releases.newest() >= minor;
    }

    /** Such as {@code Kubernetes 1.34}. */
    @Override
    public String toString() {
        return known
                ? "Kubernetes 1." + releases.oldest()
                : "Kubernetes 1." + releases.oldest() + " to 1." + releases.newest();
    }
}
