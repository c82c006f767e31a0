package dev.eksplatform.internal.release;

import dev.eksplatform.internal.files.ProgramFile;
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
 * @param lifetimes by type and path, such as {@code aws_eks_cluster vpc_config.control_plane_egress_mode}
 */
public record ProviderReleases(LocalDate day, Map<String, Provider> providers, Map<String, Lifetime> lifetimes) {

    /**
     * A provider.
     *
     * @param supported from the oldest version that stacks may use, to below the next major version
     * @param ofBindings the version of the bindings
     */
    public record Provider(VersionRange supported, ProviderVersion ofBindings) {}

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
            List<String[]> lines = ProgramFile.read(ProviderReleases.class, "provider-attributes.txt")
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .toList();
            Map<String, Provider> providers = new HashMap<>();
            Map<String, Lifetime> lifetimes = new HashMap<>();
            lines.stream().skip(1).forEach(fields -> {
                if (fields[0].equals("provider")) {
                    providers.put(fields[1], provider(fields));
                } else {
                    boolean removed = fields[2].startsWith("-");
                    lifetimes.put(
                            fields[0] + " " + fields[1],
                            new Lifetime(ProviderVersion.parse(removed ? fields[2].substring(1) : fields[2]), removed));
                }
            });
            return new ProviderReleases(LocalDate.parse(lines.get(0)[1]), providers, lifetimes);
        }

        private static Provider provider(String[] fields) {
            return new Provider(
                    VersionRange.between(ProviderVersion.parse(fields[2]), ProviderVersion.parse(fields[3])),
                    ProviderVersion.parse(fields[4]));
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
     * @param path names of blocks and the attribute, joined by dots; {@code *} for the type itself
     * @return empty when all versions have it, or the table does not know it
     */
    public Optional<Lifetime> lifetime(String type, String path) {
        return Optional.ofNullable(lifetimes.get(type + " " + path));
    }
}
