package dev.eksplatform.network;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * The CIDR blocks of a network's subnets, one public and one private for each zone.
 *
 * <p>A planned network is cut into eight equal parts: zone <i>i</i>'s private subnet is part <i>i</i>, and its public
 * subnet is the <i>i</i>-th eighth of the last part. A zone added later therefore moves no subnet that exists.
 *
 * @param publicSubnets the public blocks, in the order of the zones
 * @param privateSubnets the private blocks, in the order of the zones
 */
public record SubnetPlan(List<Cidr> publicSubnets, List<Cidr> privateSubnets) {

    /** How many zones a plan can hold: seven private parts, and one that the public subnets share. */
    public static final int MAX_ZONES = 7;

    /** AWS takes VPC and subnet blocks of /16 to /28. */
    static final int LARGEST_PREFIX = 28;

    static final int SMALLEST_PREFIX = 16;

    /** Copies the lists. */
    public SubnetPlan {
        publicSubnets = List.copyOf(publicSubnets);
        privateSubnets = List.copyOf(privateSubnets);
    }

    /**
     * Plans subnets.
     *
     * @param block the network's block, /16 to /22
     * @param zones the number of zones, 1 to {@value #MAX_ZONES}
     * @return the plan
     * @throws InvalidInputException when the block is too small to be cut, with {@code where} empty
     * @throws IllegalArgumentException for another number of zones
     */
    public static SubnetPlan of(Cidr block, int zones) {
        if (zones < 1 || zones > MAX_ZONES) {
            throw new IllegalArgumentException(zones + " zones; a plan holds 1 to " + MAX_ZONES);
        }
        checkSize(block);
        List<Cidr> publicSubnets = new ArrayList<>();
        List<Cidr> privateSubnets = new ArrayList<>();
        for (int zone = 0; zone < zones; zone++) {
            privateSubnets.add(SubnetKind.PRIVATE.planned(block, zone));
            publicSubnets.add(SubnetKind.PUBLIC.planned(block, zone));
        }
        return new SubnetPlan(publicSubnets, privateSubnets);
    }

    /** A block, known or not, has to be large enough for the subnets of a plan. */
    static void checkSize(CidrSource block) {
        int bits = SubnetKind.PUBLIC.bits();
        if (block.prefixLength() + bits > LARGEST_PREFIX) {
            throw new InvalidInputException(new Problem(
                    (block instanceof IpamPool ? "a /" + block.prefixLength() : block)
                            + " is too small to be cut into subnets",
                    "/" + SMALLEST_PREFIX + " to /" + (LARGEST_PREFIX - bits) + " (the smallest subnet of AWS is a /"
                            + LARGEST_PREFIX + ")",
                    "use a larger block, or give publicSubnets and privateSubnets yourself"));
        }
    }
}
