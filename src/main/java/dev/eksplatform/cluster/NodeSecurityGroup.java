package dev.eksplatform.cluster;

import com.hashicorp.cdktf.providers.aws.security_group.SecurityGroup;
import com.hashicorp.cdktf.providers.aws.security_group.SecurityGroupConfig;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_egress_rule.VpcSecurityGroupEgressRule;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_egress_rule.VpcSecurityGroupEgressRuleConfig;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_ingress_rule.VpcSecurityGroupIngressRule;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_ingress_rule.VpcSecurityGroupIngressRuleConfig;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.internal.json.TerraformText;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.network.IpBlock;
import dev.eksplatform.network.Ipv6Cidr;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/**
 * The security group of a cluster's nodes, apart from the cluster security group, and the rules between the two.
 *
 * <p>Only it has the tag {@code kubernetes.io/cluster/<name>}: the AWS Load Balancer Controller refuses instances
 * with more than one security group that has it.
 */
final class NodeSecurityGroup extends PlatformConstruct {

    private static final String ALL_PROTOCOLS = "-1";

    private final @Nullable SecurityGroup securityGroup;
    private final String groupId;
    private final String clusterSecurityGroupId;
    private final Set<String> created = new HashSet<>();

    private NodeSecurityGroup(
            Construct scope,
            String id,
            String clusterName,
            String vpcId,
            String clusterSecurityGroupId,
            Egress egress) {
        super(scope, id);
        this.clusterSecurityGroupId = clusterSecurityGroupId;
        securityGroup = new SecurityGroup(
                this,
                "group",
                SecurityGroupConfig.builder()
                        .name(clusterName + "-node")
                        .description("Nodes of the EKS cluster " + clusterName)
                        .vpcId(vpcId)
                        .tags(Map.of("Name", clusterName + "-node", "kubernetes.io/cluster/" + clusterName, "owned"))
                        .build());
        groupId = securityGroup.getId();
        between("all-from-nodes", id(), id(), "Nodes and their pods among each other");
        if (!egress.rules().isEmpty()) {
            allowEfa();
            egressTo("all-to-control-plane", clusterSecurityGroupId, "Nodes to the API server, and to pods on Fargate");
            egress.rules().forEach(this::egress);
        } else {
            toAnywhere("all-to-anywhere", Cidr.parse("0.0.0.0/0"));
            if (egress.ipv6()) {
                toAnywhere("all-to-anywhere-ipv6", Ipv6Cidr.parse("::/0"));
            }
        }
        PortRule.required().forEach(this::open);
    }

    /**
     * What nodes may send out of the cluster.
     *
     * @param rules where to; empty for everywhere
     * @param ipv6 whether nodes have IPv6 addresses, which no IPv4 rule is for
     */
    record Egress(List<NodeEgress> rules, boolean ipv6) {}

    private void toAnywhere(String id, IpBlock block) {
        new VpcSecurityGroupEgressRule(
                this,
                id,
                to(block)
                        .ipProtocol(ALL_PROTOCOLS)
                        .description("Nodes to registries, AWS APIs and the internet")
                        .build());
    }

    private VpcSecurityGroupEgressRuleConfig.Builder to(IpBlock block) {
        VpcSecurityGroupEgressRuleConfig.Builder config =
                VpcSecurityGroupEgressRuleConfig.builder().securityGroupId(id());
        return block instanceof Ipv6Cidr ? config.cidrIpv6(block.toString()) : config.cidrIpv4(block.toString());
    }

    /** The group of a cluster's nodes, which is created unless it is given. */
    static NodeSecurityGroup of(
            Construct scope,
            String clusterName,
            String vpcId,
            String clusterSecurityGroupId,
            ClusterSpec spec,
            boolean ipv6) {
        String id = "node-security-group";
        return spec.nodeSecurityGroupId()
                .map(given -> new NodeSecurityGroup(scope, id, given, clusterSecurityGroupId))
                .orElseGet(() -> new NodeSecurityGroup(
                        scope, id, clusterName, vpcId, clusterSecurityGroupId, new Egress(spec.nodeEgress(), ipv6)));
    }

