package dev.eksplatform.internal.release;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The versions of the Terraform providers that stacks may use, and the attributes that not all of them have, from {@code
 * provider-attributes.txt}.
 *
 * @param day the day on which the table was right
 * @param providers the providers by name
 * @param lifetimes by type and path, such as {@code aws_eks_cluster vpc_config.control_plane_egress_mode}, or path and value, such as
 *     {@code aws_eks_node_group ami_type=WINDOWS_CORE_2025_x86_64}
 */
public record ProviderReleases(LocalDate day, Map<String, Provider> providers, Map<String, Lifetime> lifetimes) {

    /**
     * A provider.
     *
     * @param supported from the oldest version that stacks may use, to below the next major version
     * @param bindings the versions of the bindings: those of CDKTF, which are shipped, then those of CDK Terrain
     */
    public record Provider(VersionRange supported, List<ProviderVersion> bindings) {

        /** The version of the shipped bindings. */
        public ProviderVersion ofBindings() {
            return bindings.get(0);
        }
    }

    /**
     * In which versions a provider has an attribute, a block or a resource type.
     *
     * @param version the first version with it, or the first without it
     * @param removed whether it is the first without it
     */
    public record Lifetime(ProviderVersion version, boolean removed) {

        /** Those of some versions that have the attribute. */
        public VersionRange in(VersionRange versions) {
            return removed ? versions.until(version) : versions.since(version);
        }

        /** Such as {@code 6.52.0 or newer}. */
        @Override
        public String toString() {
            return removed ? "older than " + version : version + " or newer";
        }
    }

    /** Read when it is first used. */
    private static final class Table {

        private static final ProviderReleases RELEASES = read();

        private static ProviderReleases read() {
            ReleaseTable table = ReleaseTable.read("provider-attributes.txt");
            Map<String, Provider> providers = new HashMap<>();
            Map<String, Lifetime> lifetimes = new HashMap<>();
            table.entries().stream().map(ReleaseTable.Entry::words).forEach(words -> {
                if (words.get(0).equals("provider")) {
                    providers.put(words.get(1), provider(words.subList(2, words.size())));
                } else {
                    boolean removed = words.get(2).startsWith("-");
                    lifetimes.put(
                            words.get(0) + " " + words.get(1),
                            new Lifetime(
                                    ProviderVersion.parse(removed ? words.get(2).substring(1) : words.get(2)),
                                    removed));
                }
            });
            return new ProviderReleases(table.day(), providers, lifetimes);
        }

        private static Provider provider(List<String> words) {
            List<ProviderVersion> versions =
                    words.stream().map(ProviderVersion::parse).toList();
            return new Provider(
                    VersionRange.between(versions.get(0), versions.get(1)), versions.subList(2, versions.size()));
        }
    }

    /** The table of the program. */
    public static ProviderReleases get() {
        return Table.RELEASES;
    }

    /** A provider, if the table lists it. */
    public Optional<Provider> provider(String name) {
        return Optional.ofNullable(providers.get(name));
    }

    /**
     * When there is an attribute.
     *
     * @param type the resource type, {@code data.} and the type of a data source, or {@code provider.} and a provider's name
     * @param path names of blocks and the attribute, joined by dots, with {@code =} and a value or not; {@code *} for the type itself
     * @return empty when all versions have it, or the table does not know it
     */
    public Optional<Lifetime> lifetime(String type, String path) {
        return Optional.ofNullable(lifetimes.get(type + " " + path));
    }
}
