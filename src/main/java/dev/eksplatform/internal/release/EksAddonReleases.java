package dev.eksplatform.internal.release;

import dev.eksplatform.internal.logic.Truth;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The add-ons of EKS with the versions that are known for each Kubernetes version, from {@code eks-addons.txt}. The table
 * knows some versions of an add-on, not all: what it does not list is unknown, not unsupported.
 *
 * @param day the day on which the table was right
 * @param addons by name
 * @see <a href="https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeAddonVersions.html">DescribeAddonVersions</a>
 */
public record EksAddonReleases(LocalDate day, Map<String, Addon> addons) {

    private static final String KUBE_PROXY = "kube-proxy";

    /**
     * An add-on.
     *
     * @param owner {@code aws} or {@code community}
     * @param versions what is known, the newest first
     */
    public record Addon(String owner, List<Version> versions) {

        /** Keeps a copy. */
        public Addon {
            versions = List.copyOf(versions);
        }
    }

    /**
     * A version of an add-on.
     *
     * @param name such as {@code v1.23.2-eksbuild.1}
     * @param clusters the minor versions of clusters for which it is known
     * @param usual the minor versions of clusters for which EKS chooses it
     * @param day the day of that knowledge
     */
    public record Version(String name, List<MinorRange> clusters, List<MinorRange> usual, LocalDate day) {

        private static final int CLUSTERS = 1;
        private static final int DAY = 2;
        private static final int USUAL = 4;

        static Version parse(String row) {
            List<String> words = List.of(row.split(" ", -1));
            return new Version(
                    words.get(0),
                    ranges(words.get(CLUSTERS)),
                    words.size() > USUAL ? ranges(words.get(USUAL)) : List.of(),
                    LocalDate.parse(words.get(DAY)));
        }

        private static List<MinorRange> ranges(String text) {
            return List.of(text.split(",")).stream().map(MinorRange::parse).toList();
        }

        private boolean isFor(int minor) {
            return clusters.stream().anyMatch(range -> range.contains(minor) == Truth.TRUE);
        }

        private boolean isUsualFor(int minor) {
            return usual.stream().anyMatch(range -> range.contains(minor) == Truth.TRUE);
        }
    }

    /** Read when it is first used. */
    private static final class Table {

        private static final EksAddonReleases RELEASES = read();

        private static EksAddonReleases read() {
            ReleaseTable table = ReleaseTable.read("eks-addons.txt");
            Map<String, Addon> addons = new LinkedHashMap<>();
            table.entries()
                    .forEach(entry -> addons.put(
                            entry.name(),
                            new Addon(
                                    entry.words().get(1),
                                    entry.rows().stream().map(Version::parse).toList())));
            return new EksAddonReleases(table.day(), addons);
        }
    }

    /** The table of the program. */
    public static EksAddonReleases get() {
        return Table.RELEASES;
    }

    /**
     * Whether a version of an add-on runs on clusters of a Kubernetes version. kube-proxy may be up to three minor versions
     * older than the control plane, and never newer: <a
     * href="https://kubernetes.io/releases/version-skew-policy/#kube-proxy">version skew policy</a>.
     *
     * @param addon its name, such as {@code coredns}
     * @param version such as {@code v1.14.7-eksbuild.11}
     * @param minor the minor version of the cluster
     * @return {@code UNKNOWN} for what the table does not list
     */
    public Truth supports(String addon, String version, int minor) {
        if (find(addon).stream().anyMatch(known -> known.name().equals(version) && known.isFor(minor))) {
            return Truth.TRUE;
        }
        boolean tooFar = addon.equals(KUBE_PROXY)
                && ReleaseNumber.of(version)
                        .filter(number ->
                                number.minor() > minor || number.minor() < minor - KubernetesReleases.NODE_SKEW)
                        .isPresent();
        return tooFar ? Truth.FALSE : Truth.UNKNOWN;
    }

    /**
     * The newest version for clusters of a Kubernetes version.
     *
     * @return empty when none is known
     */
    public Optional<String> newest(String addon, int minor) {
        return find(addon).stream()
                .filter(version -> version.isFor(minor))
                .map(Version::name)
                .max(Comparator.comparing(ReleaseNumber::parse));
    }

    /**
     * The version that EKS chooses for an add-on without one.
     *
     * @return empty when it is not known
     */
    public Optional<String> usual(String addon, int minor) {
        return find(addon).stream()
                .filter(version -> version.isUsualFor(minor))
                .map(Version::name)
                .max(Comparator.comparing(ReleaseNumber::parse));
    }

    private List<Version> find(String addon) {
        return Optional.ofNullable(addons.get(addon)).map(Addon::versions).orElse(List.of());
    }
}
