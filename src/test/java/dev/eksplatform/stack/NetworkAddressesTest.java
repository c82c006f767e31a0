package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks, subnets and ways out of a network, from the environment file to Terraform. */
class NetworkAddressesTest {

    private static final String BASE = "cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b], flowLogs: false";

    @TempDir
    private Path folder;

    private String cluster = "{version: \"1.36\"}";
    private String providers = "{}";
    private int written;

    @BeforeEach
    void begin() {
        written = 0;
    }

    private Path file(String network) throws IOException {
        Path file = folder.resolve("shop.yaml");
        Files.writeString(
                file,
                String.join(
                        "\n",
                        "environment: shop",
                        "region: eu-central-1",
                        "account: \"111122223333\"",
                        "network: {" + network + "}",
                        "cluster: " + cluster,
                        "nodeGroups: {general: {instanceTypes: [m7g.large]}}",
                        "providers: " + providers,
                        ""));
        return file;
    }

    private JsonNode synthesize(String network) throws IOException {
        return TestJson.read(
                Synthesis.write(List.of(Environment.read(file(network))), folder.resolve("out" + written++))
                        .written()
                        .get(0)
                        .file());
    }

    /** An attribute of the resources of a type, by the parts of their names that are not a hash. */
    private static Map<String, String> attribute(JsonNode stack, String type, String attribute) {
        Map<String, String> values = new TreeMap<>();
        stack.path("resource").path(type).properties().forEach(resource -> {
            JsonNode value = resource.getValue().at("/" + attribute);
            values.put(
                    withoutHash(resource.getKey()), withoutHash(value.isTextual() ? value.asText() : value.toString()));
        });
        return values;
    }

    private static String withoutHash(String text) {
        return text.replaceAll("_[0-9A-F]{8}", "");
    }

    private static JsonNode cni(JsonNode stack) {
        for (JsonNode addon : stack.at("/resource/aws_eks_addon")) {
            if (addon.path("addon_name").asText().equals("vpc-cni")) {
                return TestJson.parse(
                        withoutHash(addon.path("configuration_values").asText()));
            }
        }
        throw new AssertionError("no vpc-cni");
    }

    /** What one stack has that the other has not, and what differs, but for the notes of CDKTF. */
    private static List<String> changes(JsonNode before, JsonNode after) {
        List<String> found = new ArrayList<>();
        before.path("resource")
                .properties()
                .forEach(type -> type.getValue().properties().forEach(old -> {
                    JsonNode now = after.path("resource").path(type.getKey()).path(old.getKey());
                    String address = type.getKey() + "." + withoutHash(old.getKey());
                    if (now.isMissingNode()) {
                        found.add("- " + address);
                    } else {
                        now.properties().forEach(attribute -> {
                            JsonNode was = old.getValue().path(attribute.getKey());
                            if (!attribute.getKey().equals("//")
                                    && !attribute.getKey().equals("depends_on")
                                    && !was.equals(attribute.getValue())) {
                                found.add("~ " + address + " " + attribute.getKey());
                            }
                        });
                    }
                }));
        return found;
    }

    @Test
    void secondaryBlocksAreAssociatedAndSubnetsInThemWait() throws IOException {
        JsonNode stack = synthesize(BASE + ", secondaryCidrs: [10.21.0.0/16],"
                + " publicSubnets: [10.20.0.0/24, 10.20.1.0/24], privateSubnets: [10.20.32.0/19, 10.21.0.0/19]");
        assertThat(attribute(stack, "aws_vpc_ipv4_cidr_block_association", "cidr_block"))
                .containsExactly(Map.entry("network_cidr-102100-16", "10.21.0.0/16"));
        assertThat(attribute(stack, "aws_vpc_ipv4_cidr_block_association", "vpc_id"))
                .containsValue("${aws_vpc.network_vpc.id}");
        assertThat(attribute(stack, "aws_subnet", "depends_on"))
                .containsEntry(
                        "network_private-eu-central-1b",
                        "[\"aws_vpc_ipv4_cidr_block_association.network_cidr-102100-16\"]")
                .containsEntry("network_private-eu-central-1a", "");
    }

