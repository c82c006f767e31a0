package dev.eksplatform.cluster;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.internal.logic.Truth;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reservations, Capacity Blocks, Spot, placement groups and Elastic Fabric Adapters. */
class NodeCapacityTest {

    private static final NodeGroupSpec GENERAL = NodeGroupSpec.of("m7g.large");
    private static final NodeGroupSpec IN_ONE_SUBNET =
            NodeGroupSpec.of("p5.48xlarge").withSubnetIds(List.of("subnet-0000000a"));
    private static final CapacityReservationSpec RESERVATION =
            CapacityReservationSpec.none().withId(Optional.of("cr-0a1b2c3d4e5f60718"));

    private static TerraformStack stackWith(NodeGroupSpec spec) {
        TerraformStack stack = TestStack.make();
        new NodeGroup(stack, "general", TestCluster.in(stack), spec);
        return stack;
    }

    @ParameterizedTest
    @CsvSource({
        "SPOT, m7g.large, TRUE",
        "SPOT, hpc7g.16xlarge, FALSE",
        "SPOT, t2.nano, FALSE",
        "CAPACITY_BLOCK, p5.48xlarge, TRUE",
        "CAPACITY_BLOCK, trn1.2xlarge, FALSE",
        "CAPACITY_BLOCK, p6e-gb200.36xlarge, UNKNOWN",
        "CLUSTER_PLACEMENT, t3.large, FALSE",
        "CLUSTER_PLACEMENT, m7g.large, TRUE",
        "ENCLAVES, m5.large, FALSE",
        "ENCLAVES, m5.xlarge, TRUE",
        "HIBERNATION, m7g.large, TRUE",
        "HIBERNATION, m7g.metal, FALSE",
        "EFA, c5n.18xlarge, TRUE",
        "EFA, m7g.large, FALSE",
        "EFA, z9.large, UNKNOWN"
    })
    void whatATypeCanDoIsKnown(InstanceFeature feature, String type, Truth has) {
        assertThat(feature.of(type)).isEqualTo(has);
    }

    @Test
    void openReservationsAreNotUsed() {
        CapacityReservationSpec none =
                CapacityReservationSpec.none().withPreference(Optional.of(CapacityReservationSpec.Preference.NONE));
        assertThat(stackWith(GENERAL.withCapacityReservation(Optional.of(none))))
                .hasResource("aws_launch_template")
                .withAttribute("capacity_reservation_specification", Map.of("capacity_reservation_preference", "none"));
    }

    @Test
    void nodesRunInAReservationOrAGroupOfThem() {
        assertThat(stackWith(GENERAL.withSubnetIds(List.of("subnet-0000000a"))
                        .withCapacityReservation(Optional.of(RESERVATION))))
                .hasResource("aws_launch_template")
                .withAttribute(
                        "capacity_reservation_specification.capacity_reservation_target",
                        Map.of("capacity_reservation_id", "cr-0a1b2c3d4e5f60718"));
        String group = "arn:aws:resource-groups:eu-central-1:111122223333:group/nodes";
        assertThat(stackWith(GENERAL.withCapacityReservation(
                        Optional.of(CapacityReservationSpec.none().withResourceGroupArn(Optional.of(group))))))
                .hasResource("aws_launch_template")
                .withAttribute(
                        "capacity_reservation_specification.capacity_reservation_target",
                        Map.of("capacity_reservation_resource_group_arn", group));
    }

