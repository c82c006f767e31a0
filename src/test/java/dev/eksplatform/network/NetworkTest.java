package dev.eksplatform.network;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.TerraformOutput;
import com.hashicorp.cdktf.TerraformOutputConfig;
import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.testing.SynthesizedStackAssert;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkTest {

    private static final NetworkSpec TWO_ZONES = NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b");

    private static TerraformStack stackWith(NetworkSpec spec) {
        TerraformStack stack = TestStack.make();
        new Network(stack, "network", spec);
        return stack;
    }

    @Test
    void minimal() {
        TestStack.checkGolden("network-minimal", stackWith(TWO_ZONES));
    }

    @Test
    void full() {
        NetworkSpec spec = NetworkSpec.of("10.20.0.0/20", "eu-central-1a", "eu-central-1b", "eu-central-1c")
                .withNat(NatMode.PER_ZONE)
                .withFlowLogs(false)
                .with(subnets -> subnets.publicSubnets(List.of(
                                Cidr.parse("10.20.0.0/24"), Cidr.parse("10.20.1.0/24"), Cidr.parse("10.20.2.0/24")))
                        .privateSubnets(List.of(
                                Cidr.parse("10.20.4.0/22"), Cidr.parse("10.20.8.0/22"), Cidr.parse("10.20.12.0/22"))));

        TestStack.checkGolden("network-full", stackWith(spec));
    }

    @Test
    void closed() {
        TestStack.checkGolden("network-closed", stackWith(TWO_ZONES.withNat(NatMode.NONE)));
    }

    @Test
    void anEndpointMayBeNamedInFull() {
        assertThat(stackWith(TWO_ZONES.withEndpoints(Optional.of(List.of(
                        EndpointService.parse("com.amazonaws.eu-central-1.dynamodb"), EndpointService.parse("logs"))))))
                .hasResources("aws_vpc_endpoint", 2)
                .hasResource("aws_vpc_endpoint")
                .withAttribute("service_name", "com.amazonaws.eu-central-1.dynamodb")
                .withAttribute("vpc_endpoint_type", "Gateway")
                .and()
                .hasResource("aws_vpc_endpoint")
                .withAttribute("service_name", "com.amazonaws.eu-central-1.logs")
                .withAttribute("vpc_endpoint_type", "Interface");
    }

    @Test
    void noNatGatewayMeansNoWayOutOfPrivateSubnets() {
        assertThat(stackWith(TWO_ZONES.withNat(NatMode.NONE)))
                .hasNoResource("aws_nat_gateway")
                .hasNoResource("aws_eip")
                .hasResources("aws_route_table", 3)
                .hasResources("aws_route", 1)
                .hasResource("aws_route")
                .withAttribute("gateway_id", "${aws_internet_gateway.network_internet-gateway_E855E801.id}");
    }

    @Test
    void oneNatGatewayServesAllZones() {
        assertThat(stackWith(TWO_ZONES)).hasResources("aws_nat_gateway", 1).hasResources("aws_route", 3);
    }

    @Test
    void aNatGatewayPerZoneServesItsOwnZone() {
        assertThat(stackWith(TWO_ZONES.withNat(NatMode.PER_ZONE)))
                .hasResources("aws_nat_gateway", 2)
                .hasResources("aws_eip", 2);
    }

    @Test
    void subnetsCarryTheTagsThatTheLoadBalancerControllerLooksFor() {
        SynthesizedStackAssert stack = assertThat(stackWith(TWO_ZONES)).hasResources("aws_subnet", 4);
        for (String zone : List.of("eu-central-1a", "eu-central-1b")) {
            stack.hasResource("aws_subnet")
                    .withAttribute("map_public_ip_on_launch", true)
                    .withAttribute("availability_zone", zone)
                    .withAttribute("tags[\"kubernetes.io/role/elb\"]", "1")
                    .and()
                    .hasResource("aws_subnet")
                    .withoutAttribute("map_public_ip_on_launch")
                    .withAttribute("availability_zone", zone)
                    .withAttribute("tags[\"kubernetes.io/role/internal-elb\"]", "1");
        }
    }

    @Test
    void theDefaultSecurityGroupLetsNothingThrough() {
        assertThat(stackWith(TWO_ZONES))
                .hasResource("aws_default_security_group")
                .withoutAttribute("ingress")
                .withoutAttribute("egress");
    }

    @Test
    void itsIdsAreReferencesInTheOrderOfZones() {
        TerraformStack stack = TestStack.make();
        Network network = new Network(stack, "network", TWO_ZONES);

        output(stack, "public", network.publicSubnetIds());
        output(stack, "private", network.privateSubnetIds());
        output(stack, "vpc", network.vpcId());

        JsonNode outputs = TestStack.configuration(stack).path("output");
        assertThat(outputs.at("/vpc/value").asText()).matches("\\$\\{aws_vpc\\.network_vpc_[0-9A-F]{8}\\.id}");
        assertThat(outputs.at("/public/value").toString())
                .matches("\\[\"\\$\\{aws_subnet\\.network_public-eu-central-1a_[0-9A-F]{8}\\.id}\","
                        + "\"\\$\\{aws_subnet\\.network_public-eu-central-1b_[0-9A-F]{8}\\.id}\"]");
        assertThat(outputs.at("/private/value").toString())
                .matches("\\[\"\\$\\{aws_subnet\\.network_private-eu-central-1a_[0-9A-F]{8}\\.id}\","
                        + "\"\\$\\{aws_subnet\\.network_private-eu-central-1b_[0-9A-F]{8}\\.id}\"]");
        assertThat(network.publicSubnets()).hasSize(2);
        assertThat(network.privateSubnets()).hasSize(2);
        assertThat(network.vpc().getFriendlyUniqueId()).startsWith("network_vpc_");
    }

    private static void output(TerraformStack stack, String name, Object value) {
        new TerraformOutput(
                stack, name, TerraformOutputConfig.builder().value(value).build());
    }
}