    @Test
    void podsGetSubnetsOfTheirOwnWithTheSecurityGroupOfNodes() throws IOException {
        JsonNode stack = synthesize(BASE + ", pods: {cidr: 100.64.0.0/16}, endpoints: [ecr.api]");
        assertThat(attribute(stack, "aws_subnet", "cidr_block"))
                .containsEntry("network_pods-eu-central-1a", "100.64.0.0/19")
                .containsEntry("network_pods-eu-central-1b", "100.64.32.0/19");
        assertThat(attribute(stack, "aws_subnet", "tags"))
                .containsEntry(
                        "network_pods-eu-central-1a", "{\"Name\":\"shop-infrastructure-network-pods-eu-central-1a\"}");
        assertThat(attribute(stack, "aws_route_table_association", "route_table_id"))
                .containsEntry(
                        "network_pods-eu-central-1a-association",
                        "${aws_route_table.network_private-eu-central-1a-routes.id}");
        assertThat(cni(stack)).isEqualTo(TestJson.parse("""
                        {"enableNetworkPolicy": "true",
                         "eniConfig": {"create": true, "region": "eu-central-1", "subnets": {
                           "eu-central-1a": {"id": "${aws_subnet.network_pods-eu-central-1a.id}",
                             "securityGroups": ["${aws_security_group.cluster_node-security-group.id}"]},
                           "eu-central-1b": {"id": "${aws_subnet.network_pods-eu-central-1b.id}",
                             "securityGroups": ["${aws_security_group.cluster_node-security-group.id}"]}}},
                         "env": {"AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG": "true",
                           "ENI_CONFIG_LABEL_DEF": "topology.kubernetes.io/zone"}}"""));
        // Pods reach endpoints with addresses of their own.
        assertThat(attribute(stack, "aws_vpc_security_group_ingress_rule", "cidr_ipv4"))
                .containsEntry("network_endpoints_https-from-1006400-16", "100.64.0.0/16");
        assertThat(withoutHash(stack.at("/resource/aws_eks_node_group").toString()))
                .contains("aws_route_table_association.network_pods-eu-central-1a-association");
        assertThat(withoutHash(stack.at("/output/pod_subnet_ids/value").toString()))
                .isEqualTo("[\"${aws_subnet.network_pods-eu-central-1a.id}\","
                        + "\"${aws_subnet.network_pods-eu-central-1b.id}\"]");
    }

    @Test
    void podsInGivenSubnetsGetPrefixesAndTheUsersVariablesStay() throws IOException {
        cluster = "{version: \"1.36\", addons: {vpc-cni: {configuration: {env: {WARM_PREFIX_TARGET: \"2\","
                + " ADDITIONAL_ENI_TAGS: \"{}\"}}}}}";
        JsonNode stack = synthesize(BASE + ", secondaryCidrs: [100.64.0.0/16], pods: {cidr: 100.64.0.0/17, subnets:"
                + " [100.64.0.0/18, 100.64.64.0/18], prefixDelegation: true}, subnetNames: {pods: [pods-a, pods-b]}");
        assertThat(attribute(stack, "aws_vpc_ipv4_cidr_block_association", "cidr_block"))
                .containsExactly(Map.entry("network_cidr-1006400-16", "100.64.0.0/16"));
        assertThat(attribute(stack, "aws_subnet", "cidr_block"))
                .containsEntry("network_pods-eu-central-1b", "100.64.64.0/18");
        assertThat(attribute(stack, "aws_subnet", "tags"))
                .containsEntry("network_pods-eu-central-1a", "{\"Name\":\"pods-a\"}");
        assertThat(cni(stack).path("env")).isEqualTo(TestJson.parse("""
                        {"ADDITIONAL_ENI_TAGS": "{}", "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG": "true",
                         "ENABLE_PREFIX_DELEGATION": "true", "ENI_CONFIG_LABEL_DEF": "topology.kubernetes.io/zone",
                         "WARM_PREFIX_TARGET": "2"}"""));
    }

