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
     */
    public record AmiType(String name, String system, String architecture, Optional<String> driver, boolean fips) {

        private static final int FIPS = 4;

        static AmiType parse(List<String> words) {
            return new AmiType(
                    words.get(0),
                    words.get(1),
                    words.get(2),
                    Optional.of(words.get(3)).filter(driver -> !driver.equals("-")),
                    words.size() > FIPS);
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

    /**
     * The type for nodes, without FIPS.
     *
     * @param system such as {@code AL2023}
     * @param architecture {@code x86_64} or {@code arm64}
     * @param accelerator such as {@code nvidia} or {@code none}
     * @return the one with the accelerator's driver, or the one without a driver when there is none for it
     */
    public String nameFor(String system, String architecture, String accelerator) {
        List<AmiType> fitting = types.stream()
                .filter(type ->
                        type.system().equals(system) && type.architecture().equals(architecture) && !type.fips())
                .toList();
        return fitting.stream()
                .filter(type -> type.driver().equals(Optional.of(accelerator)))
                .findFirst()
                .or(() ->
                        fitting.stream().filter(type -> type.driver().isEmpty()).findFirst())
                .map(AmiType::name)
                .orElseThrow(() -> new IllegalStateException("no AMI type for " + system + " on " + architecture));
    }
}
