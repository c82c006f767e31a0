package dev.eksplatform.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/** IPv4 blocks that are not ordinary addresses. */
@API(status = API.Status.INTERNAL)
public final class ReservedBlocks {

    /**
     * AWS creates no VPC with these. Source: <a href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html">VPC
     * CIDR blocks</a>.
     */
    private static final Map<Cidr, String> NOT_FOR_A_VPC = new LinkedHashMap<>();

    /**
     * Reserved addresses on the internet, which EKS does not take for the public endpoint. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html">cluster endpoint access</a>.
     */
    private static final Map<Cidr, String> NOT_ON_THE_INTERNET = new LinkedHashMap<>();

    private static final Cidr DOCKER = Cidr.parse("172.17.0.0/16");

    static {
        NOT_FOR_A_VPC.put(Cidr.parse("0.0.0.0/8"), "this network");
        NOT_FOR_A_VPC.put(Cidr.parse("127.0.0.0/8"), "loopback");
        NOT_FOR_A_VPC.put(Cidr.parse("169.254.0.0/16"), "link-local addresses");
        NOT_FOR_A_VPC.put(Cidr.parse("224.0.0.0/4"), "multicast");
        NOT_FOR_A_VPC.put(Cidr.parse("240.0.0.0/4"), "future use");
        NOT_ON_THE_INTERNET.putAll(NOT_FOR_A_VPC);
        NOT_ON_THE_INTERNET.put(Cidr.parse("10.0.0.0/8"), "private networks");
        NOT_ON_THE_INTERNET.put(Cidr.parse("172.16.0.0/12"), "private networks");
        NOT_ON_THE_INTERNET.put(Cidr.parse("192.168.0.0/16"), "private networks");
        NOT_ON_THE_INTERNET.put(Cidr.parse("100.64.0.0/10"), "carrier-grade NAT");
        NOT_ON_THE_INTERNET.put(Cidr.parse("198.18.0.0/15"), "benchmarks");
        NOT_ON_THE_INTERNET.put(Cidr.parse("192.0.0.0/24"), "protocol assignments");
    }

    private ReservedBlocks() {}

    /**
     * What keeps AWS from creating a VPC with a block.
     *
     * @param block the block
     * @return the reserved block that it shares addresses with and what that is for; empty when nothing does
     */
    static Optional<String> refusedForVpc(Cidr block) {
        return NOT_FOR_A_VPC.entrySet().stream()
                .filter(reserved -> reserved.getKey().overlaps(block))
                .map(ReservedBlocks::describe)
                .findFirst();
    }

    /**
     * What keeps EKS from letting a block reach the public endpoint.
     *
     * @param block the block
     * @return the reserved block that it is in and what that is for; empty when it is in none
     */
    public static Optional<String> refusedForPublicEndpoint(Cidr block) {
        return NOT_ON_THE_INTERNET.entrySet().stream()
                .filter(reserved ->
                        block.prefixLength() > 0 && reserved.getKey().contains(block))
                .map(ReservedBlocks::describe)
                .findFirst();
    }

    /**
     * Why a block is a bad choice for a VPC, although AWS accepts it.
     *
     * @param block the block
     * @return what it is; empty for an ordinary private block
     */
    public static Optional<String> discouragedForVpc(Cidr block) {
        if (DOCKER.overlaps(block)) {
            return Optional.of("shares addresses with " + DOCKER
                    + ", which Docker's bridge and some AWS services use: nodes may not reach them");
        }
        boolean isPrivate = NOT_ON_THE_INTERNET.keySet().stream().anyMatch(reserved -> reserved.contains(block));
        return isPrivate
                ? Optional.empty()
                : Optional.of("is on the internet: its hosts there cannot be reached from the VPC");
    }

    private static String describe(Map.Entry<Cidr, String> reserved) {
        return reserved.getKey() + ", which is reserved for " + reserved.getValue();
    }
}
