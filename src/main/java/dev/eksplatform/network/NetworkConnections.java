package dev.eksplatform.network;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.providers.aws.ec2_transit_gateway_vpc_attachment.Ec2TransitGatewayVpcAttachment;
import com.hashicorp.cdktf.providers.aws.ec2_transit_gateway_vpc_attachment.Ec2TransitGatewayVpcAttachmentConfig;
import com.hashicorp.cdktf.providers.aws.network_acl.NetworkAcl;
import com.hashicorp.cdktf.providers.aws.network_acl.NetworkAclConfig;
import com.hashicorp.cdktf.providers.aws.network_acl.NetworkAclEgress;
import com.hashicorp.cdktf.providers.aws.network_acl.NetworkAclIngress;
import com.hashicorp.cdktf.providers.aws.route.Route;
import com.hashicorp.cdktf.providers.aws.route.RouteConfig;
import com.hashicorp.cdktf.providers.aws.route_table.RouteTable;
import com.hashicorp.cdktf.providers.aws.route_table.RouteTableConfig;
import com.hashicorp.cdktf.providers.aws.route_table_association.RouteTableAssociation;
import com.hashicorp.cdktf.providers.aws.route_table_association.RouteTableAssociationConfig;
import com.hashicorp.cdktf.providers.aws.subnet.Subnet;
import com.hashicorp.cdktf.providers.aws.subnet.SubnetConfig;
import com.hashicorp.cdktf.providers.aws.vpc_block_public_access_exclusion.VpcBlockPublicAccessExclusion;
import com.hashicorp.cdktf.providers.aws.vpc_block_public_access_exclusion.VpcBlockPublicAccessExclusionConfig;
import com.hashicorp.cdktf.providers.aws.vpc_block_public_access_options.VpcBlockPublicAccessOptions;
import com.hashicorp.cdktf.providers.aws.vpc_block_public_access_options.VpcBlockPublicAccessOptionsConfig;
import com.hashicorp.cdktf.providers.aws.vpc_dhcp_options.VpcDhcpOptions;
import com.hashicorp.cdktf.providers.aws.vpc_dhcp_options.VpcDhcpOptionsConfig;
import com.hashicorp.cdktf.providers.aws.vpc_dhcp_options_association.VpcDhcpOptionsAssociation;
import com.hashicorp.cdktf.providers.aws.vpc_dhcp_options_association.VpcDhcpOptionsAssociationConfig;
import com.hashicorp.cdktf.providers.aws.vpc_encryption_control.VpcEncryptionControl;
import com.hashicorp.cdktf.providers.aws.vpc_encryption_control.VpcEncryptionControlConfig;
import dev.eksplatform.internal.yaml.EnumWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What connects the subnets of a network with others, and what limits their traffic. */
final class NetworkConnections {

    /** CDKTF leaves out null, but Terraform requires each attribute of a rule. */
    private static final String NOTHING = "${null}";

    private final Network network;
    private final String name;
    private final NetworkSpec spec;
    private final Map<Cidr, ITerraformDependable> associations;
    private final List<ITerraformDependable> privateRoutes = new ArrayList<>();

    /** {@code associations}: the secondary blocks of the VPC. */
    NetworkConnections(Network network, String name, NetworkSpec spec, Map<Cidr, ITerraformDependable> associations) {
        this.network = network;
        this.name = name;
        this.spec = spec;
        this.associations = associations;
    }

    /** Creates them, and returns what nodes need to reach registries and AWS APIs. */
    List<ITerraformDependable> create(List<String> publicRouteTables, List<String> privateRouteTables) {
        Map<SubnetKind, List<String>> tables =
                Map.of(SubnetKind.PUBLIC, publicRouteTables, SubnetKind.PRIVATE, privateRouteTables);
        spec.transitGateway().ifPresent(attachment -> attach(attachment, tables));
        for (RouteSpec route : spec.routes()) {
            route.subnets().forEach(kind -> route(route.destination(), route.target(), kind, tables, null));
        }
        spec.networkAcls().forEach((kind, acl) -> acl(EnumWords.word(kind), acl, ids(kind)));
        spec.dhcpOptions().ifPresent(this::dhcp);
        spec.blockPublicAccess().ifPresent(block -> block(block, ids(SubnetKind.PUBLIC)));
        spec.encryptionControl().ifPresent(this::encrypt);
        return privateRoutes;
    }

    private List<String> ids(SubnetKind kind) {
        return network.subnets(kind).stream().map(Subnet::getId).toList();
    }