    /** A group that exists: its rules are its owner's, apart from those that a spec names. */
    private NodeSecurityGroup(Construct scope, String id, String given, String clusterSecurityGroupId) {
        super(scope, id);
        this.clusterSecurityGroupId = clusterSecurityGroupId;
        securityGroup = null;
        groupId = given;
        PortRule.required().forEach(this::open);
    }

    String id() {
        return groupId;
    }

    Optional<SecurityGroup> securityGroup() {
        return Optional.ofNullable(securityGroup);
    }

    /** Adds tags to a group that is created here. */
    void tag(Map<String, String> tags) {
        if (securityGroup != null) {
            Map<String, String> all = new TreeMap<>(securityGroup.getTagsInput());
            all.putAll(TerraformText.escapeTexts(tags));
            securityGroup.setTags(all);
        }
    }

    /**
     * Lets nodes send everything to each other by a rule that names the group: one for all addresses is not enough for the
     * traffic of Elastic Fabric Adapters. Source: <a
     * href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa-start.html#efa-start-security">EFA-enabled security
     * group</a>.
     */
    void allowEfa() {
        if (securityGroup != null && created.add("all-to-nodes")) {
            egressTo("all-to-nodes", id(), "Nodes and their pods among each other");
        }
    }

    /** Opens a port; two add-ons may need the same. */
    void open(PortRule rule) {
        if (!created.add(rule.id())) {
            return;
        }
        boolean toNodes = rule.from() == PortRule.Side.CONTROL_PLANE;
        if (toNodes && securityGroup == null) {
            return;
        }
        new VpcSecurityGroupIngressRule(
                this,
                rule.id(),
                VpcSecurityGroupIngressRuleConfig.builder()
                        .securityGroupId(toNodes ? id() : clusterSecurityGroupId)
                        .referencedSecurityGroupId(toNodes ? clusterSecurityGroupId : id())
                        .ipProtocol("tcp")
                        .fromPort(rule.port())
                        .toPort(rule.port())
                        .description(rule.purpose())
                        .build());
    }

    private void egressTo(String id, String group, String description) {
        new VpcSecurityGroupEgressRule(
                this,
                id,
                VpcSecurityGroupEgressRuleConfig.builder()
                        .securityGroupId(id())
                        .referencedSecurityGroupId(group)
                        .ipProtocol(ALL_PROTOCOLS)
                        .description(description)
                        .build());
    }

    private void egress(NodeEgress rule) {
        VpcSecurityGroupEgressRuleConfig.Builder config = to(rule.cidr())
                .ipProtocol(rule.port().isPresent() ? "tcp" : ALL_PROTOCOLS)
                .description("Nodes out of the cluster");
        rule.port().ifPresent(port -> config.fromPort(port).toPort(port));
        String kind = rule.port().map(port -> "tcp-" + port).orElse("all") + "-to-";
        new VpcSecurityGroupEgressRule(this, kind + rule.cidr().toString().replace('/', '-'), config.build());
    }

    /** Lets pods on Fargate, which have the cluster security group, and pods on nodes reach each other. */
    void joinFargate() {
        join("fargate", "Fargate");
    }

    /** Lets pods on nodes of Auto Mode, which have the cluster security group, and pods on node groups reach each other. */
    void joinAutoMode() {
        join("auto-mode", "Auto Mode");
    }

    /** Once: AWS refuses a second rule of the same content. */
    private void join(String id, String place) {
        if (!created.add("cluster-security-group")) {
            return;
        }
        if (securityGroup != null) {
            between("all-from-" + id, id(), clusterSecurityGroupId, "Pods on " + place + " to pods on nodes");
        }
        between("all-to-" + id, clusterSecurityGroupId, id(), "Pods on nodes to pods on " + place);
    }

    private void between(String id, String to, String from, String description) {
        new VpcSecurityGroupIngressRule(
                this,
                id,
                VpcSecurityGroupIngressRuleConfig.builder()
                        .securityGroupId(to)
                        .referencedSecurityGroupId(from)
                        .ipProtocol(ALL_PROTOCOLS)
                        .description(description)
                        .build());
    }
}
