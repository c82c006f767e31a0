package dev.eksplatform.cluster;

import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.internal.logic.Truth;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an EC2 instance type can do, from the table {@code instance-features.txt}, which is read when it is first asked for.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypes.html">DescribeInstanceTypes</a>
 */
enum InstanceFeature {
    /** It can be bought as a Spot Instance. */
    SPOT,
    /** It is offered in Capacity Blocks for ML. */
    CAPACITY_BLOCK,
    /** It can be in a cluster placement group. */
    CLUSTER_PLACEMENT,
    /** It can have Nitro Enclaves. */
    ENCLAVES,
    /** It can hibernate. */
    HIBERNATION,
    /** It has network cards with EFA. */
    EFA;

    private static final class Table {
        private static final Map<String, List<String>> WORDS = read();

        private static Map<String, List<String>> read() {
            Map<String, List<String>> words = new HashMap<>();
            ProgramFile.read(InstanceFeature.class, "instance-features.txt")
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split(" ", -1)))
                    .forEach(line -> words.put(line.get(0), line.subList(1, line.size())));
            return words;
        }

        private static List<String> words(String name) {
            return WORDS.getOrDefault(name, List.of());
        }
    }

    /**
     * Network cards, in order.
     *
     * @param first the index of the first one
     * @param last the index of the last one
     */
    record Cards(int first, int last) {}

    /** Whether a type has it; unknown for types that the table does not have. */
    Truth of(String type) {
        if (InstanceType.find(type).isEmpty() || Table.words("unrecorded").contains(type)) {
            return Truth.UNKNOWN;
        }
        List<String> having = Table.words(name().toLowerCase(Locale.ROOT).replace('_', '-'));
        boolean has = this == EFA
                ? efaCards(type).isPresent()
                : having.contains(type)
                        || (having.contains(type.substring(0, type.indexOf('.')) + ".*")
                                && !having.contains("!" + type));
        return has ? Truth.TRUE : Truth.FALSE;
    }

    /** The network cards with EFA of a type; empty when it has none, or the table does not have the type. */
    static Optional<Cards> efaCards(String type) {
        return Table.words("efa").stream()
                .filter(word -> word.startsWith(type + "/"))
                .findFirst()
                .map(word -> word.substring(type.length() + 1).split("-", -1))
                .map(ends -> new Cards(Integer.parseInt(ends[0]), Integer.parseInt(ends[1])));
    }
}
