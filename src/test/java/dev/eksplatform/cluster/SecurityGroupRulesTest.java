package dev.eksplatform.cluster;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.cluster.SecurityGroupRuleSpec.Direction;
import dev.eksplatform.cluster.SecurityGroupRuleSpec.Group;
import dev.eksplatform.cluster.SecurityGroupRuleSpec.Protocol;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestStack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that a spec adds, and security groups that it brings. */
class SecurityGroupRulesTest {

    private static final ClusterSpec SHOP = ClusterSpec.of("shop", "1.36");
    private static final String CLUSTER_GROUP =
            "${aws_eks_cluster.cluster_A4C38409.vpc_config[0].cluster_security_group_id}";
    private static final String NODE_GROUP = "${aws_security_group.cluster_node-security-group_4E716BC6.id}";
    private static final SecurityGroupRuleSpec IN = SecurityGroupRuleSpec.of(Direction.INGRESS, "Because of ${x}");
    private static final SecurityGroupRuleSpec OUT = SecurityGroupRuleSpec.of(Direction.EGRESS, "Because");

    private static TerraformStack stackWith(ClusterSpec spec) {
        TerraformStack stack = TestStack.make();
        TestCluster.in(stack, spec);
        return stack;
    }

    private static List<String> problems(SecurityGroupRuleSpec rule) {
        return ProblemsOf.making(() -> SecurityGroupRulesSpec.none().withNode(Map.of("x", rule)));
    }

    @Test
    void aRuleOfEachKind() {
        Map<String, SecurityGroupRuleSpec> node = new LinkedHashMap<>();
        node.put("metrics", IN.withFromPort(Optional.of(9100)).withGroup(Optional.of(Group.SELF)));
        node.put(
                "voice",
                IN.withProtocol(Protocol.UDP)
                        .withFromPort(Optional.of(8000))
                        .withToPort(Optional.of(9000))
                        .withCidr(Optional.of(Cidr.parse("10.40.0.0/16"))));
        node.put("ping", IN.withProtocol(Protocol.ICMPV6).withCidrIpv6(Optional.of("2001:db8::/32")));
        node.put("lists", OUT.withFromPort(Optional.of(443)).withPrefixListId(Optional.of("pl-0a1b2c3d")));
        node.put("all", OUT.withProtocol(Protocol.ALL).withSecurityGroupId(Optional.of("sg-0a1b2c3d")));
        Map<String, SecurityGroupRuleSpec> cluster =
                Map.of("nodes", OUT.withFromPort(Optional.of(10_250)).withGroup(Optional.of(Group.NODE)));
        TerraformStack stack = stackWith(SHOP.withSecurityGroupRules(
                SecurityGroupRulesSpec.none().withCluster(cluster).withNode(node)));

        assertThat(stack)
                .hasResource("aws_vpc_security_group_ingress_rule")
                .withAttribute("from_port", 9100)
                .withAttribute("to_port", 9100)
                .withAttribute("ip_protocol", "tcp")
                .withAttribute("security_group_id", NODE_GROUP)
                .withAttribute("referenced_security_group_id", NODE_GROUP)
                .withAttribute("description", "Because of $${x}")
                .and()
                .hasResource("aws_vpc_security_group_ingress_rule")
                .withAttribute("from_port", 8000)
                .withAttribute("to_port", 9000)
                .withAttribute("ip_protocol", "udp")
                .withAttribute("cidr_ipv4", "10.40.0.0/16")
                .and()
                .hasResource("aws_vpc_security_group_ingress_rule")
                .withAttribute("ip_protocol", "icmpv6")
                .withAttribute("from_port", -1)
                .withAttribute("to_port", -1)
                .withAttribute("cidr_ipv6", "2001:db8::/32")
                .and()
                .hasResource("aws_vpc_security_group_egress_rule")
                .withAttribute("prefix_list_id", "pl-0a1b2c3d")
                .withAttribute("from_port", 443)
                .and()
                .hasResource("aws_vpc_security_group_egress_rule")
                .withAttribute("referenced_security_group_id", "sg-0a1b2c3d")
                .withAttribute("ip_protocol", "-1")
                .withoutAttribute("from_port")
                .and()
                .hasResource("aws_vpc_security_group_egress_rule")
                .withAttribute("security_group_id", CLUSTER_GROUP)
                .withAttribute("referenced_security_group_id", NODE_GROUP)
                .withAttribute("from_port", 10_250);
    }

