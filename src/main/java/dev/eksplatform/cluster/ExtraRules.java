package dev.eksplatform.cluster;

import com.hashicorp.cdktf.providers.aws.ec2_tag.Ec2Tag;
import com.hashicorp.cdktf.providers.aws.ec2_tag.Ec2TagConfig;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_egress_rule.VpcSecurityGroupEgressRule;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_egress_rule.VpcSecurityGroupEgressRuleConfig;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_ingress_rule.VpcSecurityGroupIngressRule;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_ingress_rule.VpcSecurityGroupIngressRuleConfig;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.internal.json.TerraformText;
import dev.eksplatform.network.Cidr;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import software.constructs.Construct;

/** Rules of the cluster security group and of that of the nodes that a spec names, and those for hybrid nodes. */
final class ExtraRules extends PlatformConstruct {

    /** The id of the rules in their cluster. */
    static final String ID = "rules";

    /** The id of the rules for hybrid nodes of node groups beside Auto Mode. */
    static final String OF_NODE_GROUPS = "rules-of-node-groups";

    private static final int API_SERVER = 443;
    private static final int DNS = 53;

    private final String cluster;

    /** With Auto Mode, that of the cluster unless a rule names that of the nodes. */
    private final String nodes;

    private ExtraRules(Construct scope, String id, String cluster, String nodes) {
        super(scope, id);
        this.cluster = cluster;
        this.nodes = nodes;
    }

    /** Creates what the spec of a cluster names; also the tags of the cluster security group. */
    static void create(Construct scope, ClusterSpec spec, String cluster, Supplier<NodeSecurityGroup> nodes) {
        spec.securityGroupTags()
                .forEach((tag, value) -> new Ec2Tag(
                        scope,
                        "security-group-tag-" + URLEncoder.encode(tag, StandardCharsets.UTF_8),
                        Ec2TagConfig.builder()
                                .resourceId(cluster)
                                .key(TerraformText.escape(tag))
                                .value(TerraformText.escape(value))
                                .build()));
        if (spec.securityGroupRules().equals(SecurityGroupRulesSpec.none())
                && spec.remoteNetwork().isEmpty()) {
            return;
        }
        boolean autoMode = AutoMode.isOn(spec.autoMode());
        Optional<NodeSecurityGroup> ofNodes =
                autoMode && !spec.securityGroupRules().nameNodes() ? Optional.empty() : Optional.of(nodes.get());
        ExtraRules rules = new ExtraRules(
                scope, ID, cluster, ofNodes.map(NodeSecurityGroup::id).orElse(cluster));
        rules.add(spec.securityGroupRules());
        // Nodes of Auto Mode have the cluster security group; without it, a group that is given has rules of its own.
        Optional<String> dns = autoMode
                ? Optional.of(cluster)
                : ofNodes.filter(group -> group.securityGroup().isPresent()).map(NodeSecurityGroup::id);
        spec.remoteNetwork().ifPresent(network -> {
            rules.letReachApi(network);
            dns.ifPresent(owner -> rules.letResolve(network, owner));
        });
    }

    /** Lets hybrid nodes reach CoreDNS on node groups beside Auto Mode, too. */
    static void ofNodeGroups(Construct scope, ClusterSpec spec, NodeSecurityGroup nodes) {
        spec.remoteNetwork()
                .filter(network -> nodes.securityGroup().isPresent())
                .ifPresent(network ->
                        new ExtraRules(scope, OF_NODE_GROUPS, nodes.id(), nodes.id()).letResolve(network, nodes.id()));
    }

    private void add(SecurityGroupRulesSpec spec) {
        spec.cluster().forEach((name, rule) -> create("cluster-" + name, cluster, rule));
        spec.node().forEach((name, rule) -> create("node-" + name, nodes, rule));
    }

    /** Source: <a href="https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-networking.html">networking for hybrid nodes</a>. */
    private void letReachApi(RemoteNetworkSpec network) {
        blocks(
                network,
                (who, block) -> create(
                        "api-from-" + id(who, block),
                        cluster,
                        rule(block, API_SERVER, "Hybrid " + who + " to the API server")));
    }

    private void letResolve(RemoteNetworkSpec network, String owner) {
        blocks(network, (who, block) -> {
            SecurityGroupRuleSpec dns = rule(block, DNS, "Hybrid " + who + " to CoreDNS on nodes in AWS");
            create("dns-tcp-from-" + id(who, block), owner, dns);
            create("dns-udp-from-" + id(who, block), owner, dns.withProtocol(SecurityGroupRuleSpec.Protocol.UDP));
        });
    }

    private static void blocks(RemoteNetworkSpec network, BiConsumer<String, Cidr> action) {
        network.nodeNetworks().forEach(block -> action.accept("nodes", block));
        network.podNetworks().forEach(block -> action.accept("pods", block));
    }

    private static String id(String who, Cidr block) {
        return "hybrid-" + who + "-" + block.toString().replace('/', '-');
    }

    private static SecurityGroupRuleSpec rule(Cidr block, int port, String reason) {
        return SecurityGroupRuleSpec.of(SecurityGroupRuleSpec.Direction.INGRESS, reason)
                .withFromPort(Optional.of(port))
                .withCidr(Optional.of(block));
    }

    private void create(String id, String owner, SecurityGroupRuleSpec rule) {
        if (rule.direction() == SecurityGroupRuleSpec.Direction.INGRESS) {
            VpcSecurityGroupIngressRuleConfig.Builder config = VpcSecurityGroupIngressRuleConfig.builder()
                    .securityGroupId(owner)
                    .ipProtocol(rule.protocol().apiName())
                    .description(TerraformText.escape(rule.reason()));
            rule.ports().forEach((first, last) -> config.fromPort(first).toPort(last));
            rule.cidr().map(Cidr::toString).ifPresent(config::cidrIpv4);
            rule.cidrIpv6().ifPresent(config::cidrIpv6);
            rule.prefixListId().ifPresent(config::prefixListId);
            group(rule, owner).ifPresent(config::referencedSecurityGroupId);
            new VpcSecurityGroupIngressRule(this, id, config.build());
        } else {
            VpcSecurityGroupEgressRuleConfig.Builder config = VpcSecurityGroupEgressRuleConfig.builder()
                    .securityGroupId(owner)
                    .ipProtocol(rule.protocol().apiName())
                    .description(TerraformText.escape(rule.reason()));
            rule.ports().forEach((first, last) -> config.fromPort(first).toPort(last));
            rule.cidr().map(Cidr::toString).ifPresent(config::cidrIpv4);
            rule.cidrIpv6().ifPresent(config::cidrIpv6);
            rule.prefixListId().ifPresent(config::prefixListId);
            group(rule, owner).ifPresent(config::referencedSecurityGroupId);
            new VpcSecurityGroupEgressRule(this, id, config.build());
        }
    }

    private Optional<String> group(SecurityGroupRuleSpec rule, String owner) {
        return rule.securityGroupId().or(() -> rule.group().map(group -> switch (group) {
            case SELF -> owner;
            case CLUSTER -> cluster;
            case NODE -> nodes;
        }));
    }
}
