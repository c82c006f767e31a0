package dev.eksplatform.network;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NetworkConnectionsTest {

    private static final NetworkSpec NETWORK = NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b");
    private static final String TRANSIT_GATEWAY = "tgw-0a1b2c3d4e5f60718";

    private static TerraformStack stackWith(NetworkSpec spec) {
        TerraformStack stack = TestStack.make();
        new Network(stack, "network", spec);
        return stack;
    }

    private static List<String> problems(UnaryOperator<NetworkSpec> change) {
        return ProblemsOf.making(() -> change.apply(NETWORK));
    }

    private static TransitGatewaySpec attachment(String... routes) {
        return TransitGatewaySpec.of(
                TRANSIT_GATEWAY, Stream.of(routes).map(RouteDestination::parse).toList());
    }

    private static RouteSpec route(String destination, String target) {
        return RouteSpec.of(RouteDestination.parse(destination), RouteTarget.parse(target));
    }

    private static NetworkAclRule allow(int number, String cidr, String protocol, String ports) {
        return NetworkAclRule.of(number, IpBlock.parse(cidr))
                .withProtocol(NetworkAclRule.AclProtocol.valueOf(protocol))
                .withPorts(Optional.of(ports).filter(given -> !given.isEmpty()).map(PortRange::parse));
    }

    @Test
    void aTransitGatewayIsReachedFromEachPrivateSubnet() {
        assertThat(stackWith(NETWORK.withTransitGateway(Optional.of(attachment("10.0.0.0/8")))))
                .hasResource("aws_ec2_transit_gateway_vpc_attachment")
                .withAttribute("transit_gateway_id", TRANSIT_GATEWAY)
                .withAttribute("appliance_mode_support", "disable")
                .withAttribute("dns_support", "enable")
                .withoutAttribute("transit_gateway_default_route_table_association")
                .and()
                .hasResources("aws_route", 5)
                .hasResource("aws_route")
                .withAttribute("destination_cidr_block", "10.0.0.0/8")
                .withAttribute("transit_gateway_id", TRANSIT_GATEWAY)
                .withAttribute("route_table_id", "${aws_route_table.network_private-eu-central-1a-routes_25CE0330.id}")
                .withAttribute(
                        "depends_on[0]", "aws_ec2_transit_gateway_vpc_attachment.network_transit-gateway_3129E1BB");
    }

    @Test
    void transitGatewayInFull() {
        TransitGatewaySpec attachment = attachment("0.0.0.0/0")
                .with(spec -> spec.subnets(List.of(Cidr.parse("10.20.255.0/28"), Cidr.parse("10.20.255.16/28")))
                        .publicRoutes(List.of(RouteDestination.parse("pl-0a1b2c3d4e5f60718")))
                        .applianceMode(true)
                        .dnsSupport(false)
                        .securityGroupReferencing(Optional.of(true))
                        .defaultRouteTableAssociation(Optional.of(false))
                        .defaultRouteTablePropagation(Optional.of(false)));
        NetworkSpec spec = NETWORK.withNat(NatMode.NONE).withTransitGateway(Optional.of(attachment));

        assertThat(spec.isClosed()).isFalse();
        assertThat(spec.endpointServices()).isEmpty();
        assertThat(stackWith(spec))
                .hasResource("aws_ec2_transit_gateway_vpc_attachment")
                .withAttribute("subnet_ids[0]", "${aws_subnet.network_transit-eu-central-1a_1B1EC576.id}")
                .withAttribute("appliance_mode_support", "enable")
                .withAttribute("dns_support", "disable")
                .withAttribute("security_group_referencing_support", "enable")
                .withAttribute("transit_gateway_default_route_table_association", false)
                .withAttribute("transit_gateway_default_route_table_propagation", false)
                .and()
                .hasResource("aws_subnet")
                .withAttribute("cidr_block", "10.20.255.16/28")
                .withAttribute("availability_zone", "eu-central-1b")
                .withoutAttribute("map_public_ip_on_launch")
                .and()
                .hasResource("aws_route")
                .withAttribute("destination_cidr_block", "0.0.0.0/0")
                .withAttribute("transit_gateway_id", TRANSIT_GATEWAY)
                .and()
                .hasResource("aws_route")
                .withAttribute("destination_prefix_list_id", "pl-0a1b2c3d4e5f60718")
                .withAttribute("route_table_id", "${aws_route_table.network_public-routes_309B7EF4.id}");
    }

    @Test
    void routesLeadThroughWhatTheirTargetsAre() {
        TerraformStack stack = stackWith(NETWORK.withRoutes(List.of(
                route("10.1.0.0/16", "pcx-0a1b2c3d4e5f60718")
                        .withSubnets(Set.of(SubnetKind.PUBLIC, SubnetKind.PRIVATE)),
                route("10.2.0.0/16", "vgw-0a1b2c3d4e5f60718"),
                route("10.3.0.0/16", "eni-0a1b2c3d4e5f60718"),
                route("10.4.0.0/16", "vpce-0a1b2c3d4e5f60718"),
                route("10.5.0.0/16", "nat-0a1b2c3d4e5f60718"),
                route("10.6.0.0/16", "tgw-0a1b2c3d4e5f60718"),
                route(
                        "2001:db8::/32",
                        "arn:aws:networkmanager::111122223333:core-network/core-network-0a1b2c3d4e5f60718"))));
        Map<String, String> arguments = Map.of(
                "10.1.0.0/16", "vpc_peering_connection_id",
                "10.2.0.0/16", "gateway_id",
                "10.3.0.0/16", "network_interface_id",
                "10.4.0.0/16", "vpc_endpoint_id",
                "10.5.0.0/16", "nat_gateway_id",
                "10.6.0.0/16", "transit_gateway_id");
        JsonNode routes = TestStack.configuration(stack).at("/resource/aws_route");
        arguments.forEach((destination, argument) -> assertThat(routes)
                .filteredOn(one -> one.path("destination_cidr_block").asText().equals(destination))
                .hasSize(destination.equals("10.1.0.0/16") ? 3 : 2)
                .allSatisfy(one -> assertThat(one.path(argument).asText()).endsWith("-0a1b2c3d4e5f60718")));
        assertThat(routes)
                .filteredOn(
                        one -> one.path("destination_ipv6_cidr_block").asText().equals("2001:db8::/32"))
                .hasSize(2)
                .allSatisfy(
                        one -> assertThat(one.path("core_network_arn").asText()).startsWith("arn:"));
    }

    @Test
    void nodesWaitForRoutesOfPrivateSubnets() {
        TerraformStack stack = TestStack.make();
        Network plain = new Network(stack, "plain", NETWORK);
        Network routed = new Network(
                stack,
                "routed",
                NETWORK.withRoutes(List.of(route("10.1.0.0/16", "pcx-0a1b2c3d4e5f60718")
                        .withSubnets(Set.of(SubnetKind.PUBLIC, SubnetKind.PRIVATE)))));
        assertThat(routed.privateRoutes()).hasSize(plain.privateRoutes().size() + 2);
    }

    @Test
    void eachWrongDestinationIsReported() {
        assertThat(problems(network -> network.with(spec -> spec.transitGateway(Optional.of(
                                attachment("0.0.0.0/0").withPublicRoutes(List.of(RouteDestination.parse("0.0.0.0/0")))))
                        .routes(List.of(
                                route("10.20.4.0/24", "pcx-0a1b2c3d"),
                                route("169.254.168.0/24", "pcx-0a1b2c3d"),
                                route("10.9.0.0/16", "pcx-0a1b2c3d"),
                                route("10.9.0.0/16", "pcx-0a1b2c3e"))))))
                .containsExactly(
                        "transitGateway.routes[0]: 0.0.0.0/0 of private subnets leads to NAT gateways already; fix: set nat:"
                                + " none, or route smaller blocks",
                        "transitGateway.publicRoutes[0]: 0.0.0.0/0 of public subnets leads to the internet gateway already;"
                                + " fix: remove it",
                        "routes[0].destination: 10.20.4.0/24 is a part of the VPC, whose traffic stays in it; allowed: blocks"
                                + " outside of 10.20.0.0/16; fix: remove it",
                        "routes[1].destination: 169.254.168.0/24 is a part of 169.254.168.0/22, which AWS uses itself; fix:"
                                + " remove it",
                        "routes[3].destination: 10.9.0.0/16 is routed by routes[2].destination, too; fix: remove one of"
                                + " them");
    }

    @Test
    void subnetsOfTheAttachmentAreChecked() {
        assertThat(problems(network -> network.withTransitGateway(Optional.of(attachment("10.0.0.0/8")
                        .withSubnets(List.of(
                                Cidr.parse("10.21.0.0/28"), Cidr.parse("10.20.0.0/29"), Cidr.parse("10.20.0.0/28")))))))
                .containsExactly(
                        "transitGateway.subnets: 3 blocks for 2 zones; allowed: one block a zone, or none; fix: give 2"
                                + " blocks",
                        "transitGateway.subnets[0]: 10.21.0.0/28 lies outside the network; fix: use a part of 10.20.0.0/16",
                        "transitGateway.subnets[1]: 10.20.0.0/29 is too small; allowed: a subnet is a /16 to a /28; fix: use"
                                + " a /28",
                        "transitGateway.subnets[2]: 10.20.0.0/28 overlaps 10.20.0.0/29; fix: move one of them");
        assertThat(problems(network -> network.withTransitGateway(Optional.of(attachment("10.0.0.0/8")
                        .withSubnets(List.of(Cidr.parse("10.20.0.0/28"), Cidr.parse("10.20.255.16/28")))))))
                .containsExactly(
                        "transitGateway.subnets[0]: 10.20.0.0/28 overlaps the subnet 10.20.0.0/19; fix: use a block"
                                + " that no subnet has, or give publicSubnets and privateSubnets");
    }

    @Test
    void targetsAndDestinationsHaveAForm() {
        assertThat(ProblemsOf.making(() -> RouteTarget.parse("igw-0a1b2c3d")))
                .containsExactly(
                        "\"igw-0a1b2c3d\" is not what a route can lead through; allowed: the id of a transit gateway"
                                + " (tgw-), VPC peering connection (pcx-), virtual private gateway (vgw-), network interface (eni-),"
                                + " Gateway Load Balancer endpoint (vpce-) or NAT gateway (nat-), or the ARN of a core network; fix:"
                                + " write it like tgw-0a1b2c3d4e5f60718");
        assertThat(ProblemsOf.making(() -> RouteDestination.parse("10.0.0.1/8")))
                .containsExactly(
                        "\"10.0.0.1/8\" has address bits set behind its prefix; allowed: the first address of a"
                                + " block; fix: use 10.0.0.0/8");
        assertThat(ProblemsOf.making(() -> RouteDestination.parse("2001:db8::1/32")))
                .containsExactly(
                        "\"2001:db8::1/32\" has address bits set behind its prefix; allowed: the first address of a"
                                + " block; fix: use 2001:db8::/32");
        assertThat(ProblemsOf.making(() -> RouteDestination.parse("2001:db8:::/32")))
                .containsExactly(
                        "\"2001:db8:::/32\" is not an IPv6 block; allowed: CIDR notation, an address and a prefix length"
                                + " of 0 to 128; fix: write it like 2001:db8::/32");
        assertThat(ProblemsOf.making(() -> TransitGatewaySpec.of("tgw-1", List.of())))
                .containsExactly(
                        "id: \"tgw-1\" is not the id of a transit gateway; allowed: tgw- and 8 to 17 hex digits; fix:"
                                + " copy it from `aws ec2 describe-transit-gateways`");
        assertThat(ProblemsOf.making(() -> TransitGatewaySpec.of("${aws_ec2_transit_gateway.hub.id}", List.of())))
                .isEmpty();
    }

    @Test
    void networkAcls() {
        NetworkAclSpec acl = NetworkAclSpec.of(
                List.of(
                        allow(100, "10.20.0.0/16", "ALL", ""),
                        allow(110, "0.0.0.0/0", "TCP", "1024-65535"),
                        allow(120, "2001:db8::/32", "UDP", "53")),
                List.of(
                        allow(100, "0.0.0.0/0", "ALL", ""),
                        NetworkAclRule.of(90, IpBlock.parse("198.51.100.0/24"))
                                .withAction(NetworkAclRule.AclAction.DENY)
                                .withProtocol(NetworkAclRule.AclProtocol.ICMP)
                                .withIcmpType(Optional.of(8))));
        assertThat(stackWith(NETWORK.withNetworkAcls(Map.of(SubnetKind.PRIVATE, acl))))
                .hasResources("aws_network_acl", 1)
                .hasResource("aws_network_acl")
                .withAttribute("subnet_ids[1]", "${aws_subnet.network_private-eu-central-1b_50C40B77.id}")
                .withAttribute("ingress[0].protocol", "-1")
                .withAttribute("ingress[0].from_port", 0)
                .withAttribute("ingress[0].to_port", 0)
                .withAttribute("ingress[0].cidr_block", "10.20.0.0/16")
                .withAttribute("ingress[0].ipv6_cidr_block", "${null}")
                .withAttribute("ingress[1].protocol", "6")
                .withAttribute("ingress[1].from_port", 1024)
                .withAttribute("ingress[1].to_port", 65535)
                .withAttribute("ingress[1].action", "allow")
                .withAttribute("ingress[1].rule_no", 110)
                .withAttribute("ingress[2].cidr_block", "${null}")
                .withAttribute("ingress[2].ipv6_cidr_block", "2001:db8::/32")
                .withAttribute("egress[1].action", "deny")
                .withAttribute("egress[1].protocol", "1")
                .withAttribute("egress[1].icmp_type", 8)
                .withAttribute("egress[1].icmp_code", -1);
    }

    @Test
    void rulesOfNetworkAclsAreChecked() {
        assertThat(ProblemsOf.making(
                        () -> NetworkAclRule.of(0, IpBlock.parse("::/0")).withIcmpType(Optional.of(300))))
                .contains("number: 0 is not the number of a rule; allowed: 1 to 32766; fix: use 100");
        assertThat(ProblemsOf.making(() -> NetworkAclRule.of(1, IpBlock.parse("::/0"))
                        .with(rule -> rule.protocol(NetworkAclRule.AclProtocol.ICMP)
                                .ports(Optional.of(PortRange.parse("443")))
                                .icmpType(Optional.of(300)))))
                .containsExactly(
                        "ports: ports of icmp; allowed: ports of tcp and udp; fix: remove ports, or set protocol: tcp",
                        "icmpType: 300; allowed: 0 to 255, or -1 for all; fix: use -1",
                        "protocol: icmp with ::/0; allowed: icmp with a block of IPv4; fix: use icmpv6");
        assertThat(ProblemsOf.making(
                        () -> NetworkAclRule.of(1, IpBlock.parse("10.0.0.0/8")).withIcmpCode(Optional.of(0))))
                .containsExactly("icmpCode: set for tcp; allowed: only for icmp and icmpv6; fix: remove it");
        assertThat(ProblemsOf.making(() -> PortRange.parse("90-80")))
                .containsExactly(
                        "\"90-80\" is neither a port nor a range of ports; allowed: 0 to 65535, the smaller one"
                                + " first; fix: write it like 443 or 1024-65535");
        assertThat(ProblemsOf.making(() -> NetworkAclSpec.of(
                        List.of(allow(100, "10.0.0.0/8", "TCP", ""), allow(100, "10.1.0.0/16", "TCP", "")), List.of())))
                .containsExactly("ingress[1].number: 100 is the number of ingress[0], too; fix: use another number");
    }

    private static List<String> hints(NetworkSpec spec) {
        return NetworkHints.of(spec).stream().map(Object::toString).toList();
    }

    @Test
    void rulesThatCutNodesOffAreWarnings() {
        List<NetworkAclRule> ingress = List.of(
                allow(100, "10.20.0.0/16", "TCP", ""),
                allow(110, "10.20.0.0/17", "UDP", ""),
                allow(120, "0.0.0.0/0", "TCP", "49152-65535"));
        List<NetworkAclRule> egress = List.of(
                allow(90, "198.51.100.0/24", "ALL", "").withAction(NetworkAclRule.AclAction.DENY),
                allow(100, "0.0.0.0/0", "ALL", ""));
        assertThat(hints(NETWORK.withNetworkAcls(Map.of(SubnetKind.PRIVATE, NetworkAclSpec.of(ingress, egress)))))
                .containsExactly(
                        "networkAcls.private.ingress: the rules cut off pods to CoreDNS on other nodes: udp packets from"
                                + " 10.20.0.0/16 to port 53 are dropped; fix: allow udp 53 with cidr 10.20.0.0/16",
                        "networkAcls.private.ingress: the rules cut off answers of CoreDNS: udp packets from 10.20.0.0/16 to"
                                + " ports 32768-60999 are dropped; fix: allow udp 32768-60999 with cidr 10.20.0.0/16",
                        "networkAcls.private.ingress: the rules cut off answers of registries and AWS APIs: tcp packets from"
                                + " the internet to ports 32768-60999 are dropped; fix: allow tcp 32768-60999 with cidr"
                                + " 0.0.0.0/0");
    }

    @Test
    void rulesThatLetEverythingThroughAreNoWarning() {
        NetworkAclSpec all = NetworkAclSpec.of(
                List.of(allow(100, "10.20.0.0/16", "ALL", ""), allow(110, "0.0.0.0/0", "TCP", "1024-65535")),
                List.of(allow(100, "0.0.0.0/0", "ALL", "")));
        assertThat(hints(NETWORK.withNetworkAcls(Map.of(SubnetKind.PRIVATE, all, SubnetKind.PUBLIC, all))))
                .isEmpty();
        NetworkAclSpec inside = NetworkAclSpec.of(
                List.of(allow(100, "10.20.0.0/16", "ALL", "")), List.of(allow(100, "10.20.0.0/16", "ALL", "")));
        assertThat(hints(NETWORK.withNat(NatMode.NONE).withNetworkAcls(Map.of(SubnetKind.PRIVATE, inside))))
                .isEmpty();
    }

    @Test
    void natGatewaysNeedRulesOfPublicSubnets() {
        NetworkAclSpec inside = NetworkAclSpec.of(
                List.of(allow(100, "10.20.0.0/16", "ALL", "")), List.of(allow(100, "10.20.0.0/16", "ALL", "")));
        assertThat(hints(NETWORK.withNetworkAcls(Map.of(SubnetKind.PUBLIC, inside))))
                .containsExactly(
                        "networkAcls.public.ingress: the rules cut off answers of the internet to NAT gateways: tcp packets"
                                + " from the internet to ports 1024-65535 are dropped; fix: allow tcp 1024-65535 with cidr"
                                + " 0.0.0.0/0",
                        "networkAcls.public.egress: the rules cut off NAT gateways to the internet: tcp packets to the"
                                + " internet to port 443 are dropped; fix: allow tcp 443 with cidr 0.0.0.0/0");
    }

    @Test
    void dhcpOptions() {
        DhcpOptionsSpec options = DhcpOptionsSpec.standard()
                .with(spec -> spec.domainNameServers(List.of("10.0.0.2", "10.0.0.3"))
                        .domainName(Optional.of("corp.example.com"))
                        .ntpServers(List.of("169.254.169.123"))
                        .netbiosNameServers(List.of("10.0.0.10"))
                        .netbiosNodeType(Optional.of(2)));
        NetworkSpec spec = NETWORK.withDhcpOptions(Optional.of(options));
        assertThat(stackWith(spec))
                .hasResource("aws_vpc_dhcp_options")
                .withAttribute("domain_name_servers[1]", "10.0.0.3")
                .withAttribute("domain_name", "corp.example.com")
                .withAttribute("ntp_servers[0]", "169.254.169.123")
                .withAttribute("netbios_name_servers[0]", "10.0.0.10")
                .withAttribute("netbios_node_type", "2")
                .withAttribute("lifecycle.create_before_destroy", true)
                .and()
                .hasResources("aws_vpc_dhcp_options_association", 1);
        assertThat(hints(spec))
                .containsExactly(
                        "dhcpOptions.domainNameServers: nodes find the private API endpoint and VPC endpoints by the"
                                + " resolver of the VPC, which these servers must forward to; fix: forward the names of AWS to the"
                                + " third address of 10.20.0.0/16, or use AmazonProvidedDNS");
    }

    @Test
    void theResolverOfTheVpcIsTheDefault() {
        NetworkSpec spec =
                NETWORK.withDhcpOptions(Optional.of(DhcpOptionsSpec.standard().withNtpServers(List.of("10.0.0.5"))));
        assertThat(stackWith(spec))
                .hasResource("aws_vpc_dhcp_options")
                .withAttribute("domain_name_servers[0]", "AmazonProvidedDNS")
                .withoutAttribute("domain_name");
        assertThat(hints(spec)).isEmpty();
    }

    @Test
    void serversAreChecked() {
        assertThat(ProblemsOf.making(() -> DhcpOptionsSpec.standard()
                        .with(spec -> spec.domainNameServers(List.of("10.0.0.256", "10.0.0.2", "10.0.0.2"))
                                .domainName(Optional.of("a.example b.example"))
                                .netbiosNodeType(Optional.of(3)))))
                .containsExactly(
                        "domainNameServers[0]: \"10.0.0.256\" is not an address or AmazonProvidedDNS; allowed: an address or"
                                + " AmazonProvidedDNS; fix: write it like 10.20.0.2",
                        "domainNameServers[2]: duplicate server 10.0.0.2; fix: remove one of them",
                        "domainName: \"a.example b.example\" is not a domain; allowed: one domain: several, as some Linux"
                                + " systems accept, break others; fix: write it like corp.example.com",
                        "netbiosNodeType: 3; allowed: 1, 2, 4 or 8; fix: use 2");
    }

    @Test
    void theSettingOfTheAccountFollowsTheExclusions() {
        BlockPublicAccessSpec block = BlockPublicAccessSpec.none()
                .with(spec -> spec.mode(Optional.of(BlockPublicAccessSpec.BlockMode.BLOCK_INGRESS))
                        .publicSubnets(Optional.of(BlockPublicAccessSpec.PublicAccess.ALLOW_BIDIRECTIONAL)));
        assertThat(stackWith(NETWORK.withBlockPublicAccess(Optional.of(block))))
                .hasResources("aws_vpc_block_public_access_exclusion", 2)
                .hasResource("aws_vpc_block_public_access_exclusion")
                .withAttribute("internet_gateway_exclusion_mode", "allow-bidirectional")
                .withAttribute("subnet_id", "${aws_subnet.network_public-eu-central-1a_08DBF8A4.id}")
                .and()
                .hasResource("aws_vpc_block_public_access_options")
                .withAttribute("internet_gateway_block_mode", "block-ingress")
                .withAttribute(
                        "depends_on[0]",
                        "aws_vpc_block_public_access_exclusion.network_public-access-eu-central-1a_36E82D95");
    }

    @Test
    void anExclusionOfTheVpcLeavesTheAccountAlone() {
        BlockPublicAccessSpec block =
                BlockPublicAccessSpec.none().withVpc(Optional.of(BlockPublicAccessSpec.PublicAccess.ALLOW_EGRESS));
        assertThat(stackWith(NETWORK.withBlockPublicAccess(Optional.of(block))))
                .hasNoResource("aws_vpc_block_public_access_options")
                .hasResource("aws_vpc_block_public_access_exclusion")
                .withAttribute("internet_gateway_exclusion_mode", "allow-egress")
                .withAttribute("vpc_id", "${aws_vpc.network_vpc_4E8F0223.id}");
    }

    @Test
    void whatContradictsBlockPublicAccessIsRefused() {
        BlockPublicAccessSpec none = BlockPublicAccessSpec.none();
        assertThat(problems(network -> network.withBlockPublicAccess(Optional.of(none))))
                .containsExactly(
                        "blockPublicAccess: neither a mode nor an exclusion; allowed: mode, vpc, publicSubnets; fix:"
                                + " remove it");
        assertThat(problems(network -> network.withBlockPublicAccess(
                        Optional.of(none.withMode(Optional.of(BlockPublicAccessSpec.BlockMode.BLOCK_BIDIRECTIONAL))))))
                .containsExactly(
                        "blockPublicAccess.mode: block-bidirectional blocks NAT gateways, too: nodes would have no"
                                + " way to the internet; fix: set mode: block-ingress, or vpc: allow-egress, or nat: none");
        assertThat(ProblemsOf.making(
                        () -> none.with(spec -> spec.mode(Optional.of(BlockPublicAccessSpec.BlockMode.BLOCK_INGRESS))
                                .vpc(Optional.of(BlockPublicAccessSpec.PublicAccess.ALLOW_EGRESS))
                                .publicSubnets(Optional.of(BlockPublicAccessSpec.PublicAccess.ALLOW_BIDIRECTIONAL)))))
                .containsExactly(
                        "publicSubnets: vpc and publicSubnets; allowed: one of them; fix: remove vpc, which includes the"
                                + " subnets",
                        "vpc: allow-egress with mode: block-ingress, which does not block connections to the internet; fix:"
                                + " remove it, or use allow-bidirectional");
    }

    @Test
    void encryptionControl() {
        EncryptionControlSpec monitor = EncryptionControlSpec.of(EncryptionControlSpec.EncryptionMode.MONITOR);
        assertThat(stackWith(NETWORK.withEncryptionControl(Optional.of(monitor))))
                .hasResource("aws_vpc_encryption_control")
                .withAttribute("mode", "monitor")
                .withoutAttribute("internet_gateway_exclusion");
        EncryptionControlSpec enforce = EncryptionControlSpec.of(EncryptionControlSpec.EncryptionMode.ENFORCE)
                .withExclusions(Set.of(EncryptionControlSpec.UnencryptedWay.values()));
        assertThat(stackWith(NETWORK.withEncryptionControl(Optional.of(enforce))))
                .hasResource("aws_vpc_encryption_control")
                .withAttribute("mode", "enforce")
                .withAttribute("internet_gateway_exclusion", "enable")
                .withAttribute("egress_only_internet_gateway_exclusion", "enable")
                .withAttribute("nat_gateway_exclusion", "enable")
                .withAttribute("virtual_private_gateway_exclusion", "enable")
                .withAttribute("vpc_peering_exclusion", "enable")
                .withAttribute("lambda_exclusion", "enable")
                .withAttribute("vpc_lattice_exclusion", "enable")
                .withAttribute("elastic_file_system_exclusion", "enable");
    }

    @Test
    void enforcedEncryptionNeedsExclusionsOfWhatDoesNotEncrypt() {
        assertThat(problems(network -> network.withEncryptionControl(
                        Optional.of(EncryptionControlSpec.of(EncryptionControlSpec.EncryptionMode.ENFORCE)))))
                .containsExactly("encryptionControl.exclusions: AWS refuses enforce while the network has what does not"
                        + " encrypt: [internet-gateway, nat-gateway]; fix: add internet-gateway, nat-gateway to exclusions,"
                        + " or remove it from the network");
        assertThat(problems(network -> network.withEncryptionControl(
                        Optional.of(EncryptionControlSpec.of(EncryptionControlSpec.EncryptionMode.MONITOR)
                                .withExclusions(Set.of(EncryptionControlSpec.UnencryptedWay.LAMBDA))))))
                .containsExactly(
                        "encryptionControl.exclusions: exclusions with mode: monitor, which refuses nothing; fix:"
                                + " remove exclusions, or set mode: enforce");
        assertThat(problems(network -> network.with(spec -> spec.privateCluster(true)
                        .encryptionControl(
                                Optional.of(EncryptionControlSpec.of(EncryptionControlSpec.EncryptionMode.ENFORCE))))))
                .isEmpty();
    }

    @Test
    void aPrivateClusterHasNoWayToTheInternet() {
        NetworkSpec spec = NETWORK.withPrivateCluster(true);
        assertThat(spec.nat()).isEqualTo(NatMode.NONE);
        assertThat(stackWith(spec))
                .hasNoResource("aws_internet_gateway")
                .hasNoResource("aws_nat_gateway")
                .hasNoResource("aws_route")
                .hasResources("aws_subnet", 2)
                .hasResources("aws_route_table", 2)
                .hasResources("aws_vpc_endpoint", 6);
        assertThat(NETWORK.with(change -> change.privateCluster(true)
                                .privateSubnets(List.of(Cidr.parse("10.20.0.0/18"), Cidr.parse("10.20.64.0/18"))))
                        .subnets()
                        .privateSubnets())
                .containsExactly(Cidr.parse("10.20.0.0/18"), Cidr.parse("10.20.64.0/18"));
    }

    @Test
    void whatContradictsAPrivateClusterIsRefused() {
        NetworkAclSpec acl = NetworkAclSpec.of(List.of(), List.of());
        assertThat(problems(network -> network.with(spec -> spec.privateCluster(true)
                        .nat(NatMode.PER_ZONE)
                        .publicSubnets(List.of(Cidr.parse("10.20.0.0/24")))
                        .privateSubnets(List.of(Cidr.parse("10.20.1.0/24"), Cidr.parse("10.20.2.0/24")))
                        .networkAcls(Map.of(SubnetKind.PUBLIC, acl))
                        .routes(List.of(route("10.0.0.0/8", "pcx-0a1b2c3d").withSubnets(Set.of(SubnetKind.PUBLIC)))))))
                .containsExactly(
                        "nat: NAT gateways with privateCluster, which has no way to the internet; allowed: none; fix: remove"
                                + " nat, or privateCluster and keep nat: none",
                        "routes[0].destination: privateCluster has no public subnets; fix: remove it, or route private"
                                + " subnets",
                        "networkAcls.public: privateCluster has no public subnets; fix: remove it",
                        "publicSubnets: privateCluster has no public subnets; fix: remove them");
    }

    @Test
    void subnetsOfTheAttachmentWaitForTheirBlock() {
        TransitGatewaySpec attachment =
                attachment("10.0.0.0/8").withSubnets(List.of(Cidr.parse("10.30.0.0/28"), Cidr.parse("10.30.0.16/28")));
        assertThat(stackWith(NETWORK.withSecondaryCidrs(List.of(Cidr.parse("10.30.0.0/16")))
                        .withTransitGateway(Optional.of(attachment))))
                .hasResource("aws_subnet")
                .withAttribute("cidr_block", "10.30.0.16/28")
                .withAttribute("depends_on[0]", "aws_vpc_ipv4_cidr_block_association.network_cidr-103000-16_6D504A70");
    }

    @Test
    void theAttachmentOfANetworkWithIpv6PropagatesIt() {
        NetworkSpec ipv6 = NETWORK.withIpv6(Optional.of(Ipv6Source.amazonProvided()));
        assertThat(stackWith(ipv6.withTransitGateway(Optional.of(attachment("fd00::/8")))))
                .hasResource("aws_ec2_transit_gateway_vpc_attachment")
                .withAttribute("ipv6_support", "enable");
        TransitGatewaySpec own = attachment("fd00::/8")
                .withSubnets(List.of(Cidr.parse("10.20.255.0/28"), Cidr.parse("10.20.255.16/28")));
        assertThat(stackWith(ipv6.withTransitGateway(Optional.of(own))))
                .hasResource("aws_ec2_transit_gateway_vpc_attachment")
                .withoutAttribute("ipv6_support");
        assertThat(hints(ipv6.withTransitGateway(Optional.of(own))))
                .containsExactly(
                        "transitGateway.subnets: these subnets have no IPv6 addresses, so the attachment does not propagate"
                                + " the IPv6 block of the VPC; fix: remove subnets, or add a route to the VPC in the route"
                                + " table of the transit gateway");
    }

    @Test
    void rulesThatCutOffPodsInABlockOfTheirOwnAreWarnings() {
        NetworkAclSpec inside = NetworkAclSpec.of(
                List.of(allow(100, "10.20.0.0/16", "ALL", "")), List.of(allow(100, "0.0.0.0/0", "ALL", "")));
        NetworkSpec network = NETWORK.withNat(NatMode.NONE)
                .withPods(Optional.of(PodsSpec.standard().withCidr(Optional.of(Cidr.parse("100.64.0.0/16")))))
                .withNetworkAcls(Map.of(SubnetKind.PRIVATE, inside));
        assertThat(hints(network))
                .contains(
                        "networkAcls.private.ingress: the rules cut off pods to CoreDNS on other nodes: udp packets from"
                                + " 100.64.0.0/16 to port 53 are dropped; fix: allow udp 53 with cidr 100.64.0.0/16")
                .noneMatch(hint -> hint.contains("egress"));
    }

    @Test
    void rulesForIpv4CutOffIpv6() {
        NetworkAclSpec all = NetworkAclSpec.of(
                List.of(allow(100, "0.0.0.0/0", "ALL", ""), allow(110, "::/0", "ALL", "")),
                List.of(allow(100, "0.0.0.0/0", "ALL", "")));
        assertThat(hints(NETWORK.withIpv6(Optional.of(Ipv6Source.amazonProvided()))
                        .withNetworkAcls(Map.of(SubnetKind.PRIVATE, all))))
                .containsExactly(
                        "networkAcls.private.egress: no rule allows IPv6 addresses, which the network has: all IPv6 packets"
                                + " are dropped; fix: allow all with cidr \"::/0\", or what is needed, or remove ipv6");
    }

    @Test
    void natGatewaysMayLeadToSomeNetworksBesideATransitGateway() {
        NetworkSpec partly = NETWORK.withNatGateways(
                NatGatewaysSpec.standard().withDestinationCidrs(List.of(Cidr.parse("203.0.113.0/24"))));
        assertThat(hints(partly))
                .containsExactly(
                        "natGateways.destinationCidrs: private subnets have a way to [203.0.113.0/24] only: nodes cannot"
                                + " join unless they reach [s3, ecr.api, ecr.dkr, ec2, sts, eks] there; fix: remove"
                                + " destinationCidrs, or lead 0.0.0.0/0 to a transit gateway, or have endpoints: [s3, ecr.api,"
                                + " ecr.dkr, ec2, sts, eks]");
        assertThat(hints(partly.withTransitGateway(Optional.of(attachment("0.0.0.0/0")))))
                .isEmpty();
        assertThat(problems(network -> partly.withRoutes(List.of(route("203.0.113.0/24", "pcx-0a1b2c3d4e5f60718")))))
                .containsExactly(
                        "routes[0].destination: 203.0.113.0/24 is routed by natGateways.destinationCidrs[0], too; fix: remove"
                                + " one of them");
    }

    @Test
    void anExclusionOfSubnetsIsNotOneOfGatewaysThatAreInNone() {
        BlockPublicAccessSpec block = BlockPublicAccessSpec.none()
                .with(spec -> spec.mode(Optional.of(BlockPublicAccessSpec.BlockMode.BLOCK_BIDIRECTIONAL))
                        .publicSubnets(Optional.of(BlockPublicAccessSpec.PublicAccess.ALLOW_EGRESS)));
        NetworkSpec blocked = NETWORK.withBlockPublicAccess(Optional.of(block));
        assertThat(ProblemsOf.making(() -> blocked.withNat(NatMode.REGIONAL)))
                .containsExactly(
                        "blockPublicAccess.publicSubnets: a regional NAT gateway is in no subnet: nodes would have no way to"
                                + " the internet; fix: set vpc: allow-egress instead of publicSubnets");
        assertThat(ProblemsOf.making(() -> blocked.withIpv6(Optional.of(Ipv6Source.amazonProvided()))))
                .containsExactly(
                        "blockPublicAccess.publicSubnets: the egress-only internet gateway is in no subnet: IPv6 packets of"
                                + " private subnets are blocked; fix: set vpc: allow-egress instead of publicSubnets");
    }

    @Test
    void subnetsOfTheAttachmentAreNotInABlockOfAPool() {
        TransitGatewaySpec attachment = attachment("10.0.0.0/8")
                .withSubnets(List.of(Cidr.parse("10.20.255.0/28"), Cidr.parse("10.20.255.16/28")));
        assertThat(problems(network -> network.withCidr(IpamPool.of("ipam-pool-0a1b2c3d4e5f60718", 16))
                        .withTransitGateway(Optional.of(attachment))))
                .startsWith(
                        "transitGateway.subnets[0]: 10.20.255.0/28 lies outside the network; fix: remove the blocks, or use"
                                + " a part of a block of secondaryCidrs");
    }

    @Test
    void everyIpv6AddressIsReachedByOneWay() {
        NetworkSpec ipv6 = NETWORK.withIpv6(Optional.of(Ipv6Source.amazonProvided()));
        RouteSpec all = route("0::/0", TRANSIT_GATEWAY).withSubnets(Set.of(SubnetKind.PRIVATE, SubnetKind.PUBLIC));
        assertThat(ProblemsOf.making(() -> ipv6.withRoutes(List.of(all))))
                .containsExactly(
                        "routes[0].destination: 0::/0 of public subnets leads to the internet gateway already; fix: remove"
                                + " it",
                        "routes[0].destination: 0::/0 of private subnets leads to the egress-only internet gateway already;"
                                + " fix: set nat: none, or route smaller blocks");
        assertThat(ProblemsOf.making(() ->
                        ipv6.withNat(NatMode.NONE).withRoutes(List.of(all.withSubnets(Set.of(SubnetKind.PRIVATE))))))
                .isEmpty();
        assertThat(ProblemsOf.making(() -> ipv6.withRoutes(
                        List.of(route("fd00::/8", TRANSIT_GATEWAY), route("FD00:0::/8", TRANSIT_GATEWAY)))))
                .containsExactly(
                        "routes[1].destination: FD00:0::/8 is routed by routes[0].destination, too; fix: remove one of them");
    }

    @Test
    void anEndpointIsNoTargetForPrefixLists() {
        assertThat(ProblemsOf.making(() -> route("pl-0a1b2c3d4e5f60718", "vpce-0a1b2c3d4e5f60718")))
                .containsExactly(
                        "target: a Gateway Load Balancer endpoint for a prefix list, which the AWS provider does not allow;"
                                + " allowed: blocks of addresses as destination; fix: write a route for each block of"
                                + " pl-0a1b2c3d4e5f60718");
    }
}
