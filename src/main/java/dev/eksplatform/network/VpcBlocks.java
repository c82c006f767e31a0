package dev.eksplatform.network;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The IPv4 blocks of a VPC: the primary one, whose addresses are not known when a pool allocates it, and those that are associated with
 * it. Which blocks AWS associates depends on the range of the primary one. Source: <a
 * href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#add-cidr-block-restrictions">IPv4 CIDR block
 * association restrictions</a>.
 *
 * @param primary the block that the VPC is created with
 * @param secondary the blocks that are associated with it, by their properties
 */
record VpcBlocks(CidrSource primary, Map<PropertyPath, Cidr> secondary) {

    /**
     * The most blocks of a VPC, with the highest quota that AWS gives. Source: <a
     * href="https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html">Amazon VPC quotas</a>.
     */
    static final int MOST = 50;

    private static final Cidr TEN = Cidr.parse("10.0.0.0/8");
    private static final Cidr SEVENTEEN_TWO = Cidr.parse("172.16.0.0/12");
    private static final Cidr ONE_NINETY_TWO = Cidr.parse("192.168.0.0/16");
    private static final Cidr BENCHMARKS = Cidr.parse("198.19.0.0/16");
    private static final Cidr DEFAULT_VPC = Cidr.parse("172.31.0.0/16");

    /** By the range of the primary block those whose blocks are refused; the last entry is for all other primary blocks. */
    private static final Map<Cidr, List<Cidr>> REFUSED = new LinkedHashMap<>();

    /** With a block of the first, no block of the second is associated. */
    private static final Cidr LOWEST_TWO = Cidr.parse("10.0.0.0/15");

    private static final Cidr LOWEST = Cidr.parse("10.0.0.0/16");

    static {
        REFUSED.put(TEN, List.of(SEVENTEEN_TWO, ONE_NINETY_TWO, BENCHMARKS));
        REFUSED.put(SEVENTEEN_TWO, List.of(TEN, ONE_NINETY_TWO, DEFAULT_VPC, BENCHMARKS));
        REFUSED.put(ONE_NINETY_TWO, List.of(TEN, SEVENTEEN_TWO, BENCHMARKS));
        REFUSED.put(BENCHMARKS, List.of(TEN, SEVENTEEN_TWO, ONE_NINETY_TWO));
        REFUSED.put(Cidr.parse("0.0.0.0/0"), List.of(TEN, SEVENTEEN_TWO, ONE_NINETY_TWO, BENCHMARKS));
    }

    /** The blocks of a network. The pods' block is not associated again when it is a part of another one. */
    static VpcBlocks of(CidrSource primary, List<Cidr> secondaryCidrs, Optional<PodsSpec> pods) {
        Map<PropertyPath, Cidr> secondary = new LinkedHashMap<>();
        for (int i = 0; i < secondaryCidrs.size(); i++) {
            secondary.put(PropertyPath.of("secondaryCidrs").index(i), secondaryCidrs.get(i));
        }
        VpcBlocks given = new VpcBlocks(primary, secondary);
        Optional<Cidr> another =
                pods.flatMap(PodsSpec::cidr).filter(block -> given.with(block).isEmpty());
        if (another.isEmpty()) {
            return given;
        }
        Map<PropertyPath, Cidr> all = new LinkedHashMap<>(secondary);
        all.put(PropertyPath.of("pods", "cidr"), another.get());
        return new VpcBlocks(primary, all);
    }

    /** The block that has all addresses of another one; empty when none of them is known to have them. */
    Optional<Cidr> with(Cidr part) {
        return known().stream().filter(block -> block.contains(part)).findFirst();
    }

    /** The blocks whose addresses are known. */
    List<Cidr> known() {
        List<Cidr> blocks = new ArrayList<>();
        if (primary instanceof Cidr given) {
            blocks.add(given);
        }
        blocks.addAll(secondary.values());
        return blocks;
    }

    /** The blocks whose addresses are known, by their properties. */
    Map<PropertyPath, Cidr> byProperty() {
        Map<PropertyPath, Cidr> blocks = new LinkedHashMap<>();
        if (primary instanceof Cidr given) {
            blocks.put(PropertyPath.of("cidr"), given);
        }
        blocks.putAll(secondary);
        return blocks;
    }