    @Test
    void aReservationIsOneOfThreeAndOfOneZoneAndType() {
        assertThat(ProblemsOf.making(
                        () -> RESERVATION.withPreference(Optional.of(CapacityReservationSpec.Preference.OPEN))))
                .containsExactly(
                        "preference: id and preference cannot be combined; allowed: one of id, resourceGroupArn and"
                                + " preference: EC2 takes a target or a preference; fix: remove all but one");
        assertThat(ProblemsOf.making(
                        () -> GENERAL.withCapacityReservation(Optional.of(CapacityReservationSpec.none()))))
                .containsExactly("capacityReservation: no reservation; fix: add id, resourceGroupArn or preference, or"
                        + " remove it");
        assertThat(ProblemsOf.making(() -> NodeGroupSpec.of("m7g.large", "m7g.xlarge")
                        .withCapacity(Capacity.SPOT)
                        .withPerZone(true)
                        .withCapacityReservation(Optional.of(RESERVATION))))
                .containsExactly(
                        "capacityReservation: Spot Instances do not run in reservations; allowed: capacity: on-demand or"
                                + " capacity-block; fix: remove it, or use capacity: on-demand",
                        "capacityReservation.id: a reservation is of one zone, the group is in several; allowed: one zone in"
                                + " zones, or one subnet in subnetIds; fix: add zones with one of network.zones, or"
                                + " subnetIds with one subnet",
                        "capacityReservation.id: a reservation for 2 instance types; allowed: one type: a reservation is of"
                                + " one; fix: remove the other types, or use resourceGroupArn");
    }

    @Test
    void nodesRunInACapacityBlock() {
        TerraformStack stack = stackWith(
                IN_ONE_SUBNET.withSize(SizeSpec.of(0, 2, 4)).with(group -> group.capacity(Capacity.CAPACITY_BLOCK)
                        .capacityReservation(Optional.of(RESERVATION))));
        assertThat(stack)
                .hasResource("aws_eks_node_group")
                .withAttribute("capacity_type", "CAPACITY_BLOCK")
                .withoutAttribute("instance_types")
                .withAttribute("lifecycle.ignore_changes", List.of("scaling_config[0].desired_size"))
                .and()
                .hasResource("aws_launch_template")
                .withAttribute("instance_type", "p5.48xlarge")
                .withAttribute("instance_market_options", Map.of("market_type", "capacity-block"))
                .withAttribute(
                        "capacity_reservation_specification.capacity_reservation_target.capacity_reservation_id",
                        "cr-0a1b2c3d4e5f60718");
    }

    @Test
    void aCapacityBlockIsNamedAndEnds() {
        assertThat(ProblemsOf.making(() -> GENERAL.withCapacity(Capacity.CAPACITY_BLOCK)))
                .containsExactly(
                        "capacity: capacity-block without the Capacity Block; fix: add capacityReservation: {id: cr-…} with"
                                + " its id",
                        "size.min: min 1 with capacity-block; allowed: 0: EKS scales the group to 0 before the Capacity"
                                + " Block ends; fix: use 0",
                        "instanceTypes[0]: m7g.large is not offered in Capacity Blocks; allowed: types such as p5.48xlarge"
                                + " and trn2.48xlarge; fix: use capacity: on-demand");
    }

    @Test
    void someTypesAreNotOfferedAsSpotInstances() {
        assertThat(ProblemsOf.making(() -> NodeGroupSpec.of("hpc7g.16xlarge").withCapacity(Capacity.SPOT)))
                .containsExactly(
                        "instanceTypes[0]: hpc7g.16xlarge is not offered as a Spot Instance; allowed: other types, or"
                                + " capacity: on-demand; fix: use capacity: on-demand");
    }

    @Test
    void aPlacementGroupExistsOrIsCreated() {
        assertThat(stackWith(GENERAL.withPlacementGroup(
                        Optional.of(PlacementGroupSpec.none().withExisting(Optional.of("near"))))))
                .hasNoResource("aws_placement_group")
                .hasResource("aws_launch_template")
                .withAttribute("placement", Map.of("group_name", "near"));
        assertThat(stackWith(GENERAL.withTags(Map.of("team", "web"))
                        .withPlacementGroup(Optional.of(PlacementGroupSpec.of(PlacementGroupSpec.Strategy.PARTITION)
                                .withPartitionCount(Optional.of(3))))))
                .hasResource("aws_placement_group")
                .withAttribute("name", "shop-general-partition-3")
                .withAttribute("strategy", "partition")
                .withAttribute("partition_count", 3)
                .withAttribute("tags", Map.of("team", "web"))
                .withAttribute("lifecycle", Map.of("create_before_destroy", true))
                .and()
                .hasResource("aws_launch_template")
                .withAttribute("placement.group_name", "${aws_placement_group.general_placement-group_23C1E62C.name}");
    }