    @Test
    void prefixesNeedNoSubnetsOfTheirOwn() throws IOException {
        JsonNode stack = synthesize(BASE + ", pods: {prefixDelegation: true}");
        assertThat(cni(stack)).isEqualTo(TestJson.parse("""
                        {"enableNetworkPolicy": "true",
                         "env": {"ENABLE_PREFIX_DELEGATION": "true", "WARM_PREFIX_TARGET": "1"}}"""));
        assertThat(stack.at("/resource/aws_vpc_ipv4_cidr_block_association").isMissingNode())
                .isTrue();
        assertThat(stack.path("output").has("pod_subnet_ids")).isFalse();
    }

    @Test
    void podsInSubnetsOfAnExistingNetwork() throws IOException {
        JsonNode stack = synthesize("existing: {vpcId: vpc-0a1b2c3d, publicSubnetIds: [], privateSubnetIds:"
                + " [subnet-0000000a, subnet-0000000b], pods: {subnetIds: {eu-central-1a: subnet-0000001a,"
                + " eu-central-1b: subnet-0000001b}, prefixDelegation: true}}");
        assertThat(cni(stack).at("/eniConfig/subnets")).isEqualTo(TestJson.parse("""
                        {"eu-central-1a": {"id": "subnet-0000001a",
                           "securityGroups": ["${aws_security_group.cluster_node-security-group.id}"]},
                         "eu-central-1b": {"id": "subnet-0000001b",
                           "securityGroups": ["${aws_security_group.cluster_node-security-group.id}"]}}"""));
        assertThat(cni(stack).at("/env/ENABLE_PREFIX_DELEGATION").asText()).isEqualTo("true");
        JsonNode without = synthesize("existing: {vpcId: vpc-0a1b2c3d, publicSubnetIds: [], privateSubnetIds:"
                + " [subnet-0000000a, subnet-0000000b], pods: {prefixDelegation: true}}");
        assertThat(cni(without).has("eniConfig")).isFalse();
        assertThat(cni(without).path("env").size()).isEqualTo(2);
    }

    @Test
    void intraSubnetsHaveNoRouteOutOfTheVpc() throws IOException {
        JsonNode stack = synthesize(BASE + ", intraSubnets: planned");
        assertThat(attribute(stack, "aws_subnet", "cidr_block"))
                .containsEntry("network_intra-eu-central-1a", "10.20.254.0/26")
                .containsEntry("network_intra-eu-central-1b", "10.20.254.64/26");
        assertThat(attribute(stack, "aws_route_table_association", "route_table_id"))
                .containsEntry("network_intra-eu-central-1a-association", "${aws_route_table.network_intra-routes.id}")
                .containsEntry("network_intra-eu-central-1b-association", "${aws_route_table.network_intra-routes.id}");
        assertThat(attribute(stack, "aws_route", "route_table_id"))
                .isNotEmpty()
                .doesNotContainValue("${aws_route_table.network_intra-routes.id}");
        assertThat(stack.at("/output/intra_subnet_ids/value").size()).isEqualTo(2);
        assertThat(attribute(
                        synthesize(
                                BASE + ", secondaryCidrs: [10.21.0.0/16], intraSubnets: [10.21.0.0/20, 10.21.16.0/20]"),
                        "aws_subnet",
                        "cidr_block"))
                .containsEntry("network_intra-eu-central-1b", "10.21.16.0/20");
    }