    /** Checks the blocks themselves; whether the primary one is such that its parts can be checked. */
    boolean check(Problems problems) {
        boolean sound = checkPrimary(problems);
        if (sound) {
            List<Cidr> before = new ArrayList<>(new VpcBlocks(primary, Map.of()).known());
            secondary.forEach((where, block) -> {
                checkSecondary(where, block, before, problems);
                before.add(block);
            });
        }
        if (secondary.size() >= MOST) {
            problems.add(
                    "secondaryCidrs",
                    secondary.size() + 1 + " blocks with that of the VPC",
                    "at most " + MOST + ", with the highest quota that AWS gives",
                    "use larger blocks");
        }
        return sound;
    }

    /** A route inside of the VPC is refused, and a block that has all of a route's destination, too. */
    void checkDestinations(PropertyPath where, List<Cidr> destinations, Problems problems) {
        for (int i = 0; i < destinations.size(); i++) {
            Cidr destination = destinations.get(i);
            if (with(destination).isPresent()) {
                problems.add(
                        where.index(i),
                        destination + " is a part of " + with(destination).get() + ", a block of the VPC",
                        "remove it: it is reached without a gateway");
            }
        }
    }

    private boolean checkPrimary(Problems problems) {
        if (!isSize(PropertyPath.of("cidr"), primary, problems)) {
            return false;
        }
        Optional<String> reserved =
                primary instanceof Cidr given ? ReservedBlocks.refusedForVpc(given) : Optional.empty();
        reserved.ifPresent(what -> problems.add(
                "cidr",
                primary + " lies in " + what,
                "blocks that AWS accepts for a VPC, such as those of 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16",
                "use a block such as 10.20.0.0/16"));
        return reserved.isEmpty();
    }

    private static boolean isSize(PropertyPath where, CidrSource block, Problems problems) {
        int length = block.prefixLength();
        if (length >= SubnetPlan.SMALLEST_PREFIX && length <= SubnetPlan.LARGEST_PREFIX) {
            return true;
        }
        boolean fromPool = block instanceof IpamPool;
        problems.add(
                fromPool ? where.key("netmaskLength") : where,
                fromPool ? "a block of /" + length : block + " is a /" + length,
                "a VPC's block is a /16 to a /28",
                fromPool ? "use 16" : length < SubnetPlan.SMALLEST_PREFIX ? "use a /16 of it" : "use a larger block");
        return false;
    }

    private void checkSecondary(PropertyPath where, Cidr block, List<Cidr> before, Problems problems) {
        if (!isSize(where, block, problems)) {
            return;
        }
        Optional<String> reserved = ReservedBlocks.refusedForVpc(block);
        Optional<Cidr> overlapping =
                before.stream().filter(other -> other.overlaps(block)).findFirst();
        if (reserved.isPresent()) {
            problems.add(where, block + " lies in " + reserved.get(), "use a block such as 100.64.0.0/16");
        } else if (overlapping.isPresent()) {
            problems.add(
                    where,
                    block + " overlaps " + overlapping.get() + ", another block of the VPC",
                    "use other addresses, or remove it");
        } else {
            refusedBeside(block)
                    .ifPresent(reason -> problems.add(
                            where,
                            reason,
                            "what AWS associates with " + primary
                                    + ": https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
                            "use another block, such as one of 100.64.0.0/10"));
        }
    }

    /** Nothing is known about the range of a block that a pool allocates. */
    private Optional<String> refusedBeside(Cidr block) {
        if (!(primary instanceof Cidr given)) {
            return Optional.empty();
        }
        Cidr range = REFUSED.keySet().stream()
                .filter(one -> one.contains(given))
                .findFirst()
                .orElseThrow();
        Optional<Cidr> refused = REFUSED.getOrDefault(range, List.of()).stream()
                .filter(one -> one.overlaps(block))
                .findFirst();
        if (refused.isPresent()) {
            return Optional.of(block + " is of " + refused.get() + ", which AWS does not associate with a VPC of "
                    + (range.prefixLength() == 0 ? "other than private addresses" : range.toString()));
        }
        return known().stream()
                .filter(other -> !other.equals(block) && LOWEST_TWO.contains(other) && LOWEST.overlaps(block))
                .findFirst()
                .map(other -> block + " is of " + LOWEST + ", which AWS does not associate with a VPC that has " + other
                        + " of " + LOWEST_TWO);
    }
}
