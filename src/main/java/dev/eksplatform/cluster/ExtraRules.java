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
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.constructs.Construct;

/** Rules of the cluster security group and of that of the nodes that a spec names, and those for hybrid nodes. */
final class ExtraRules extends PlatformConstruct {

    /** The id of the rules in their cluster. */
    static final String ID = "rules";

    private static final int API_SERVER = 443;
    private static final int DNS = 53;

    private final String cluster;
    private final String nodes;

    private ExtraRules(Construct scope, String cluster, String nodes) {
        super(scope, ID);
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
        NodeSecurityGroup ofNodes = nodes.get();
        ExtraRules rules = new ExtraRules(scope, cluster, ofNodes.id());
        rules.add(spec.securityGroupRules());
        spec.remoteNetwork()
                .ifPresent(network -> rules.add(network, ofNodes.securityGroup().isPresent()));
    }

    private void add(SecurityGroupRulesSpec spec) {
        spec.cluster().forEach((name, rule) -> create("cluster-" + name, cluster, rule));
        spec.node().forEach((name, rule) -> create("node-" + name, nodes, rule));
    }

    /**
     * What hybrid nodes and their pods reach in the VPC: the API server, and CoreDNS on nodes in AWS. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-networking.html">networking for hybrid nodes</a>.
     *
     * @param ownNodes whether the security group of the nodes is the platform's
     */
    private void add(RemoteNetworkSpec network, boolean ownNodes) {
        remote(network.nodeNetworks(), "nodes", ownNodes);
        remote(network.podNetworks(), "pods", ownNodes);
    }

    private void remote(List<Cidr> blocks, String who, boolean ownNodes) {
        for (Cidr block : blocks) {
            String from = "hybrid-" + who + "-" + block.toString().replace('/', '-');
            create("api-from-" + from, cluster, rule(block, API_SERVER, "Hybrid " + who + " to the API server"));
            if (ownNodes) {
                SecurityGroupRuleSpec dns = rule(block, DNS, "Hybrid " + who + " to CoreDNS on nodes in AWS");
                create("dns-tcp-from-" + from, nodes, dns);
                create("dns-udp-from-" + from, nodes, dns.withProtocol(SecurityGroupRuleSpec.Protocol.UDP));
            }
        }
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