    private void attach(TransitGatewaySpec attachment, Map<SubnetKind, List<String>> tables) {
        Ec2TransitGatewayVpcAttachmentConfig.Builder config = Ec2TransitGatewayVpcAttachmentConfig.builder()
                .vpcId(network.vpcId())
                .transitGatewayId(attachment.id())
                .subnetIds(
                        attachment.subnets().isEmpty()
                                ? network.privateSubnetIds()
                                : transitSubnets(attachment.subnets()))
                .applianceModeSupport(enable(attachment.applianceMode()))
                .dnsSupport(enable(attachment.dnsSupport()))
                .tags(Map.of("Name", name));
        if (spec.ipv6().isPresent() && attachment.subnets().isEmpty()) {
            // Otherwise the IPv6 block is not propagated, and nothing finds the way back.
            config.ipv6Support("enable");
        }
        attachment.securityGroupReferencing().ifPresent(given -> config.securityGroupReferencingSupport(enable(given)));
        attachment.defaultRouteTableAssociation().ifPresent(config::transitGatewayDefaultRouteTableAssociation);
        attachment.defaultRouteTablePropagation().ifPresent(config::transitGatewayDefaultRouteTablePropagation);
        Ec2TransitGatewayVpcAttachment created =
                new Ec2TransitGatewayVpcAttachment(network, "transit-gateway", config.build());
        RouteTarget target = new RouteTarget(RouteTarget.Kind.TRANSIT_GATEWAY, attachment.id());
        attachment.routes().forEach(destination -> route(destination, target, SubnetKind.PRIVATE, tables, created));
        attachment
                .publicRoutes()
                .forEach(destination -> route(destination, target, SubnetKind.PUBLIC, tables, created));
    }

    private static String enable(boolean on) {
        return on ? "enable" : "disable";
    }

