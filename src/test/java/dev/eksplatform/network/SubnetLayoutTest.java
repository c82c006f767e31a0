package dev.eksplatform.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The blocks of all kinds of subnets. */
class SubnetLayoutTest {

    private static final NetworkSpec TWO = NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b");
    private static final String POOL = "ipam-pool-0a1b2c3d4e5f60718";

    private static SubnetBlocks blocks(String... blocks) {
        return SubnetBlocks.of(Stream.of(blocks).map(Cidr::parse).toList());
    }

    private static List<String> blocks(NetworkSpec spec, SubnetKind kind) {
        return IntStream.range(0, spec.layout().count(kind))
                .mapToObj(zone -> spec.layout().block(kind, zone).orElseThrow().toString())
                .toList();
    }

    private static NetworkSpec everything(int prefixLength, int zones) {
        return NetworkSpec.of(
                        new Cidr(10L << 24, prefixLength),
                        IntStream.range(0, zones)
                                .mapToObj(zone -> Zone.parse("eu-central-1" + (char) ('a' + zone)))
                                .toList())
                .with(spec -> spec.intraSubnets(Optional.of(SubnetBlocks.planned()))
                        .controlPlaneSubnets(Optional.of(SubnetBlocks.planned()))
                        .pods(Optional.of(PodsSpec.in("100.64.0.0/16"))));
    }

    @Test
    void plannedSubnets() {
        NetworkSpec spec = everything(16, 2);
        assertThat(blocks(spec, SubnetKind.PUBLIC)).containsExactly("10.0.224.0/22", "10.0.228.0/22");
        assertThat(blocks(spec, SubnetKind.PRIVATE)).containsExactly("10.0.0.0/19", "10.0.32.0/19");
        assertThat(blocks(spec, SubnetKind.CONTROL_PLANE)).containsExactly("10.0.252.0/26", "10.0.252.64/26");
        assertThat(blocks(spec, SubnetKind.INTRA)).containsExactly("10.0.254.0/26", "10.0.254.64/26");
        assertThat(blocks(spec, SubnetKind.PODS)).containsExactly("100.64.0.0/19", "100.64.32.0/19");
        assertThat(spec.layout().addresses(SubnetKind.PRIVATE, 0)).isEqualTo(8187);
        assertThat(spec.layout().addresses(SubnetKind.CONTROL_PLANE, 1)).isEqualTo(59);
    }

    /** A zone that is added, and a kind that is added, leave every block where it is. */
    @Property
    void whatIsAddedLaterMovesNothing(
            @ForAll @IntRange(min = 16, max = 17) int prefix, @ForAll @IntRange(min = 2, max = 7) int zones) {
        NetworkSpec all = everything(prefix, 7);
        NetworkSpec some = everything(prefix, zones);
        List<Cidr> taken = new ArrayList<>();
        for (SubnetKind kind : SubnetKind.values()) {
            assertThat(blocks(some, kind)).isEqualTo(blocks(all, kind).subList(0, zones));
            for (int zone = 0; zone < 7; zone++) {
                Cidr block = all.layout().block(kind, zone).orElseThrow();
                assertThat(taken).noneMatch(block::overlaps);
                taken.add(block);
            }
        }
        NetworkSpec alone = NetworkSpec.of(some.cidr(), some.zones());
        assertThat(blocks(alone, SubnetKind.PRIVATE)).isEqualTo(blocks(some, SubnetKind.PRIVATE));
        assertThat(blocks(alone, SubnetKind.PUBLIC)).isEqualTo(blocks(some, SubnetKind.PUBLIC));
        assertThat(alone.layout().count(SubnetKind.INTRA)).isZero();
    }

    @Test
    void givenSubnetsMayBeInSecondaryBlocks() {
        NetworkSpec spec = TWO.withSecondaryCidrs(List.of(Cidr.parse("10.21.0.0/16")))
                .withIntraSubnets(Optional.of(blocks("10.21.0.0/24", "10.20.252.0/24")));
        assertThat(spec.layout().association(SubnetKind.INTRA, 0)).contains(Cidr.parse("10.21.0.0/16"));
        assertThat(spec.layout().association(SubnetKind.INTRA, 1)).isEmpty();
        assertThat(spec.layout().association(SubnetKind.PRIVATE, 0)).isEmpty();
    }

