package dev.eksplatform.internal.release;

import java.util.List;
import java.util.Optional;

/**
 * The AMI types of managed node groups, from {@code ami-types.txt}.
 *
 * @param types by name
 * @see <a
 *     href="https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html#AmazonEKS-Type-Nodegroup-amiType">Nodegroup.amiType</a>
 */
public record AmiTypes(List<AmiType> types) {

    /**
     * An AMI type.
     *
     * @param name in the EKS API, such as {@code AL2023_x86_64_NVIDIA}
     * @param system such as {@code AL2023} or {@code WINDOWS_CORE_2022}
     * @param architecture {@code x86_64} or {@code arm64}
     * @param driver of the accelerator that the image serves: {@code nvidia} or {@code neuron}; empty for none
     * @param fips whether the image uses cryptography that is validated by FIPS 140-3
     * @param from the first Kubernetes minor version that it is for; empty for all
     * @param until the last one; empty for all
     */
    public record AmiType(
            String name,
            String system,
            String architecture,
            Optional<String> driver,
            boolean fips,
            Optional<Integer> from,
            Optional<Integer> until) {

        private static final int REST = 4;

        static AmiType parse(List<String> words) {
            List<String> rest = words.subList(REST, words.size());
            return new AmiType(
                    words.get(0),
                    words.get(1),
                    words.get(2),
                    Optional.of(words.get(3)).filter(driver -> !driver.equals("-")),
                    rest.contains("fips"),
                    minor(rest, "from=1."),
                    minor(rest, "until=1."));
        }

        private static Optional<Integer> minor(List<String> words, String key) {
            return words.stream()
                    .filter(word -> word.startsWith(key))
                    .map(word -> Integer.valueOf(word.substring(key.length())))
                    .findFirst();
        }

        /** Whether EKS has images of this type for a Kubernetes minor version. */
        public boolean isFor(int minor) {
            return from.orElse(minor) <= minor && minor <= until.orElse(minor);
        }
    }

    /** Read when it is first used. */
    private static final class Table {

        private static final AmiTypes TYPES = new AmiTypes(ReleaseTable.read("ami-types.txt").entries().stream()
                .map(entry -> AmiType.parse(entry.words()))
                .toList());
    }

    /** The table of the program. */
    public static AmiTypes get() {
        return Table.TYPES;
    }

    /** A type by its name in the EKS API. */
    public Optional<AmiType> find(String name) {
        return types.stream().filter(type -> type.name().equals(name)).findFirst();
    }

    /**
     * The type for nodes.
     *
     * @param system such as {@code AL2023}
     * @param architecture {@code x86_64} or {@code arm64}
     * @param accelerator such as {@code nvidia} or {@code none}
     * @param fips whether its cryptography is validated by FIPS 140-3
     * @return the one with the accelerator's driver, or the one without a driver when there is none for it; empty when there
     *     is neither
     */
    public Optional<AmiType> find(String system, String architecture, String accelerator, boolean fips) {
        List<AmiType> fitting = types.stream()
                .filter(type ->
                        type.system().equals(system) && type.architecture().equals(architecture) && type.fips() == fips)
                .toList();
        return fitting.stream()
                .filter(type -> type.driver().equals(Optional.of(accelerator)))
                .findFirst()
                .or(() ->
                        fitting.stream().filter(type -> type.driver().isEmpty()).findFirst());
    }
}
