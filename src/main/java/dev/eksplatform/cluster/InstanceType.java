package dev.eksplatform.cluster;

import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.problem.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * An EC2 instance type that is known: what its family has, from the table {@code instance-types.txt}. The table is read when
 * the first type is asked for.
 *
 * @param name such as {@code m7g.large}
 * @param architecture the processor architecture; empty for Macs, for which EKS has no images
 * @param accelerator what the type has besides processors
 * @param isNitro whether it is built on the Nitro System, which prefixes and IPv6 addresses of pods need
 * @param interfaces its network interfaces; empty when they are not known
 * @param vcpus the number of its virtual processors; empty when it is not known
 * @param disks the number of its NVMe instance store disks; empty when it is not known
 * @see <a href="https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html">EC2 instance types</a>
 */
@API(status = API.Status.INTERNAL)
public record InstanceType(
        String name,
        Optional<Architecture> architecture,
        Accelerator accelerator,
        boolean isNitro,
        Optional<NetworkInterfaces> interfaces,
        Optional<Integer> vcpus,
        Optional<Integer> disks) {

    /** Where the sizes begin in a line of the table. */
    private static final int SIZES = 4;

    /** Where it says on what the sizes run that are not bare metal. */
    private static final int HYPERVISOR = 3;

    /** A size that a family has and the table does not cannot be distinguished from a typing error. */
    private static final class Table {
        private static final List<String> LINES = ProgramFile.read(InstanceType.class, "instance-types.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    /** Read when it is first used. */
    private static final class Capacity {
        private static final List<String> LINES = ProgramFile.read(InstanceType.class, "instance-capacity.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    /**
     * An instance type by its name.
     *
     * @param name such as {@code m7g.large}
     * @return the type; empty when the table does not have it
     */
    public static Optional<InstanceType> find(String name) {
        int dot = name.indexOf('.');
        if (dot < 1) {
            return Optional.empty();
        }
        return line(name.substring(0, dot)).flatMap(words -> sizes(words)
                .filter(size -> size[0].equals(name.substring(dot + 1)))
                .findFirst()
                .map(size -> of(name, words, size, capacity(name.substring(0, dot), size[0]))));
    }

    private static InstanceType of(String name, List<String> words, String[] size, Optional<String[]> capacity) {
        return new InstanceType(
                name,
                words.get(1).equals("mac") ? Optional.empty() : Optional.of(Architecture.parse(words.get(1))),
                accelerator(words.get(2)),
                words.get(HYPERVISOR).equals("nitro") || size[0].startsWith("metal"),
                size.length > 1 ? Optional.of(NetworkInterfaces.parse(size[1])) : Optional.empty(),
                capacity.map(facts -> Integer.valueOf(facts[1])),
                capacity.map(facts -> facts.length > 2 ? Integer.valueOf(facts[2]) : 0));
    }

    private static Optional<String[]> capacity(String family, String size) {
        return Capacity.LINES.stream()
                .filter(line -> line.startsWith(family + " "))
                .flatMap(line -> Stream.of(line.split(" ", -1)).skip(1))
                .map(word -> word.split("/", -1))
                .filter(facts -> facts[0].equals(size))
                .findFirst();
    }

    /** The sizes of a family, each with what the table says of it. */
    private static Stream<String[]> sizes(List<String> words) {
        return words.subList(SIZES, words.size()).stream().map(size -> size.split("/", -1));
    }

    /**
     * The most pods of a node with the VPC CNI, unless it assigns prefixes or addresses of other subnets.
     *
     * @return empty when it is not known
     */
    public Optional<Integer> pods() {
        return interfaces.map(known -> known.pods(false, false));
    }

    /**
     * The type that was probably meant.
     *
     * @param unknown a name that the table does not have
     * @return the nearest of the family's sizes, or the same size of the nearest family that has it; empty when nothing is
     *     near
     */
    static Optional<String> suggest(String unknown) {
        int dot = unknown.indexOf('.');
        String family = dot < 0 ? unknown : unknown.substring(0, dot);
        Optional<List<String>> known = line(family);
        if (known.isPresent()) {
            List<String> sizes = sizes(known.get()).map(size -> size[0]).toList();
            return Suggestion.nearest(dot < 0 ? "large" : unknown.substring(dot + 1), sizes)
                    .or(() -> sizes.stream().findFirst())
                    .map(size -> family + "." + size);
        }
        List<String> all = new ArrayList<>();
        for (String line : Table.LINES) {
            List<String> words = List.of(line.split(" ", -1));
            sizes(words).forEach(size -> all.add(words.get(0) + "." + size[0]));
        }
        return Suggestion.nearest(unknown, all);
    }

    private static Optional<List<String>> line(String family) {
        return Table.LINES.stream()
                .filter(line -> line.startsWith(family + " "))
                .findFirst()
                .map(line -> List.of(line.split(" ", -1)));
    }

    private static Accelerator accelerator(String word) {
        return switch (word) {
            case "nvidia" -> Accelerator.NVIDIA;
            case "amd" -> Accelerator.AMD;
            case "neuron" -> Accelerator.NEURON;
            case "other" -> Accelerator.OTHER;
            default -> Accelerator.NONE;
        };
    }
}
