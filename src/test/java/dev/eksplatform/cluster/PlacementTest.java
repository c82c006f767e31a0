package dev.eksplatform.cluster;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.network.Network;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.network.Zone;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A zone that is added to a network reaches neither the control plane nor groups and profiles that are there. */
class PlacementTest {

    private static final ClusterSpec SHOP = ClusterSpec.of("shop", "1.36");
    private static final NodeGroupSpec GENERAL = NodeGroupSpec.of("m7g.large");
    private static final FargateProfileSpec BATCH =
            FargateProfileSpec.of(List.of(FargateProfileSpec.Selector.of("batch")));
    private static final String A = "${aws_subnet.network_private-eu-central-1a_29F48933.id}";
    private static final String B = "${aws_subnet.network_private-eu-central-1b_50C40B77.id}";
    private static final String C = "${aws_subnet.network_private-eu-central-1c_D259F5BE.id}";

    private static TerraformStack stackWith(ClusterSpec cluster, NodeGroupSpec group, FargateProfileSpec profile) {
        TerraformStack stack = TestStack.make();
        NetworkSpec network = NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b", "eu-central-1c");
        Cluster made = new Cluster(stack, "cluster", new Network(stack, "network", network), cluster);
        new NodeGroup(stack, "general", made, group);
        new FargateProfile(stack, "batch", made, profile);
        return stack;
    }

    private static List<Zone> zones(String... letters) {
        return List.of(letters).stream()
                .map(letter -> Zone.parse("eu-central-1" + letter))
                .toList();
    }

    @Test
    void theFirstTwoZonesAreTheControlPlanesAndThoseOfNodesAndPods() {
        assertThat(stackWith(SHOP, GENERAL, BATCH))
                .hasResource("aws_eks_cluster")
                .withAttribute("vpc_config.subnet_ids", List.of(A, B))
                .and()
                .allResources("aws_eks_node_group")
                .withAttribute("subnet_ids", List.of(A, B))
                .and()
                .allResources("aws_eks_fargate_profile")
                .withAttribute("subnet_ids", List.of(A, B));
    }

    @Test
    void namedZonesOfTheControlPlaneAreThoseOfNodesAndPodsToo() {
        assertThat(stackWith(SHOP.withZones(zones("c", "a")), GENERAL, BATCH))
                .hasResource("aws_eks_cluster")
                .withAttribute("vpc_config.subnet_ids", List.of(C, A))
                .and()
                .allResources("aws_eks_node_group")
                .withAttribute("subnet_ids", List.of(C, A))
                .and()
                .allResources("aws_eks_fargate_profile")
                .withAttribute("subnet_ids", List.of(C, A));
    }

    @Test
    void nodesAndPodsMayBeInZonesWithoutAControlPlane() {
        assertThat(stackWith(SHOP, GENERAL.withZones(zones("c")), BATCH.withZones(zones("b", "c"))))
                .hasResource("aws_eks_cluster")
                .withAttribute("vpc_config.subnet_ids", List.of(A, B))
                .and()
                .allResources("aws_eks_node_group")
                .withAttribute("subnet_ids", List.of(C))
                .and()
                .allResources("aws_eks_fargate_profile")
                .withAttribute("subnet_ids", List.of(B, C));
    }

    @Test
    void anExistingNetworkIsUsedWhollyUnlessSubnetsAreNamed() {
        TerraformStack stack = TestStack.make();
        Cluster cluster = TestCluster.in(stack, SHOP.withSubnetIds(List.of("subnet-0000000c", "subnet-0000000d")));
        new NodeGroup(stack, "general", cluster, GENERAL);
        new NodeGroup(stack, "batch", cluster, GENERAL.withSubnetIds(List.of("subnet-0000000b")));

        assertThat(stack)
                .hasResource("aws_eks_cluster")
                .withAttribute("vpc_config.subnet_ids", List.of("subnet-0000000c", "subnet-0000000d"))
                .and()
                .hasResource("aws_eks_node_group")
                .withAttribute("node_group_name_prefix", "general-")
                .withAttribute("subnet_ids", List.of("subnet-0000000c", "subnet-0000000d"))
                .and()
                .hasResource("aws_eks_node_group")
                .withAttribute("node_group_name_prefix", "batch-")
                .withAttribute("subnet_ids", List.of("subnet-0000000b"));
    }

    @Test
    void aZoneThatTheNetworkHasNotIsRefused() {
        assertThat(ProblemsOf.making(() -> stackWith(SHOP.withZones(zones("a", "f")), GENERAL, BATCH)))
                .containsExactly("zones[1]: eu-central-1f is not a zone of the network; allowed: [eu-central-1a,"
                        + " eu-central-1b, eu-central-1c]; fix: add it at the end of the network's zones, or use one of"
                        + " those");
    }

    @Test
    void zonesOfAnExistingNetworkAreNotKnown() {
        assertThat(ProblemsOf.making(() -> TestCluster.in(TestStack.make(), SHOP.withZones(zones("a", "b")))))
                .containsExactly(
                        "zones: zones are only for a network that is created, or whose subnets are looked up; fix: use subnetIds");
    }

    @Test
    void aControlPlaneNeedsTwoZones() {
        assertThat(ProblemsOf.making(() -> SHOP.withZones(zones("a"))))
                .containsExactly(
                        "zones: 1 given; allowed: at least two: EKS places a control plane in two zones or more;"
                                + " fix: add another zone of network.zones");
        assertThat(ProblemsOf.making(() -> SHOP.withSubnetIds(List.of("subnet-0000000c"))))
                .containsExactly("subnetIds: 1 given; allowed: at least two: EKS places a control plane in two zones or"
                        + " more; fix: add a private subnet of another zone");
    }

    @Test
    void eachZoneAndSubnetOnceAndOnlyOneOfBoth() {
        assertThat(ProblemsOf.making(() -> GENERAL.withZones(zones("a", "a"))))
                .containsExactly("zones[1]: duplicate zone eu-central-1a; fix: remove one of them");
        assertThat(ProblemsOf.making(() -> BATCH.with(profile -> profile.zones(zones("a"))
                        .subnetIds(List.of("subnet-0000000c", "subnet-c", "subnet-0000000c")))))
                .containsExactly(
                        "subnetIds[1]: \"subnet-c\" is not a subnet id; allowed: subnet- and 8 to 17 hex digits; fix:"
                                + " copy it from `aws ec2 describe-subnets`",
                        "subnetIds[2]: duplicate subnet subnet-0000000c; fix: remove one of them",
                        "subnetIds: zones and subnetIds cannot be combined; allowed: zones in a network that is "
                                + "created, subnetIds in an existing one; fix: remove zones or subnetIds");
    }
}