    @Test
    void theControlPlaneHasSubnetsOfItsOwnAndNodesKeepTheirs() throws IOException {
        JsonNode stack = synthesize(BASE + ", controlPlaneSubnets: planned");
        assertThat(attribute(stack, "aws_eks_cluster", "vpc_config/subnet_ids"))
                .containsValue("[\"${aws_subnet.network_control-plane-eu-central-1a.id}\","
                        + "\"${aws_subnet.network_control-plane-eu-central-1b.id}\"]");
        assertThat(attribute(stack, "aws_eks_node_group", "subnet_ids"))
                .containsValue("[\"${aws_subnet.network_private-eu-central-1a.id}\","
                        + "\"${aws_subnet.network_private-eu-central-1b.id}\"]");
        assertThat(attribute(stack, "aws_route_table_association", "route_table_id"))
                .containsEntry(
                        "network_control-plane-eu-central-1b-association",
                        "${aws_route_table.network_private-eu-central-1b-routes.id}");

        cluster = "{version: \"1.36\", zones: [eu-central-1b, eu-central-1c]}";
        String three = "cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b, eu-central-1c],"
                + " controlPlaneSubnets: [10.20.252.0/27, 10.20.252.32/27, 10.20.252.64/27]";
        assertThat(attribute(synthesize(three), "aws_eks_cluster", "vpc_config/subnet_ids"))
                .containsValue("[\"${aws_subnet.network_control-plane-eu-central-1b.id}\","
                        + "\"${aws_subnet.network_control-plane-eu-central-1c.id}\"]");
    }

    @Test
    void subnetsHaveTagsByKindAndZone() throws IOException {
        JsonNode stack = synthesize(
                BASE + ", subnetTags: {private: {karpenter.sh/discovery: shop}, public: {tier: edge}},"
                        + " zoneTags: {eu-central-1a: {tier: west, row: one}}, subnetNames: {private: [nodes-a, nodes-b]}");
        assertThat(attribute(stack, "aws_subnet", "tags"))
                .containsExactly(
                        Map.entry(
                                "network_private-eu-central-1a",
                                "{\"Name\":\"nodes-a\",\"karpenter.sh/discovery\":\"shop\","
                                        + "\"kubernetes.io/role/internal-elb\":\"1\",\"row\":\"one\",\"tier\":\"west\"}"),
                        Map.entry(
                                "network_private-eu-central-1b",
                                "{\"Name\":\"nodes-b\",\"karpenter.sh/discovery\":\"shop\","
                                        + "\"kubernetes.io/role/internal-elb\":\"1\"}"),
                        Map.entry(
                                "network_public-eu-central-1a",
                                "{\"Name\":\"shop-infrastructure-network-public-eu-central-1a\","
                                        + "\"kubernetes.io/role/elb\":\"1\",\"row\":\"one\",\"tier\":\"edge\"}"),
                        Map.entry(
                                "network_public-eu-central-1b",
                                "{\"Name\":\"shop-infrastructure-network-public-eu-central-1b\","
                                        + "\"kubernetes.io/role/elb\":\"1\",\"tier\":\"edge\"}"));
    }

    @Test
    void natGatewaysTakeGivenAddressesAndRoutes() throws IOException {
        JsonNode stack = synthesize(BASE + ", nat: per-zone, natGateways: {allocationIds: [eipalloc-0000000a,"
                + " eipalloc-0000000b], destinationCidrs: [0.0.0.0/0, 192.0.2.0/24]}");
        assertThat(attribute(stack, "aws_nat_gateway", "allocation_id"))
                .containsExactly(
                        Map.entry("network_nat-eu-central-1a", "eipalloc-0000000a"),
                        Map.entry("network_nat-eu-central-1b", "eipalloc-0000000b"));
        assertThat(stack.at("/resource/aws_eip").isMissingNode()).isTrue();
        assertThat(attribute(stack, "aws_route", "nat_gateway_id"))
                .containsEntry(
                        "network_private-eu-central-1a-to-internet", "${aws_nat_gateway.network_nat-eu-central-1a.id}")
                .containsEntry(
                        "network_private-eu-central-1b-to-192020-24",
                        "${aws_nat_gateway.network_nat-eu-central-1b.id}");
        assertThat(attribute(
                        synthesize(BASE + ", natGateways: {destinationCidrs: [192.0.2.0/24]}"),
                        "aws_route",
                        "destination_cidr_block"))
                .containsOnlyKeys(
                        "network_public-to-internet",
                        "network_private-eu-central-1a-to-192020-24",
                        "network_private-eu-central-1b-to-192020-24");
    }

