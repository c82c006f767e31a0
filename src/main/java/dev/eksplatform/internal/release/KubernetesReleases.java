package dev.eksplatform.internal.release;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The Kubernetes minor versions of EKS with the days of their support, from {@code eks-versions.txt}. Nothing is said about
 * versions that the table does not list.
 *
 * @param day the day on which the table was right
 * @param releases in rising order of their versions
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html">EKS version lifecycle</a>
 */
public record KubernetesReleases(LocalDate day, List<Release> releases) {

    /**
     * How many minor versions a kubelet, and kube-proxy, may be behind the API server. Source: <a
     * href="https://kubernetes.io/releases/version-skew-policy/">version skew policy</a>.
     */
    public static final int NODE_SKEW = 3;

    /** How EKS supports a version on a day. */
    public enum Support {
        /** Not on EKS yet. */
        PENDING,
        STANDARD,
        /** At several times the price per cluster hour. */
        EXTENDED,
        /** EKS upgrades the cluster by itself. */
        ENDED
    }

    /**
     * A minor version.
     *
     * @param minor the number behind {@code 1.}
     * @param released the first day on EKS
     * @param standardUntil the last day of standard support
     * @param extendedUntil the last day of extended support
     * @param isDefault whether EKS chooses it for a cluster that names no version
     */
    public record Release(
            int minor, LocalDate released, LocalDate standardUntil, LocalDate extendedUntil, boolean isDefault) {

        /** How EKS supports it on a day. */
        public Support on(LocalDate date) {
            if (date.isBefore(released)) {
                return Support.PENDING;
            }
            if (!date.isAfter(standardUntil)) {
                return Support.STANDARD;
            }
            return date.isAfter(extendedUntil) ? Support.ENDED : Support.EXTENDED;
        }

        static Release parse(ReleaseTable.Entry entry) {
            List<String> words = entry.words();
            return new Release(
                    Integer.parseInt(words.get(0).substring("1.".length())),
                    LocalDate.parse(words.get(1)),
                    LocalDate.parse(words.get(2)),
                    LocalDate.parse(words.get(3)),
                    words.contains("default"));
        }

        @Override
        public String toString() {
            return "1." + minor;
        }
    }

    /** Read when it is first used. */
    private static final class Table {

        private static final KubernetesReleases RELEASES = read();

        private static KubernetesReleases read() {
            ReleaseTable table = ReleaseTable.read("eks-versions.txt");
            return new KubernetesReleases(
                    table.day(), table.entries().stream().map(Release::parse).toList());
        }
    }

    /** The table of the program. */
    public static KubernetesReleases get() {
        return Table.RELEASES;
    }

    /** A version, if the table lists it. */
    public Optional<Release> release(int minor) {
        return releases.stream().filter(release -> release.minor == minor).findFirst();
    }

    /** The versions in standard or extended support on the day of the table. */
    public List<Release> supported() {
        return releases.stream()
                .filter(release -> release.on(day) == Support.STANDARD || release.on(day) == Support.EXTENDED)
                .toList();
    }

    /** The version that EKS chooses for a new cluster. */
    public Release usual() {
        return releases.stream().filter(Release::isDefault).findFirst().orElseThrow();
    }

    /** The newest version. */
    public Release newest() {
        return releases.get(releases.size() - 1);
    }
}
