package dev.eksplatform.network;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apiguardian.api.API;

/**
 * The IPv4 blocks of all subnets of a network. A subnet that is planned is always the same part of its network, whatever other
 * zones and kinds of subnets there are: what is added later moves no subnet that exists.
 */
@API(status = API.Status.INTERNAL)
public final class SubnetLayout {

    /**
     * Addresses of every subnet that AWS keeps. Source: <a
     * href="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html">subnet sizing</a>.
     */
    private static final int RESERVED = 5;

    /** Every IPv6 subnet of AWS may have this size, and those of a network have it. */
    static final int IPV6_PREFIX = 64;

    private static final int LARGEST_IPV6_PREFIX = 44;
    private static final int STEP_OF_IPV6_PREFIXES = 4;

    private final VpcBlocks vpc;
    private final Optional<Cidr> pods;
    private final List<Zone> zones;
    private final Map<SubnetKind, SubnetBlocks> blocks = new EnumMap<>(SubnetKind.class);

    SubnetLayout(VpcBlocks vpc, Optional<PodsSpec> pods, List<Zone> zones) {
        this.vpc = vpc;
        this.zones = zones;
        this.pods = pods.flatMap(PodsSpec::cidr);
        pods.filter(spec -> spec.cidr().isPresent())
                .ifPresent(spec -> put(
                        SubnetKind.PODS,
                        spec.subnets().isEmpty() ? SubnetBlocks.planned() : SubnetBlocks.of(spec.subnets())));
    }

    /** Adds the subnets of a kind. */
    SubnetLayout put(SubnetKind kind, SubnetBlocks some) {
        blocks.put(kind, some);
        return this;
    }

    /**
     * How many subnets of a kind there are.
     *
     * @param kind the kind
     * @return as many as zones, none, or for the control plane those of the first zones
     */
    public int count(SubnetKind kind) {
        SubnetBlocks some = blocks.get(kind);
        return some instanceof SubnetBlocks.Given given ? given.blocks().size() : some == null ? 0 : zones.size();
    }

    /** The blocks of all subnets that are known. */
    List<Cidr> knownBlocks() {
        return blocks.keySet().stream()
                .flatMap(kind -> IntStream.range(0, count(kind)).boxed().flatMap(zone -> block(kind, zone).stream()))
                .toList();
    }

    /** Whether the network has subnets of a kind. */
    boolean has(SubnetKind kind) {
        return blocks.containsKey(kind);
    }

    /**
     * The property to change when a subnet is too small.
     *
     * @param kind the kind
     * @param zone the index of its zone
     * @return the block of the subnet, or that it is planned from
     */
    public PropertyPath property(SubnetKind kind, int zone) {
        if (blocks.get(kind) instanceof SubnetBlocks.Given) {
            return list(kind).index(zone);
        }
        return kind == SubnetKind.PODS ? PropertyPath.of("pods", "cidr") : PropertyPath.of("cidr");
    }

    private static PropertyPath list(SubnetKind kind) {
        return PropertyPath.of(kind.property().split("\\."));
    }

    /** The block of a subnet; empty when it is a part of one that a pool allocates. */
    Optional<Cidr> block(SubnetKind kind, int zone) {
        if (blocks.get(kind) instanceof SubnetBlocks.Given given) {
            return Optional.of(given.blocks().get(zone));
        }
        return base(kind) instanceof Cidr known ? Optional.of(kind.planned(known, zone)) : Optional.empty();
    }

    private CidrSource base(SubnetKind kind) {
        return kind == SubnetKind.PODS ? pods.orElseThrow() : vpc.primary();
    }

    /**
     * How many addresses of a subnet can be used.
     *
     * @param kind the kind
     * @param zone the index of its zone
     * @return all but those that AWS keeps
     */
    public long addresses(SubnetKind kind, int zone) {
        int length = block(kind, zone)
                .map(Cidr::prefixLength)
                .orElseGet(() -> base(kind).prefixLength() + kind.bits());
        return (1L << (Integer.SIZE - length)) - RESERVED;
    }

    /** The secondary block that a subnet waits for; empty when it is in the primary one. */
    Optional<Cidr> association(SubnetKind kind, int zone) {
        return block(kind, zone).flatMap(block -> vpc.secondary().values().stream()
                .filter(secondary -> secondary.contains(block))
                .findFirst());
    }

    /** Checks all blocks; nothing is planned from a network that is not sound. */
    void check(Problems problems) {
        boolean sound = problems.isEmpty();
        blocks.forEach((kind, some) -> {
            if (some instanceof SubnetBlocks.Given given) {
                checkNumber(kind, given.blocks().size(), problems);
            } else if (sound) {
                checkSize(kind, problems);
            }
        });
        checkPlaces(problems.isEmpty(), problems);
    }