    @Test
    void aRegionalNatGatewayIsOneForTheVpc() throws IOException {
        JsonNode stack = synthesize(BASE + ", nat: regional");
        assertThat(stack.at("/resource/aws_nat_gateway")).hasSize(1);
        assertThat(attribute(stack, "aws_nat_gateway", "availability_mode")).containsValue("regional");
        assertThat(attribute(stack, "aws_nat_gateway", "vpc_id")).containsValue("${aws_vpc.network_vpc.id}");
        assertThat(attribute(stack, "aws_nat_gateway", "subnet_id")).containsValue("");
        assertThat(stack.at("/resource/aws_eip").isMissingNode()).isTrue();
        assertThat(attribute(stack, "aws_route", "nat_gateway_id"))
                .containsEntry(
                        "network_private-eu-central-1b-to-internet", "${aws_nat_gateway.network_nat-regional.id}");
        assertThat(stack.at("/terraform/required_providers/aws/version").asText())
                .isEqualTo(">= 6.24.0, < 7.0.0");

        JsonNode given = synthesize(
                BASE + ", nat: regional, natGateways: {allocationIds: [eipalloc-0000000a, eipalloc-0000000b]}");
        assertThat(attribute(given, "aws_nat_gateway", "availability_zone_address"))
                .containsValue("[{\"allocation_ids\":[\"eipalloc-0000000a\"],\"availability_zone\":\"eu-central-1a\"},"
                        + "{\"allocation_ids\":[\"eipalloc-0000000b\"],\"availability_zone\":\"eu-central-1b\"}]");
    }

    @Test
    void aPinWithoutRegionalNatGatewaysIsAProblemAtTheProperty() throws IOException {
        providers = "{aws: \"~> 6.20.0\"}";
        Path file = file(BASE + ", nat: regional");
        InvalidInputException thrown = catchThrowableOfType(
                InvalidInputException.class,
                () -> Synthesis.write(List.of(Environment.read(file)), folder.resolve("out")));
        assertThat(thrown.problems())
                .extracting(problem -> problem.toString().replace(folder + "/", ""))
                .containsExactly(
                        "shop.yaml:4:92 network.nat: aws_nat_gateway.availability_mode needs provider aws 6.24.0 or newer;"
                                + " allowed: >= 6.20.0, < 6.21.0, by providers.aws; fix: change providers.aws, or remove"
                                + " the attribute",
                        "shop.yaml:4:92 network.nat: aws_nat_gateway.vpc_id needs provider aws 6.24.0 or newer; allowed:"
                                + " >= 6.20.0, < 6.21.0, by providers.aws; fix: change providers.aws, or remove the"
                                + " attribute");
    }