    @Test
    void subnetsHaveOneBlockForEachZoneInBlocksOfTheVpcAndShareNothing() {
        assertThat(ProblemsOf.making(() -> TWO.with(spec -> spec.secondaryCidrs(List.of(Cidr.parse("10.21.0.0/16")))
                        .intraSubnets(Optional.of(blocks("10.22.0.0/24", "10.20.0.0/24", "10.21.0.0/29")))
                        .controlPlaneSubnets(Optional.of(blocks("10.21.1.0/28"))))))
                .containsExactly(
                        "intraSubnets: 3 blocks for 2 zones; allowed: one block a zone; fix: give 2 blocks",
                        "controlPlaneSubnets: 1 blocks for 2 zones; allowed: one block for each of the first zones, two"
                                + " at least; fix: give 2 blocks",
                        "intraSubnets[0]: 10.22.0.0/24 lies outside the network; fix: use a part of 10.20.0.0/16 or"
                                + " 10.21.0.0/16",
                        "intraSubnets[2]: 10.21.0.0/29 is too small; allowed: a subnet is a /16 to a /28; fix: use a /28"
                                + " or larger");
        assertThat(ProblemsOf.making(() -> TWO.withIntraSubnets(Optional.of(blocks("10.20.0.0/24", "10.20.252.0/24")))))
                .containsExactly("intraSubnets[0]: 10.20.0.0/24 overlaps 10.20.0.0/19 of the planned private subnet of"
                        + " eu-central-1a; fix: use other addresses, such as those of a block of secondaryCidrs");
        assertThat(ProblemsOf.making(() -> TWO.with(
                        spec -> spec.publicSubnets(List.of(Cidr.parse("10.20.254.0/24"), Cidr.parse("10.20.1.0/24")))
                                .privateSubnets(List.of(Cidr.parse("10.20.2.0/24"), Cidr.parse("10.20.3.0/24")))
                                .intraSubnets(Optional.of(SubnetBlocks.planned())))))
                .containsExactly(
                        "intraSubnets: 10.20.254.0/26 overlaps 10.20.254.0/24 of publicSubnets[0]; fix: give blocks",
                        "intraSubnets: 10.20.254.64/26 overlaps 10.20.254.0/24 of publicSubnets[0]; fix: give blocks");
    }

    @Test
    void aControlPlaneMayHaveSubnetsInTheFirstZonesOnly() {
        NetworkSpec three = NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b", "eu-central-1c");
        assertThat(ProblemsOf.making(
                        () -> three.withControlPlaneSubnets(Optional.of(blocks("10.20.252.0/28", "10.20.252.16/28")))))
                .isEmpty();
    }

    @Test
    void smallBlocksAreNotPlannedFrom() {
        NetworkSpec small = NetworkSpec.of("10.20.0.0/20", "eu-central-1a", "eu-central-1b");
        assertThat(ProblemsOf.making(() -> small.with(spec -> spec.intraSubnets(Optional.of(SubnetBlocks.planned()))
                        .controlPlaneSubnets(Optional.of(SubnetBlocks.planned()))
                        .pods(Optional.of(PodsSpec.in("100.64.0.0/26"))))))
                .containsExactly(
                        "intraSubnets: a /20 is too small to plan these subnets from it; allowed: /16 to /18; fix: give"
                                + " their blocks, one for each zone",
                        "pods.cidr: a /26 is too small to plan these subnets from it; allowed: /16 to /25; fix: give"
                                + " their blocks, one for each zone",
                        "controlPlaneSubnets: a /20 is too small to plan these subnets from it; allowed: /16 to /17; fix:"
                                + " give their blocks, one for each zone");
    }