    private void checkNumber(SubnetKind kind, int number, Problems problems) {
        boolean both = kind == SubnetKind.PUBLIC || kind == SubnetKind.PRIVATE;
        boolean some = kind == SubnetKind.CONTROL_PLANE && number >= NetworkSpec.MIN_ZONES && number <= zones.size();
        if (number != zones.size() && !some) {
            problems.add(
                    list(kind),
                    number + " blocks for " + zones.size() + " zones",
                    both
                            ? "one block a zone in both lists, or neither list"
                            : kind == SubnetKind.CONTROL_PLANE
                                    ? "one block for each of the first zones, two at least"
                                    : "one block a zone",
                    "give " + zones.size() + " blocks");
        }
    }

    private void checkSize(SubnetKind kind, Problems problems) {
        if (kind == SubnetKind.PUBLIC) {
            problems.collect(PropertyPath.of("cidr"), () -> {
                SubnetPlan.checkSize(vpc.primary());
                return vpc;
            });
            return;
        }
        // EKS recommends 16 free addresses for the control plane:
        // https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
        int longest = kind == SubnetKind.CONTROL_PLANE ? SubnetPlan.LARGEST_PREFIX - 1 : SubnetPlan.LARGEST_PREFIX;
        int largest = longest - kind.bits();
        if (kind != SubnetKind.PRIVATE && base(kind).prefixLength() > largest) {
            problems.add(
                    kind == SubnetKind.PODS ? PropertyPath.of("pods", "cidr") : list(kind),
                    "a /" + base(kind).prefixLength() + " is too small to plan these subnets from it",
                    "/" + SubnetPlan.SMALLEST_PREFIX + " to /" + largest,
                    "give their blocks, one for each zone");
        }
    }

    private record Placed(SubnetKind kind, int zone, Cidr block) {}

    private void checkPlaces(boolean withPlanned, Problems problems) {
        List<Placed> checked = new ArrayList<>();
        for (SubnetKind kind : blocks.keySet()) {
            boolean known = withPlanned || blocks.get(kind) instanceof SubnetBlocks.Given;
            for (int zone = 0; known && zone < count(kind); zone++) {
                int index = zone;
                block(kind, zone).ifPresent(block -> {
                    Placed subnet = new Placed(kind, index, block);
                    check(subnet, checked, problems);
                    checked.add(subnet);
                });
            }
        }
    }

    private void check(Placed subnet, List<Placed> others, Problems problems) {
        boolean given = blocks.get(subnet.kind()) instanceof SubnetBlocks.Given;
        PropertyPath where = given ? list(subnet.kind()).index(subnet.zone()) : list(subnet.kind());
        Cidr block = subnet.block();
        if (given && vpc.with(block).isEmpty()) {
            problems.add(where, block + " lies outside the network", outside());
        } else if (given && block.prefixLength() > SubnetPlan.LARGEST_PREFIX) {
            problems.add(where, block + " is too small", "a subnet is a /16 to a /28", "use a /28 or larger");
        }
        others.stream()
                .filter(other -> other.block().overlaps(block))
                .findFirst()
                .ifPresent(other -> problems.add(
                        where, block + " overlaps " + other.block() + " of " + name(other), separate(subnet)));
    }

    private String outside() {
        List<Cidr> known = vpc.known();
        return known.isEmpty()
                ? "remove the blocks: those of a network from a pool are planned"
                : "use a part of " + known.stream().map(Cidr::toString).collect(Collectors.joining(" or "));
    }

    private String name(Placed subnet) {
        return blocks.get(subnet.kind()) instanceof SubnetBlocks.Given
                ? list(subnet.kind()).index(subnet.zone()).toString()
                : "the planned " + subnet.kind().word() + " subnet of " + zones.get(subnet.zone());
    }

    private String separate(Placed subnet) {
        if (subnet.kind() == SubnetKind.PUBLIC || subnet.kind() == SubnetKind.PRIVATE) {
            return "move one of them, or leave both lists out to have the subnets planned";
        }
        return blocks.get(subnet.kind()) instanceof SubnetBlocks.Given
                ? "use other addresses, such as those of a block of secondaryCidrs"
                : "give blocks";
    }

    /**
     * Checks the size of an IPv6 block. Source: <a
     * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html">CreateVpc, Ipv6NetmaskLength</a>.
     */
    void check(Ipv6Source source, Problems problems) {
        int length = source.prefixLength();
        PropertyPath where = PropertyPath.of("ipv6", "netmaskLength");
        if (length < LARGEST_IPV6_PREFIX
                || length > IpamPool.LONGEST_IPV6_PREFIX
                || length % STEP_OF_IPV6_PREFIXES != 0) {
            problems.add(where, "a block of /" + length, "44, 48, 52, 56 or 60", "use 56");
            return;
        }
        int subnets = 1 << (IPV6_PREFIX - length);
        blocks.keySet().stream()
                .filter(kind -> kind != SubnetKind.PODS && kind.ipv6Part(0) >= subnets)
                .findFirst()
                .ifPresent(kind -> problems.add(
                        where,
                        "a /" + length + " has " + subnets + " subnets, enough for public and private ones only",
                        "use 56, or remove " + kind.property()));
    }
}
