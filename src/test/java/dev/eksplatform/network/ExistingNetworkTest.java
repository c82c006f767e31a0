package dev.eksplatform.network;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExistingNetworkTest {

    private static final List<String> PRIVATE = List.of("subnet-0000000b", "subnet-0000000c");

    @Test
    void minimal() {
        TerraformStack stack = TestStack.make();
        new ExistingNetwork(stack, "network", ExistingNetworkSpec.of("vpc-0a1b2c3d", List.of(), PRIVATE));

        TestStack.checkGolden("existing-network-minimal", stack);
    }

    @Test
    void full() {
        TerraformStack stack = TestStack.make();
        ExistingNetwork network = new ExistingNetwork(
                stack, "network", ExistingNetworkSpec.of("vpc-0a1b2c3d", List.of("subnet-0000000a"), PRIVATE));

        TestStack.checkGolden("existing-network-full", stack);
        assertThat(network.vpcId()).isEqualTo("vpc-0a1b2c3d");
        assertThat(network.publicSubnetIds()).containsExactly("subnet-0000000a");
        assertThat(network.privateSubnetIds()).isEqualTo(PRIVATE);
    }

    @Test
    void tagsNothingWhenTagsAreOff() {
        TerraformStack stack = TestStack.make();
        new ExistingNetwork(
                stack,
                "network",
                ExistingNetworkSpec.of("vpc-0a1b2c3d", List.of("subnet-0000000a"), PRIVATE)
                        .withTagSubnets(false));

        assertThat(stack).hasNoResource("aws_ec2_tag");
    }

    private static final ExistingNetworkSpec BY_TAGS = ExistingNetworkSpec.byTags(
            Map.of("Name", "shop"),
            Stream.of("eu-central-1a", "eu-central-1b", "eu-central-1c")
                    .map(Zone::parse)
                    .toList(),
            Map.of("kubernetes.io/role/internal-elb", "1"));

    @Test
    void aNetworkIsLookedUpByTags() {
        TerraformStack stack = TestStack.make();
        ExistingNetwork network = new ExistingNetwork(
                stack, "network", BY_TAGS.withPublicSubnetTags(Map.of("kubernetes.io/role/elb", "1")));
        assertThat(network.vpcId()).startsWith("${TfToken[");
        assertThat(network.privateSubnetIds()).hasSize(3);
        assertThat(network.initialSubnetIds())
                .isEqualTo(network.privateSubnetIds().subList(0, 2));
        assertThat(network.privateSubnetIds(List.of(Zone.parse("eu-central-1c"))))
                .containsExactly(network.privateSubnetIds().get(2));

        TestStack.checkGolden("existing-network-by-tags", stack);
    }

    @Test
    void tagsThatSubnetsAreLookedUpByAreNotCreated() {
        TerraformStack stack = TestStack.make();
        new ExistingNetwork(stack, "network", BY_TAGS.withPublicSubnetTags(Map.of("example.com/tier", "public")));
        assertThat(stack)
                .hasResources("aws_ec2_tag", 3)
                .hasResource("aws_ec2_tag")
                .withAttribute("key", "kubernetes.io/role/elb");
    }

    @Test
    void endpointsOfAnExistingNetwork() {
        TerraformStack stack = TestStack.make();
        ExistingNetwork network = new ExistingNetwork(
                stack,
                "network",
                ExistingNetworkSpec.of("vpc-0a1b2c3d", List.of(), PRIVATE).with(spec -> spec.privateCluster(true)
                        .flowLogs(FlowLogs.of(true))
                        .endpoints(Optional.of(List.of(EndpointSettings.of(EndpointService.parse("sqs"))
                                .withSubnetIds(List.of("subnet-0000000b")))))));
        assertThat(network.privateRoutes()).hasSize(8);

        TestStack.checkGolden("existing-network-private", stack);
    }

    @Test
    void routeTablesMayBeGiven() {
        TerraformStack stack = TestStack.make();
        new ExistingNetwork(
                stack,
                "network",
                ExistingNetworkSpec.of("vpc-0a1b2c3d", List.of(), PRIVATE)
                        .with(spec -> spec.privateRouteTableIds(List.of("rtb-0a1b2c3d"))
                                .endpoints(Optional.of(List.of(EndpointService.parse("s3"))))));
        assertThat(stack).hasResource("aws_vpc_endpoint").withAttribute("route_table_ids[0]", "rtb-0a1b2c3d");
        assertThat(TestStack.configuration(stack).has("data")).isFalse();
    }

    @Test
    void subnetsOfAnotherAccountAreNotTagged() {
        TerraformStack stack = TestStack.make();
        new ExistingNetwork(
                stack,
                "network",
                ExistingNetworkSpec.of("vpc-0a1b2c3d", List.of(), PRIVATE).withShared(true));
        assertThat(stack).hasNoResource("aws_ec2_tag");
    }
}