    /** Subnets of the attachment's own, which reach nothing but the VPC. */
    private List<String> transitSubnets(List<Cidr> blocks) {
        RouteTable table = new RouteTable(
                network,
                "transit-routes",
                RouteTableConfig.builder()
                        .vpcId(network.vpcId())
                        .tags(Map.of("Name", name + "-transit"))
                        .build());
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            String id = "transit-" + spec.zones().get(i);
            Cidr block = blocks.get(i);
            List<ITerraformDependable> after = associations.keySet().stream()
                    .filter(associated -> associated.contains(block))
                    .map(associations::get)
                    .toList();
            Subnet subnet = new Subnet(
                    network,
                    id,
                    SubnetConfig.builder()
                            .vpcId(network.vpcId())
                            .availabilityZone(spec.zones().get(i).name())
                            .cidrBlock(block.toString())
                            .tags(Map.of("Name", name + "-" + id))
                            .dependsOn(after)
                            .build());
            new RouteTableAssociation(
                    network,
                    id + "-association",
                    RouteTableAssociationConfig.builder()
                            .subnetId(subnet.getId())
                            .routeTableId(table.getId())
                            .build());
            ids.add(subnet.getId());
        }
        return ids;
    }

    private void route(
            RouteDestination destination,
            RouteTarget target,
            SubnetKind kind,
            Map<SubnetKind, List<String>> tables,
            @Nullable ITerraformDependable after) {
        List<String> ids = tables.getOrDefault(kind, List.of());
        for (int i = 0; i < ids.size(); i++) {
            String from = kind == SubnetKind.PUBLIC
                    ? "public"
                    : "private-" + spec.zones().get(i);
            String id = from + "-to-" + destination.text().replace('/', '_').replace(':', '.');
            RouteConfig.Builder config = RouteConfig.builder().routeTableId(ids.get(i));
            destination
                    .block()
                    .ifPresentOrElse(
                            block -> block.ipv4()
                                    .ifPresentOrElse(
                                            ipv4 -> config.destinationCidrBlock(ipv4.toString()),
                                            () -> config.destinationIpv6CidrBlock(block.toString())),
                            () -> config.destinationPrefixListId(destination.text()));
            lead(config, target);
            if (after != null) {
                config.dependsOn(List.of(after));
            }
            Route route = new Route(network, id, config.build());
            if (kind == SubnetKind.PRIVATE) {
                privateRoutes.add(route);
            }
        }
    }

    private static void lead(RouteConfig.Builder route, RouteTarget target) {
        switch (target.kind()) {
            case TRANSIT_GATEWAY -> route.transitGatewayId(target.id());
            case VPC_PEERING_CONNECTION -> route.vpcPeeringConnectionId(target.id());
            case VPN_GATEWAY -> route.gatewayId(target.id());
            case NETWORK_INTERFACE -> route.networkInterfaceId(target.id());
            case VPC_ENDPOINT -> route.vpcEndpointId(target.id());
            case NAT_GATEWAY -> route.natGatewayId(target.id());
            case CORE_NETWORK -> route.coreNetworkArn(target.id());
        }
    }

    /** Each rule has every argument: in JSON, Terraform reads these blocks as objects, whose attributes are all required. */
    private void acl(String kind, NetworkAclSpec acl, List<String> subnets) {
        new NetworkAcl(
                network,
                kind + "-acl",
                NetworkAclConfig.builder()
                        .vpcId(network.vpcId())
                        .subnetIds(subnets)
                        .ingress(acl.ingress().stream()
                                .map(NetworkConnections::ingress)
                                .toList())
                        .egress(acl.egress().stream()
                                .map(NetworkConnections::egress)
                                .toList())
                        .tags(Map.of("Name", name + "-" + kind))
                        .build());
    }

    private static NetworkAclIngress ingress(NetworkAclRule rule) {
        return NetworkAclIngress.builder()
                .ruleNo(rule.number())
                .action(EnumWords.word(rule.action()))
                .protocol(rule.protocol().id())
                .fromPort(rule.apiPorts().from())
                .toPort(rule.apiPorts().to())
                .icmpType(rule.apiIcmpType())
                .icmpCode(rule.apiIcmpCode())
                .cidrBlock(rule.cidr().ipv4().map(Cidr::toString).orElse(NOTHING))
                .ipv6CidrBlock(
                        rule.cidr().ipv4().isPresent() ? NOTHING : rule.cidr().toString())
                .build();
    }

    private static NetworkAclEgress egress(NetworkAclRule rule) {
        return NetworkAclEgress.builder()
                .ruleNo(rule.number())
                .action(EnumWords.word(rule.action()))
                .protocol(rule.protocol().id())
                .fromPort(rule.apiPorts().from())
                .toPort(rule.apiPorts().to())
                .icmpType(rule.apiIcmpType())
                .icmpCode(rule.apiIcmpCode())
                .cidrBlock(rule.cidr().ipv4().map(Cidr::toString).orElse(NOTHING))
                .ipv6CidrBlock(
                        rule.cidr().ipv4().isPresent() ? NOTHING : rule.cidr().toString())
                .build();
    }

    /** An option set cannot be changed: a new one is created and used before the old one is deleted. */
    private void dhcp(DhcpOptionsSpec dhcp) {
        VpcDhcpOptionsConfig.Builder config = VpcDhcpOptionsConfig.builder()
                .domainNameServers(dhcp.domainNameServers())
                .tags(Map.of("Name", name))
                .lifecycle(TerraformResourceLifecycle.builder()
                        .createBeforeDestroy(true)
                        .build());
        dhcp.domainName().ifPresent(config::domainName);
        if (!dhcp.ntpServers().isEmpty()) {
            config.ntpServers(dhcp.ntpServers());
        }
        if (!dhcp.netbiosNameServers().isEmpty()) {
            config.netbiosNameServers(dhcp.netbiosNameServers());
        }
        dhcp.netbiosNodeType().ifPresent(type -> config.netbiosNodeType(String.valueOf(type)));
        VpcDhcpOptions options = new VpcDhcpOptions(network, "dhcp-options", config.build());
        new VpcDhcpOptionsAssociation(
                network,
                "dhcp-options-association",
                VpcDhcpOptionsAssociationConfig.builder()
                        .vpcId(network.vpcId())
                        .dhcpOptionsId(options.getId())
                        .build());
    }

    /** Exclusions come first, so that nothing is cut off between them and the account's setting. */
    private void block(BlockPublicAccessSpec block, List<String> publicSubnets) {
        List<ITerraformDependable> exclusions = new ArrayList<>();
        block.vpc()
                .ifPresent(mode -> exclusions.add(new VpcBlockPublicAccessExclusion(
                        network,
                        "public-access",
                        VpcBlockPublicAccessExclusionConfig.builder()
                                .vpcId(network.vpcId())
                                .internetGatewayExclusionMode(EnumWords.word(mode))
                                .tags(Map.of("Name", name))
                                .build())));
        block.publicSubnets().ifPresent(mode -> {
            for (int i = 0; i < publicSubnets.size(); i++) {
                String zone = spec.zones().get(i).name();
                exclusions.add(new VpcBlockPublicAccessExclusion(
                        network,
                        "public-access-" + zone,
                        VpcBlockPublicAccessExclusionConfig.builder()
                                .subnetId(publicSubnets.get(i))
                                .internetGatewayExclusionMode(EnumWords.word(mode))
                                .tags(Map.of("Name", name + "-" + zone))
                                .build()));
            }
        });
        block.mode()
                .ifPresent(mode -> new VpcBlockPublicAccessOptions(
                        network,
                        "block-public-access",
                        VpcBlockPublicAccessOptionsConfig.builder()
                                .internetGatewayBlockMode(EnumWords.word(mode))
                                .dependsOn(exclusions)
                                .build()));
    }

    private void encrypt(EncryptionControlSpec control) {
        VpcEncryptionControlConfig.Builder config = VpcEncryptionControlConfig.builder()
                .vpcId(network.vpcId())
                .mode(EnumWords.word(control.mode()))
                .tags(Map.of("Name", name));
        control.exclusions().forEach(exclusion -> {
            switch (exclusion) {
                case INTERNET_GATEWAY -> config.internetGatewayExclusion("enable");
                case EGRESS_ONLY_INTERNET_GATEWAY -> config.egressOnlyInternetGatewayExclusion("enable");
                case NAT_GATEWAY -> config.natGatewayExclusion("enable");
                case VIRTUAL_PRIVATE_GATEWAY -> config.virtualPrivateGatewayExclusion("enable");
                case VPC_PEERING -> config.vpcPeeringExclusion("enable");
                case LAMBDA -> config.lambdaExclusion("enable");
                case VPC_LATTICE -> config.vpcLatticeExclusion("enable");
                case ELASTIC_FILE_SYSTEM -> config.elasticFileSystemExclusion("enable");
            }
        });
        new VpcEncryptionControl(network, "encryption-control", config.build());
    }
}