    @Test
    void podsHaveABlockForEachZone() {
        PodsSpec pods = PodsSpec.in("100.64.0.0/16");
        assertThat(ProblemsOf.making(
                        () -> TWO.withPods(Optional.of(pods.withSubnets(List.of(Cidr.parse("100.65.0.0/18")))))))
                .containsExactly(
                        "pods.subnets: 1 blocks for 2 zones; allowed: one block a zone; fix: give 2 blocks",
                        "pods.subnets[0]: 100.65.0.0/18 lies outside the network; fix: use a part of 10.20.0.0/16 or"
                                + " 100.64.0.0/16");
        assertThat(ProblemsOf.making(() -> PodsSpec.standard().withSubnets(List.of(Cidr.parse("100.64.0.0/18")))))
                .containsExactly(
                        "subnets: subnets without a block; fix: add cidr: 100.64.0.0/16, or the block that they"
                                + " are in");
    }

    @Test
    void subnetsOfAPoolsBlockArePlannedWithoutKnowingIt() {
        NetworkSpec pool = NetworkSpec.of(IpamPool.of(POOL, 20), TWO.zones());
        assertThat(pool.layout().block(SubnetKind.PRIVATE, 0)).isEmpty();
        assertThat(pool.layout().addresses(SubnetKind.PRIVATE, 0)).isEqualTo(507);
        assertThat(ProblemsOf.making(() -> pool.with(
                        spec -> spec.publicSubnets(List.of(Cidr.parse("10.20.0.0/24"), Cidr.parse("10.20.1.0/24")))
                                .privateSubnets(List.of(Cidr.parse("10.20.2.0/24"), Cidr.parse("10.20.3.0/24"))))))
                .hasSize(4)
                .first()
                .isEqualTo("publicSubnets[0]: 10.20.0.0/24 lies outside the network; fix: remove the blocks: those of a"
                        + " network from a pool are planned");
        assertThat(ProblemsOf.making(() -> NetworkSpec.of(IpamPool.of(POOL, 24), TWO.zones())))
                .containsExactly("cidr: a /24 is too small to be cut into subnets; allowed: /16 to /22 (the smallest"
                        + " subnet of AWS is a /28); fix: use a larger block, or give publicSubnets and privateSubnets"
                        + " yourself");
        assertThat(ProblemsOf.making(() -> NetworkSpec.of(IpamPool.of(POOL, 44), TWO.zones())))
                .containsExactly(
                        "cidr.netmaskLength: a block of /44; allowed: a VPC's block is a /16 to a /28; fix: use"
                                + " 16");
        assertThat(ProblemsOf.making(() -> IpamPool.of("pool-1", 16)))
                .containsExactly("ipamPoolId: \"pool-1\" is not the id of an IPAM pool; allowed: ipam-pool- and 8 to 17"
                        + " hex digits; fix: copy it from `aws ec2 describe-ipam-pools`");
    }

    @Test
    void anIpv6BlockHasASizeWithEnoughSubnets() {
        assertThat(ProblemsOf.making(() -> TWO.withIpv6(Optional.of(IpamPool.of(POOL, 60)))))
                .isEmpty();
        assertThat(ProblemsOf.making(() -> everything(16, 2).withIpv6(Optional.of(IpamPool.of(POOL, 60)))))
                .containsExactly(
                        "ipv6.netmaskLength: a /60 has 16 subnets, enough for public and private ones only; fix:"
                                + " use 56, or remove intraSubnets");
        assertThat(ProblemsOf.making(() -> TWO.withIpv6(Optional.of(IpamPool.of(POOL, 50)))))
                .containsExactly("ipv6.netmaskLength: a block of /50; allowed: 44, 48, 52, 56 or 60; fix: use 56");
    }