    @Test
    void aPlacementGroupSaysOneThing() {
        assertThat(ProblemsOf.making(() -> PlacementGroupSpec.none().with(group -> group.existing(Optional.of("near"))
                        .strategy(Optional.of(PlacementGroupSpec.Strategy.SPREAD))
                        .partitionCount(Optional.of(8)))))
                .containsExactly(
                        "existing: a placement group that exists has a strategy already; fix: remove strategy and"
                                + " partitionCount, or existing",
                        "partitionCount: 8 partitions; allowed: 1 to 7 for each zone; fix: use 7");
        assertThat(ProblemsOf.making(() -> PlacementGroupSpec.of(PlacementGroupSpec.Strategy.SPREAD)
                        .withPartitionCount(Optional.of(2))))
                .containsExactly(
                        "partitionCount: partitions without strategy: partition; fix: add strategy: partition, or"
                                + " remove it");
        assertThat(ProblemsOf.making(() -> GENERAL.withPlacementGroup(Optional.of(PlacementGroupSpec.none()))))
                .containsExactly("placementGroup: no placement group; fix: add strategy, or existing, or remove it");
    }

    @Test
    void aClusterPlacementGroupIsInOneZoneAndNotForEveryType() {
        Optional<PlacementGroupSpec> near = Optional.of(PlacementGroupSpec.of(PlacementGroupSpec.Strategy.CLUSTER));
        assertThat(ProblemsOf.making(() -> NodeGroupSpec.of("t3.large").withPlacementGroup(near)))
                .containsExactly(
                        "placementGroup.strategy: a cluster placement group is in one zone, the group is in several; allowed:"
                                + " one zone in zones, or one subnet in subnetIds; fix: add zones with one of"
                                + " network.zones, or subnetIds with one subnet",
                        "instanceTypes[0]: t3.large cannot be in a cluster placement group; allowed: current types that are"
                                + " neither burstable nor flex; fix: use another type, or strategy: partition");
        assertThat(ProblemsOf.making(() -> GENERAL.withPerZone(true).withPlacementGroup(near)))
                .isEmpty();
    }

    private static List<String> interfaces(NodeGroupSpec spec) {
        List<String> interfaces = new ArrayList<>();
        for (JsonNode template : TestStack.configuration(stackWith(spec)).at("/resource/aws_launch_template")) {
            assertThat(template.has("vpc_security_group_ids")).isFalse();
            for (JsonNode one : template.path("network_interfaces")) {
                assertThat(one.path("security_groups")).hasSize(1);
                assertThat(one.path("associate_public_ip_address").asText()).isEqualTo("false");
                interfaces.add(one.path("network_card_index") + " " + one.path("device_index") + " "
                        + one.path("interface_type").asText());
            }
        }
        return interfaces;
    }

    @Test
    void eachNetworkCardHasAnAdapter() {
        assertThat(interfaces(NodeGroupSpec.of("c5n.18xlarge")
                        .withSubnetIds(List.of("subnet-0000000a"))
                        .withEfa(Optional.of(EfaSpec.standard()))))
                .containsExactly("0 0 efa");
        assertThat(interfaces(IN_ONE_SUBNET.withEfa(Optional.of(EfaSpec.standard()))))
                .hasSize(32)
                .startsWith("0 0 efa", "1 1 efa");
        assertThat(interfaces(NodeGroupSpec.of("p4d.24xlarge")
                        .withSubnetIds(List.of("subnet-0000000a"))
                        .withEfa(Optional.of(EfaSpec.standard().withEfaOnly(true)))))
                .containsExactly("0 0 efa", "1 1 efa-only", "2 1 efa-only", "3 1 efa-only");
        assertThat(interfaces(NodeGroupSpec.of("p6-b300.48xlarge")
                        .withSubnetIds(List.of("subnet-0000000a"))
                        .withEfa(Optional.of(EfaSpec.standard()))))
                .hasSize(17)
                .startsWith("0 0 interface", "1 1 efa");
    }