    @Test
    void aNetworkHasIpv6AddressesAndNodesMayUseThem() throws IOException {
        JsonNode stack = synthesize(BASE + ", ipv6: amazon-provided");
        assertThat(attribute(stack, "aws_vpc", "assign_generated_ipv6_cidr_block"))
                .containsValue("true");
        assertThat(attribute(stack, "aws_subnet", "ipv6_cidr_block"))
                .containsEntry(
                        "network_public-eu-central-1b", "${cidrsubnet(aws_vpc.network_vpc.ipv6_cidr_block, 8, 1)}")
                .containsEntry(
                        "network_private-eu-central-1a", "${cidrsubnet(aws_vpc.network_vpc.ipv6_cidr_block, 8, 8)}");
        assertThat(attribute(stack, "aws_subnet", "assign_ipv6_address_on_creation"))
                .hasSize(4)
                .allSatisfy((name, value) -> assertThat(value).isEqualTo("true"));
        assertThat(attribute(stack, "aws_route", "destination_ipv6_cidr_block"))
                .containsEntry("network_public-to-internet-ipv6", "::/0")
                .containsEntry("network_private-eu-central-1a-to-internet-ipv6", "::/0");
        assertThat(attribute(stack, "aws_route", "egress_only_gateway_id"))
                .containsEntry(
                        "network_private-eu-central-1a-to-internet-ipv6",
                        "${aws_egress_only_internet_gateway.network_egress-only-internet-gateway.id}")
                .containsEntry("network_public-to-internet-ipv6", "");
        assertThat(attribute(stack, "aws_vpc_security_group_egress_rule", "cidr_ipv6"))
                .containsEntry("cluster_node-security-group_all-to-anywhere-ipv6", "::/0");
        assertThat(attribute(stack, "aws_eks_cluster", "kubernetes_network_config"))
                .containsValue("");
        assertThat(stack.at("/terraform/required_providers/aws/version").asText())
                .isEqualTo(">= 5.100.0, < 7.0.0");
    }

    @Test
    void withoutNatGatewayThereIsNoWayOutByIpv6Either() throws IOException {
        JsonNode stack = synthesize(BASE + ", ipv6: amazon-provided, nat: none");
        assertThat(stack.at("/resource/aws_egress_only_internet_gateway").isMissingNode())
                .isTrue();
        assertThat(attribute(stack, "aws_route", "destination_ipv6_cidr_block"))
                .containsOnlyKeys("network_public-to-internet", "network_public-to-internet-ipv6");
    }

    @Test
    void podsOfAnIpv6ClusterGetAddressesByAPolicyOfItsOwn() throws IOException {
        cluster = "{version: \"1.36\", ipFamily: ipv6, nodeEgress: [{cidr: \"2001:DB8::/32\", port: 443}]}";
        JsonNode stack = synthesize(BASE + ", ipv6: {ipamPoolId: ipam-pool-0a1b2c3d, netmaskLength: 52}");
        assertThat(attribute(stack, "aws_vpc", "ipv6_ipam_pool_id")).containsValue("ipam-pool-0a1b2c3d");
        assertThat(attribute(stack, "aws_vpc", "ipv6_netmask_length")).containsValue("52");
        assertThat(attribute(stack, "aws_subnet", "ipv6_cidr_block"))
                .containsEntry(
                        "network_private-eu-central-1b", "${cidrsubnet(aws_vpc.network_vpc.ipv6_cidr_block, 12, 9)}");
        assertThat(attribute(stack, "aws_eks_cluster", "kubernetes_network_config"))
                .containsValue("{\"ip_family\":\"ipv6\"}");
        assertThat(attribute(stack, "aws_iam_role_policy_attachment", "policy_arn")
                        .values())
                .contains("arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy")
                .doesNotContain("arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy");
        assertThat(attribute(stack, "aws_iam_role_policy", "policy"))
                .containsEntry(
                        "node-groups_general_role_vpc-cni-ipv6",
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Describe\",\"Effect\":\"Allow\",\"Action\":"
                                + "[\"ec2:DescribeInstances\",\"ec2:DescribeTags\",\"ec2:DescribeNetworkInterfaces\","
                                + "\"ec2:DescribeInstanceTypes\"],\"Resource\":\"*\"},{\"Sid\":\"NetworkInterfaces\","
                                + "\"Effect\":\"Allow\",\"Action\":[\"ec2:AssignIpv6Addresses\",\"ec2:CreateTags\"],"
                                + "\"Resource\":\"arn:aws:ec2:eu-central-1:111122223333:network-interface/*\"}]}");
        assertThat(withoutHash(stack.at("/resource/aws_eks_node_group").toString()))
                .contains("aws_iam_role_policy.node-groups_general_role_vpc-cni-ipv6");
        assertThat(attribute(stack, "aws_vpc_security_group_egress_rule", "cidr_ipv6"))
                .containsValue("2001:db8::/32");
    }