    @Test
    void tagsAndNamesAreForSubnetsThatThereAre() {
        Zone c = Zone.parse("eu-central-1c");
        assertThat(ProblemsOf.making(() -> TWO.with(spec -> spec.subnetTags(Map.of(
                                SubnetKind.PODS, Map.of("a", "b"),
                                SubnetKind.PRIVATE, Map.of("Name", "x")))
                        .zoneTags(Map.of(c, Map.of("kubernetes.io/role/elb", "1")))
                        .subnetNames(Map.of(SubnetKind.PRIVATE, List.of("a", "a", "b"))))))
                .containsExactlyInAnyOrder(
                        "subnetTags.pods: the network has no pods subnets; fix: remove it, or add pods.cidr",
                        "subnetTags.private.Name: names of subnets are given apart from their tags; fix: use"
                                + " subnetNames",
                        "zoneTags.eu-central-1c: eu-central-1c is not a zone of the network; allowed: [eu-central-1a,"
                                + " eu-central-1b]; fix: use one of those",
                        "zoneTags.eu-central-1c[\"kubernetes.io/role/elb\"]: public and private subnets have the tag"
                                + " kubernetes.io/role/elb already; fix: remove it",
                        "subnetNames.private: 3 names for 2 subnets; fix: give 2 names",
                        "subnetNames.private[1]: duplicate name a; fix: remove one of them");
    }

    @Test
    void natGatewaysHaveAsManyAddressesAsThereAreAndRoutesOutOfTheVpc() {
        List<String> one = List.of("eipalloc-0a1b2c3d4e5f60711");
        NatGatewaysSpec given = NatGatewaysSpec.standard().withAllocationIds(one);
        assertThat(ProblemsOf.making(() -> TWO.withNatGateways(given))).isEmpty();
        assertThat(ProblemsOf.making(() -> TWO.withNatGateways(given).withNat(NatMode.PER_ZONE)))
                .containsExactly("natGateways.allocationIds: 1 given; allowed: 2 with nat: per-zone, one for each zone;"
                        + " fix: add 1");
        assertThat(ProblemsOf.making(() -> TWO.withNatGateways(given).withNat(NatMode.NONE)))
                .containsExactly("natGateways: settings of NAT gateways with nat: none, which has none; fix: remove"
                        + " natGateways, or set nat: single");
        assertThat(ProblemsOf.making(
                        () -> TWO.withNatGateways(given.withDestinationCidrs(List.of(Cidr.parse("10.20.1.0/24"))))))
                .containsExactly("natGateways.destinationCidrs[0]: 10.20.1.0/24 is a part of 10.20.0.0/16, a block of"
                        + " the VPC; fix: remove it: it is reached without a gateway");
        assertThat(ProblemsOf.making(() -> given.withAllocationIds(List.of("eip-1", "eip-1"))))
                .containsExactly(
                        "allocationIds[0]: \"eip-1\" is not the allocation id of an Elastic IP address; allowed:"
                                + " eipalloc- and 8 to 17 hex digits; fix: copy it from `aws ec2 describe-addresses`",
                        "allocationIds[1]: \"eip-1\" is not the allocation id of an Elastic IP address; allowed:"
                                + " eipalloc- and 8 to 17 hex digits; fix: copy it from `aws ec2 describe-addresses`",
                        "allocationIds[1]: duplicate address eip-1; fix: remove one of them");
    }

    @Test
    void subnetsOfPodsInAnExistingNetworkAreOfOneRegion() {
        Map<Zone, String> ids = new LinkedHashMap<>();
        ids.put(Zone.parse("eu-central-1a"), "subnet-0000000a");
        ids.put(Zone.parse("us-east-1b"), "subnet-0000000a");
        ids.put(Zone.parse("eu-central-1c"), "net-1");
        assertThat(ProblemsOf.making(() -> ExistingPodsSpec.standard().withSubnetIds(ids)))
                .containsExactly(
                        "subnetIds.us-east-1b: duplicate subnet subnet-0000000a; fix: remove one of them",
                        "subnetIds.eu-central-1c: \"net-1\" is not a subnet id; allowed: subnet- and 8 to 17 hex digits;"
                                + " fix: copy it from `aws ec2 describe-subnets`",
                        "subnetIds.us-east-1b: us-east-1b is a zone of us-east-1; allowed: zones of one region, here"
                                + " eu-central-1; fix: use eu-central-1b");
    }
}