    @Test
    void aRuleHasAReasonPortsAndOnePeer() {
        assertThat(ProblemsOf.making(() -> IN.withReason("")))
                .containsExactly(
                        "reason: \"\"; allowed: 1 to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, as EC2"
                                + " takes for descriptions; fix: say what the rule is for");
        assertThat(problems(IN))
                .containsExactly(
                        "node.x: a rule without a peer; allowed: one of cidr, cidrIpv6, prefixListId, securityGroupId and"
                                + " group; fix: add cidr: 10.0.0.0/8, or another one",
                        "node.x: a rule for tcp without a port; fix: add fromPort: 443, or protocol: all for all ports of all"
                                + " protocols");
        assertThat(problems(IN.withProtocol(Protocol.ALL)
                        .withFromPort(Optional.of(1))
                        .withGroup(Optional.of(Group.SELF))
                        .withPrefixListId(Optional.of("pl-0a1b2c3d"))))
                .containsExactly(
                        "node.x.group: a second peer; allowed: one of cidr, cidrIpv6, prefixListId, securityGroupId and"
                                + " group; fix: write a second rule",
                        "node.x.fromPort: a port of the protocol all; fix: remove it");
        assertThat(problems(IN.withFromPort(Optional.of(443))
                        .withToPort(Optional.of(80))
                        .withGroup(Optional.of(Group.SELF))))
                .containsExactly("node.x.toPort: 80 is less than fromPort 443; fix: exchange the two");
        assertThat(ProblemsOf.making(() -> IN.withFromPort(Optional.of(70_000))))
                .containsExactly("fromPort: 70000 is not a port; allowed: 0 to 65535; fix: use 65535");
        assertThat(ProblemsOf.making(() -> IN.withPrefixListId(Optional.of("pl-s3"))))
                .containsExactly("prefixListId: \"pl-s3\" is not the id of a prefix list; allowed: pl- and 8 to 17 hex"
                        + " digits; fix: copy it from `aws ec2 describe-managed-prefix-lists`");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2001:db8::1/32", "2001:db8::/129", "2001:db8::g/32", "10.0.0.0/8", "::ffff:1.2.3.4/128", "::"})
    void anIpv6BlockIsOne(String block) {
        assertThat(ProblemsOf.making(() -> IN.withCidrIpv6(Optional.of(block))))
                .containsExactly(
                        "cidrIpv6: \"" + block + "\" is not an IPv6 block; allowed: CIDR notation, the first address"
                                + " of a block and a prefix length of 0 to 128; fix: write it like 2001:db8::/32");
        assertThat(IN.withCidrIpv6(Optional.of("::/0")).cidrIpv6()).contains("::/0");
    }

    @Test
    void namesAndTheNumberOfRulesAreLimited() {
        SecurityGroupRuleSpec rule = IN.withFromPort(Optional.of(1)).withGroup(Optional.of(Group.SELF));
        Map<String, SecurityGroupRuleSpec> many = new LinkedHashMap<>();
        for (int i = 0; i < 46; i++) {
            many.put("r" + i, rule);
        }
        assertThat(ProblemsOf.making(() -> SecurityGroupRulesSpec.none().withCluster(many)))
                .containsExactly(
                        "cluster: 46 rules of one direction; allowed: at most 45: EC2 takes 60 in a security group, and"
                                + " the platform needs up to 15; fix: join blocks in a prefix list, or remove some");
        assertThat(ProblemsOf.making(() -> SecurityGroupRulesSpec.none().withNode(Map.of("My rule", rule))))
                .containsExactly(
                        "node[\"My rule\"]: \"My rule\" is not the name of a rule; allowed: 1 to 63 lower case letters,"
                                + " digits and -; fix: rename it, such as to office");
    }

    @Test
    void aGivenGroupOfNodesKeepsItsRules() {
        TerraformStack stack = TestStack.make();
        Cluster cluster = TestCluster.in(stack, SHOP.withNodeSecurityGroupId(Optional.of("sg-0a1b2c3d4e5f60719")));
        PortRule.webhook(9443, "one").forEach(cluster::open);
        cluster.joinFargate(FargateProfileSpec.of(List.of(FargateProfileSpec.Selector.of("batch"))));
        new NodeGroup(stack, "general", cluster, NodeGroupSpec.of("m7g.large"));

        assertThat(cluster.nodeSecurityGroup()).isEmpty();
        assertThat(cluster.nodeSecurityGroupId()).isEqualTo("sg-0a1b2c3d4e5f60719");
        assertThat(stack)
                .hasNoResource("aws_security_group")
                .hasNoResource("aws_vpc_security_group_egress_rule")
                .hasResource("aws_launch_template")
                .withAttribute("vpc_security_group_ids", List.of("sg-0a1b2c3d4e5f60719"))
                .and()
                .hasResources("aws_vpc_security_group_ingress_rule", 3)
                .hasResource("aws_vpc_security_group_ingress_rule")
                .withAttribute("security_group_id", CLUSTER_GROUP)
                .withAttribute("referenced_security_group_id", "sg-0a1b2c3d4e5f60719")
                .withAttribute("from_port", 443)
                .and()
                .hasResource("aws_vpc_security_group_ingress_rule")
                .withAttribute("security_group_id", CLUSTER_GROUP)
                .withAttribute("from_port", 9443)
                .and()
                .hasResource("aws_vpc_security_group_ingress_rule")
                .withAttribute("security_group_id", CLUSTER_GROUP)
                .withAttribute("description", "Pods on nodes to pods on Fargate");
    }

    @Test
    void whatAGivenGroupSendsIsNotLimitedHere() {
        ClusterSpec limited = SHOP.withNodeEgress(List.of(NodeEgress.to(Cidr.parse("10.0.0.0/8"))));
        assertThat(ProblemsOf.making(() -> limited.withNodeSecurityGroupId(Optional.of("sg-0a1b2c3d"))))
                .containsExactly(
                        "nodeEgress: not used with nodeSecurityGroupId, whose rules are not managed here; fix: remove"
                                + " nodeEgress, and limit what that security group sends");
    }
}