    @Test
    void adaptersTalkToEachOtherInAClusterPlacementGroup() {
        TerraformStack stack = TestStack.make();
        Cluster cluster = TestCluster.in(stack);
        new NodeGroup(stack, "one", cluster, IN_ONE_SUBNET.withEfa(Optional.of(EfaSpec.standard())));
        new NodeGroup(stack, "two", cluster, IN_ONE_SUBNET.withEfa(Optional.of(EfaSpec.standard())));
        assertThat(stack)
                .hasResources("aws_placement_group", 2)
                .hasResources("aws_vpc_security_group_egress_rule", 2)
                .hasResource("aws_vpc_security_group_egress_rule")
                .withAttribute("description", "Nodes and their pods among each other")
                .withAttribute(
                        "referenced_security_group_id", "${aws_security_group.cluster_node-security-group_4E716BC6.id}")
                .withAttribute("ip_protocol", "-1");
        TerraformStack block = stackWith(
                IN_ONE_SUBNET.withSize(SizeSpec.of(0, 0, 4)).with(group -> group.capacity(Capacity.CAPACITY_BLOCK)
                        .capacityReservation(Optional.of(RESERVATION))
                        .efa(Optional.of(EfaSpec.standard()))));
        assertThat(block).hasNoResource("aws_placement_group");
    }

    @Test
    void adaptersNeedTypesImageAndZone() {
        assertThat(ProblemsOf.making(() -> NodeGroupSpec.of("m7i.large", "c5n.18xlarge")
                        .withImage(NodeImage.WINDOWS_2022)
                        .withEfa(Optional.of(EfaSpec.standard()))))
                .containsExactly(
                        "efa: traffic of EFA does not leave its zone, the group is in several; allowed: one zone in zones, or"
                                + " one subnet in subnetIds; fix: add zones with one of network.zones, or subnetIds with one"
                                + " subnet",
                        "efa: EFA with Windows; allowed: al2023 or bottlerocket; fix: remove it, or use image: al2023",
                        "instanceTypes[0]: m7i.large has no EFA; allowed: types such as p5.48xlarge and hpc7g.16xlarge; fix:"
                                + " remove efa, or use another type",
                        "instanceTypes[1]: c5n.18xlarge has other network cards with EFA than m7i.large; allowed: types with"
                                + " the same network cards: a group has one launch template; fix: add another node group"
                                + " for c5n.18xlarge");
        NodeGroupSpec unknown = NodeGroupSpec.of("p9.48xlarge")
                .withArchitecture(Optional.of(Architecture.X86_64))
                .withSubnetIds(List.of("subnet-0000000a"));
        assertThat(ProblemsOf.making(() -> unknown.withEfa(Optional.of(EfaSpec.standard()))))
                .containsExactly(
                        "efa.networkCards: the network cards of p9.48xlarge are not known; fix: add networkCards: the"
                                + " number of its network cards with EFA");
        assertThat(interfaces(unknown.withEfa(Optional.of(EfaSpec.standard().withNetworkCards(Optional.of(2))))))
                .containsExactly("0 0 efa", "1 1 efa");
        assertThat(ProblemsOf.making(() -> EfaSpec.standard().withNetworkCards(Optional.of(65))))
                .containsExactly(
                        "networkCards: 65 network cards; allowed: 1 to 64; fix: use that of the instance type");
    }
}
