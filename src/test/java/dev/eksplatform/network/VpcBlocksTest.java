package dev.eksplatform.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which blocks a VPC can have. */
class VpcBlocksTest {

    private static final String SOURCE = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html";

    private static NetworkSpec network(String cidr) {
        return NetworkSpec.of(cidr, "eu-central-1a", "eu-central-1b");
    }

    private static List<String> problems(String cidr, String... secondary) {
        List<Cidr> blocks = Stream.of(secondary).map(Cidr::parse).toList();
        return ProblemsOf.making(() -> network(cidr).withSecondaryCidrs(blocks));
    }

    @ParameterizedTest
    @CsvSource({
        "10.20.0.0/16, 172.16.0.0/16, 172.16.0.0/12, a VPC of 10.0.0.0/8",
        "10.20.0.0/16, 192.168.0.0/20, 192.168.0.0/16, a VPC of 10.0.0.0/8",
        "10.20.0.0/16, 198.19.0.0/20, 198.19.0.0/16, a VPC of 10.0.0.0/8",
        "172.16.0.0/16, 10.1.0.0/16, 10.0.0.0/8, a VPC of 172.16.0.0/12",
        "172.16.0.0/16, 192.168.0.0/20, 192.168.0.0/16, a VPC of 172.16.0.0/12",
        "172.16.0.0/16, 172.31.0.0/20, 172.31.0.0/16, a VPC of 172.16.0.0/12",
        "172.16.0.0/16, 198.19.0.0/20, 198.19.0.0/16, a VPC of 172.16.0.0/12",
        "192.168.0.0/20, 10.1.0.0/16, 10.0.0.0/8, a VPC of 192.168.0.0/16",
        "192.168.0.0/20, 172.20.0.0/16, 172.16.0.0/12, a VPC of 192.168.0.0/16",
        "198.19.0.0/20, 10.1.0.0/16, 10.0.0.0/8, a VPC of 198.19.0.0/16",
        "100.64.0.0/16, 10.1.0.0/16, 10.0.0.0/8, a VPC of other than private addresses",
        "52.0.0.0/16, 198.19.0.0/20, 198.19.0.0/16, a VPC of other than private addresses"
    })
    void someRangesAreNotAssociatedWithOthers(String primary, String secondary, String range, String vpc) {
        assertThat(problems(primary, secondary))
                .containsExactly("secondaryCidrs[0]: " + secondary + " is of " + range
                        + ", which AWS does not associate with " + vpc + "; allowed: what AWS associates with "
                        + primary
                        + ": " + SOURCE + "; fix: use another block, such as one of 100.64.0.0/10");
    }

    @ParameterizedTest
    @CsvSource({
        "10.20.0.0/16, 10.21.0.0/16",
        "10.20.0.0/16, 10.0.0.0/16",
        "10.20.0.0/16, 100.64.0.0/16",
        "10.20.0.0/16, 52.0.0.0/16",
        "172.16.0.0/16, 172.20.0.0/16",
        "192.168.0.0/20, 192.168.128.0/20",
        "198.19.0.0/20, 198.19.128.0/20",
        "100.64.0.0/16, 100.65.0.0/16"
    })
    void othersAre(String primary, String secondary) {
        assertThat(problems(primary, secondary)).isEmpty();
    }

    @Test
    void theLowestBlockIsNotAssociatedWithItsNeighbours() {
        assertThat(problems("10.1.0.0/16", "10.0.0.0/16"))
                .containsExactly("secondaryCidrs[0]: 10.0.0.0/16 is of 10.0.0.0/16, which AWS does not associate with a"
                        + " VPC that has 10.1.0.0/16 of 10.0.0.0/15; allowed: what AWS associates with 10.1.0.0/16: "
                        + SOURCE + "; fix: use another block, such as one of 100.64.0.0/10");
        assertThat(problems("10.0.0.0/20", "10.0.16.0/20")).hasSize(1);
        assertThat(problems("10.20.0.0/16", "10.0.0.0/20", "10.0.16.0/20")).hasSize(2);
        assertThat(problems("10.0.0.0/16", "10.1.0.0/16")).isEmpty();
    }

    @Test
    void aBlockHasASizeThatAwsTakesIsNotReservedAndOverlapsNone() {
        assertThat(problems("10.20.0.0/16", "10.0.0.0/15", "100.64.0.0/29", "169.254.0.0/16", "10.20.1.0/24"))
                .containsExactly(
                        "secondaryCidrs[0]: 10.0.0.0/15 is a /15; allowed: a VPC's block is a /16 to a /28; fix: use a"
                                + " /16 of it",
                        "secondaryCidrs[1]: 100.64.0.0/29 is a /29; allowed: a VPC's block is a /16 to a /28; fix: use a"
                                + " larger block",
                        "secondaryCidrs[2]: 169.254.0.0/16 lies in 169.254.0.0/16, which is reserved for link-local"
                                + " addresses; fix: use a block such as 100.64.0.0/16",
                        "secondaryCidrs[3]: 10.20.1.0/24 overlaps 10.20.0.0/16, another block of the VPC; fix: use other"
                                + " addresses, or remove it");
        assertThat(problems("10.20.0.0/16", "10.21.0.0/16", "10.21.0.0/16"))
                .containsExactly("secondaryCidrs[1]: 10.21.0.0/16 overlaps 10.21.0.0/16, another block of the VPC; fix:"
                        + " use other addresses, or remove it");
    }

    @Test
    void noQuotaAllowsMoreThanFiftyBlocks() {
        String[] blocks =
                IntStream.range(0, 50).mapToObj(i -> "100.64." + i + ".0/24").toArray(String[]::new);
        assertThat(problems("10.20.0.0/16", blocks))
                .containsExactly("secondaryCidrs: 51 blocks with that of the VPC; allowed: at most 50, with the highest"
                        + " quota that AWS gives; fix: use larger blocks");
    }

    @Test
    void theBlockOfPodsIsAssociatedUnlessAnotherHasIt() {
        NetworkSpec spec = network("10.20.0.0/16");
        Cidr pods = Cidr.parse("100.64.0.0/16");
        assertThat(spec.associatedBlocks()).isEmpty();
        assertThat(spec.withPods(Optional.of(PodsSpec.in("100.64.0.0/16"))).associatedBlocks())
                .containsExactly(pods);
        assertThat(spec.withSecondaryCidrs(List.of(pods))
                        .withPods(Optional.of(PodsSpec.in("100.64.0.0/18")))
                        .associatedBlocks())
                .containsExactly(pods);
        assertThat(ProblemsOf.making(() -> spec.withPods(Optional.of(PodsSpec.in("172.16.0.0/16")))))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("pods.cidr: 172.16.0.0/16 is of 172.16.0.0/12, which AWS does not associate");
    }

    @Test
    void theRangeOfAPoolIsNotKnown() {
        NetworkSpec pool = NetworkSpec.of(
                IpamPool.of("ipam-pool-0a1b2c3d4e5f60718", 16),
                network("10.20.0.0/16").zones());
        assertThat(pool.block()).isEmpty();
        assertThat(ProblemsOf.making(() -> pool.withSecondaryCidrs(List.of(Cidr.parse("172.16.0.0/16")))))
                .isEmpty();
    }
}