    @Test
    void aPoolAllocatesTheBlockAndTerraformComputesTheSubnets() throws IOException {
        JsonNode stack = synthesize("cidr: {ipamPoolId: ipam-pool-0a1b2c3d, netmaskLength: 16}, zones: [eu-central-1a,"
                + " eu-central-1b], intraSubnets: planned, pods: {cidr: 100.64.0.0/16, prefixDelegation: true}");
        assertThat(attribute(stack, "aws_vpc", "ipv4_ipam_pool_id")).containsValue("ipam-pool-0a1b2c3d");
        assertThat(attribute(stack, "aws_vpc", "ipv4_netmask_length")).containsValue("16");
        assertThat(attribute(stack, "aws_vpc", "cidr_block")).containsValue("");
        assertThat(attribute(stack, "aws_subnet", "cidr_block"))
                .containsEntry("network_public-eu-central-1a", "${cidrsubnet(aws_vpc.network_vpc.cidr_block, 6, 56)}")
                .containsEntry("network_private-eu-central-1b", "${cidrsubnet(aws_vpc.network_vpc.cidr_block, 3, 1)}")
                .containsEntry("network_intra-eu-central-1b", "${cidrsubnet(aws_vpc.network_vpc.cidr_block, 10, 1017)}")
                .containsEntry("network_pods-eu-central-1b", "100.64.32.0/19");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secondaryCidrs: [10.21.0.0/16]",
                "intraSubnets: planned",
                "secondaryCidrs: [10.21.0.0/16], intraSubnets: [10.21.0.0/24, 10.21.1.0/24]"
            })
    void whatIsAddedLaterLeavesEverythingAsItIs(String added) throws IOException {
        assertThat(changes(synthesize(BASE), synthesize(BASE + ", " + added))).isEmpty();
    }

    @Test
    void whatIsAddedLaterChangesInPlaceWhatIsConfiguredForIt() throws IOException {
        JsonNode before = synthesize(BASE);
        assertThat(changes(before, synthesize(BASE + ", pods: {cidr: 100.64.0.0/16, prefixDelegation: true}")))
                .containsExactly("~ aws_eks_addon.cluster_vpc-cni_addon configuration_values");
        assertThat(changes(before, synthesize(BASE + ", controlPlaneSubnets: planned")))
                .containsExactly("~ aws_eks_cluster.cluster vpc_config");
        assertThat(changes(before, synthesize(BASE + ", ipv6: amazon-provided")))
                .containsExactly(
                        "~ aws_subnet.network_private-eu-central-1a assign_ipv6_address_on_creation",
                        "~ aws_subnet.network_private-eu-central-1a ipv6_cidr_block",
                        "~ aws_subnet.network_private-eu-central-1b assign_ipv6_address_on_creation",
                        "~ aws_subnet.network_private-eu-central-1b ipv6_cidr_block",
                        "~ aws_subnet.network_public-eu-central-1a assign_ipv6_address_on_creation",
                        "~ aws_subnet.network_public-eu-central-1a ipv6_cidr_block",
                        "~ aws_subnet.network_public-eu-central-1b assign_ipv6_address_on_creation",
                        "~ aws_subnet.network_public-eu-central-1b ipv6_cidr_block",
                        "~ aws_vpc.network_vpc assign_generated_ipv6_cidr_block");
        assertThat(changes(before, synthesize(BASE + ", nat: per-zone")))
                .containsExactly("~ aws_route.network_private-eu-central-1b-to-internet nat_gateway_id");
        assertThat(changes(before, synthesize(BASE + ", nat: regional")))
                .containsExactly(
                        "- aws_eip.network_nat-address-eu-central-1a",
                        "- aws_nat_gateway.network_nat-eu-central-1a",
                        "~ aws_route.network_private-eu-central-1a-to-internet nat_gateway_id",
                        "~ aws_route.network_private-eu-central-1b-to-internet nat_gateway_id");
    }
}
