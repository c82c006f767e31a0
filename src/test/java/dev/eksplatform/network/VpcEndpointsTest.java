package dev.eksplatform.network;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.iam.document.EndpointPolicy;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VpcEndpointsTest {

    private static final NetworkSpec NETWORK = NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b");
    private static final EndpointPolicy READ = EndpointPolicy.of(Map.of(
            "Statement",
            List.of(Map.of("Effect", "Allow", "Principal", "*", "Action", "s3:GetObject", "Resource", "*"))));

    private static TerraformStack stackWith(NetworkEndpoint... endpoints) {
        TerraformStack stack = TestStack.make();
        new Network(stack, "network", NETWORK.withEndpoints(Optional.of(List.of(endpoints))));
        return stack;
    }

    private static EndpointSettings of(String service) {
        return EndpointSettings.of(EndpointService.parse(service));
    }

    @Test
    void settingsWithoutAnySettingAreTheDefaults() {
        assertThat(TestStack.configuration(stackWith(of("s3"), of("ecr.api"))))
                .isEqualTo(TestStack.configuration(
                        stackWith(EndpointService.parse("s3"), EndpointService.parse("ecr.api"))));
    }

    @Test
    void interfacesInFull() {
        assertThat(stackWith(of("sqs").with(spec -> spec.policy(Optional.of(READ))
                        .privateDns(Optional.of(false))
                        .securityGroupIds(List.of("sg-0a1b2c3d"))
                        .zones(List.of(Zone.parse("eu-central-1b")))
                        .ipAddressType(Optional.of(EndpointAddresses.DUALSTACK)))))
                .hasNoResource("aws_security_group")
                .hasResource("aws_vpc_endpoint")
                .withAttribute(
                        "policy",
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
                                + "\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}]}")
                .withAttribute("private_dns_enabled", false)
                .withAttribute("security_group_ids[0]", "sg-0a1b2c3d")
                .withAttribute("subnet_ids[0]", "${aws_subnet.network_private-eu-central-1b_50C40B77.id}")
                .withoutAttribute("subnet_ids[1]")
                .withAttribute("ip_address_type", "dualstack");
    }

    @Test
    void s3MayHaveAGatewayAndInterfaces() {
        TerraformStack stack =
                stackWith(EndpointService.parse("s3"), of("s3").withType(Optional.of(EndpointType.INTERFACE)));
        assertThat(stack)
                .hasResources("aws_vpc_endpoint", 2)
                .hasResource("aws_vpc_endpoint")
                .withAttribute("vpc_endpoint_type", "Interface")
                .withAttribute("dns_options.private_dns_only_for_inbound_resolver_endpoint", true)
                .withAttribute("tags.Name", "test-network-s3-interface");
        assertThat(stackWith(of("s3").withType(Optional.of(EndpointType.INTERFACE))))
                .hasResource("aws_vpc_endpoint")
                .withAttribute("dns_options.private_dns_only_for_inbound_resolver_endpoint", false);
    }

    @Test
    void anEndpointServiceOfYourOwnHasNoPrivateName() {
        assertThat(stackWith(EndpointService.parse("com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d4e5f60718")))
                .hasResource("aws_vpc_endpoint")
                .withAttribute("service_name", "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d4e5f60718")
                .withAttribute("private_dns_enabled", false)
                .withAttribute("service_region", "eu-west-1")
                .withAttribute("tags.Name", "test-network-vpce-svc-0a1b2c3d4e5f60718");
    }

    @Test
    void settingsAreChecked() {
        assertThat(ProblemsOf.making(() -> of("s3").with(spec -> spec.privateDns(Optional.of(true))
                        .securityGroupIds(List.of("sg-1"))
                        .zones(List.of(Zone.parse("eu-central-1a")))
                        .subnetIds(List.of("subnet-0000000a")))))
                .containsExactly(
                        "privateDns: a gateway has no network interfaces; fix: remove privateDns, or set type: interface",
                        "securityGroupIds: a gateway has no network interfaces; fix: remove securityGroupIds, or set type:"
                                + " interface",
                        "zones: a gateway has no network interfaces; fix: remove zones, or set type: interface",
                        "subnetIds: a gateway has no network interfaces; fix: remove subnetIds, or set type: interface",
                        "subnetIds: zones and subnetIds; fix: remove one of them",
                        "securityGroupIds[0]: \"sg-1\" is not a security group id; allowed: sg- and 8 to 17 hex digits; fix:"
                                + " copy it from `aws ec2 describe-security-groups`");
        assertThat(ProblemsOf.making(() -> of("ecr.api").withType(Optional.of(EndpointType.GATEWAY))))
                .containsExactly(
                        "type: ecr.api has no gateway; allowed: gateways of s3 and dynamodb; fix: remove type");
        assertThat(ProblemsOf.making(() ->
                        of("com.amazonaws.vpce.eu-central-1.vpce-svc-0a1b2c3d").withPolicy(Optional.of(READ))))
                .containsExactly(
                        "policy: an endpoint service of your own takes no policy: only AWS services do; fix: remove"
                                + " policy, and use securityGroupIds");
    }

    @Test
    void zonesAreThoseOfTheNetwork() {
        assertThat(ProblemsOf.making(() -> NETWORK.withEndpoints(Optional.of(List.of(
                        of("sts").withZones(List.of(Zone.parse("eu-central-1c"))),
                        of("sqs").withSubnetIds(List.of("subnet-0000000a")))))))
                .containsExactly(
                        "endpoints[0].zones[0]: eu-central-1c is not a zone of the network; allowed: [eu-central-1a,"
                                + " eu-central-1b]; fix: use one of those",
                        "endpoints[1].subnetIds: subnets by id are only for an existing network; fix: use zones:"
                                + " [eu-central-1a, eu-central-1b]");
    }

    @Test
    void policiesAreChecked() {
        assertThat(ProblemsOf.making(() -> EndpointPolicy.of(
                        Map.of("Statement", List.of(Map.of("Effect", "Allow", "Action", "s3:GetObject"))))))
                .containsExactly(
                        "Statement[0]: no Principal in an endpoint policy; fix: add Principal: \"*\", and limit it by a"
                                + " Condition such as aws:PrincipalAccount",
                        "Statement[0]: no Resource; fix: add a Resource: ARNs or \"*\"");
        assertThat(READ.mayAllow("s3:GetObject", "arn:aws:s3:::b/k")).isTrue();
        assertThat(READ.mayAllow("s3:PutObject", "arn:aws:s3:::b/k")).isFalse();
    }
}
