package dev.eksplatform.network;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.security_group.SecurityGroup;
import com.hashicorp.cdktf.providers.aws.security_group.SecurityGroupConfig;
import com.hashicorp.cdktf.providers.aws.vpc_endpoint.VpcEndpoint;
import com.hashicorp.cdktf.providers.aws.vpc_endpoint.VpcEndpointConfig;
import com.hashicorp.cdktf.providers.aws.vpc_endpoint.VpcEndpointDnsOptions;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_ingress_rule.VpcSecurityGroupIngressRule;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_ingress_rule.VpcSecurityGroupIngressRuleConfig;
import dev.eksplatform.construct.Account;
import dev.eksplatform.construct.PlatformConstruct;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/**
 * VPC endpoints in the private subnets of a network: gateways as routes, the others as network interfaces with the service's
 * own DNS name, which answer HTTPS from the whole VPC.
 */
final class VpcEndpoints extends PlatformConstruct {

    private static final int HTTPS = 443;

    private final List<ITerraformDependable> all = new ArrayList<>();
    private final String name;
    private final Place place;
    private @Nullable SecurityGroup securityGroup;

    /**
     * Creates endpoints.
     *
     * @param name the beginning of their names
     * @param place where they are
     * @param endpoints the endpoints; of each service at most one gateway and one with interfaces
     */
    VpcEndpoints(Construct scope, String id, String name, Place place, List<NetworkEndpoint> endpoints) {
        super(scope, id);
        this.name = name;
        this.place = place;
        String region = Account.of(this).region();
        List<EndpointSettings> settings =
                endpoints.stream().map(NetworkEndpoint::settings).toList();
        boolean s3Gateway = settings.stream()
                .anyMatch(endpoint -> endpoint.isGateway() && endpoint.service().isS3());
        settings.forEach(endpoint -> create(endpoint, region, s3Gateway));
    }

    /**
     * Where endpoints are.
     *
     * @param vpcId the VPC
     * @param subnetIds the subnets of an endpoint's interfaces
     * @param routeTableIds the route tables of gateways; may be a Terraform reference to a list
     * @param sources the blocks of the VPC, by the id of the rule that lets HTTPS from them reach the interfaces
     */
    record Place(
            String vpcId,
            Function<EndpointSettings, List<String>> subnetIds,
            List<String> routeTableIds,
            Map<String, Source> sources) {}

    /**
     * Addresses of the VPC.
     *
     * @param cidr the block
     * @param forEach gives the Terraform set that has one block for each rule; {@code null} for one rule
     */
    record Source(String cidr, @Nullable Supplier<String> forEach) {}

    private void create(EndpointSettings endpoint, String region, boolean s3Gateway) {
        EndpointService service = endpoint.service();
        String shortName = service.shortName(region);
        boolean second = !endpoint.isGateway() && service.defaultType() == EndpointType.GATEWAY;
        String id = second ? shortName + "-interface" : shortName;
        VpcEndpointConfig.Builder config = VpcEndpointConfig.builder()
                .vpcId(place.vpcId())
                .serviceName(service.fullName(region))
                .tags(Map.of("Name", name + "-" + id));
        service.serviceRegion().filter(other -> !other.equals(region)).ifPresent(config::serviceRegion);
        endpoint.policy().ifPresent(policy -> config.policy(policy.toTerraformJson()));
        if (endpoint.isGateway()) {
            config.vpcEndpointType("Gateway").routeTableIds(place.routeTableIds());
        } else {
            config.vpcEndpointType("Interface")
                    .privateDnsEnabled(endpoint.hasPrivateDns())
                    .subnetIds(place.subnetIds().apply(endpoint))
                    .securityGroupIds(
                            endpoint.securityGroupIds().isEmpty()
                                    ? List.of(securityGroup().getId())
                                    : endpoint.securityGroupIds());
            endpoint.ipAddressType()
                    .ifPresent(type -> config.ipAddressType(type.name().toLowerCase(Locale.ROOT)));
            if (service.isS3() && endpoint.hasPrivateDns()) {
                // With a gateway, traffic of the VPC takes that one, which is free.
                config.dnsOptions(VpcEndpointDnsOptions.builder()
                        .privateDnsOnlyForInboundResolverEndpoint(s3Gateway)
                        .build());
            }
        }
        all.add(new VpcEndpoint(this, id, config.build()));
    }

    private SecurityGroup securityGroup() {
        if (securityGroup == null) {
            SecurityGroup group = new SecurityGroup(
                    this,
                    "security-group",
                    SecurityGroupConfig.builder()
                            .name(name + "-endpoints")
                            .description("VPC endpoints of " + name)
                            .vpcId(place.vpcId())
                            .tags(Map.of("Name", name + "-endpoints"))
                            .build());
            place.sources().forEach((id, source) -> all.add(rule(id, group, source)));
            securityGroup = group;
        }
        return securityGroup;
    }

    private VpcSecurityGroupIngressRule rule(String id, SecurityGroup group, Source source) {
        VpcSecurityGroupIngressRule rule = new VpcSecurityGroupIngressRule(
                this,
                id,
                VpcSecurityGroupIngressRuleConfig.builder()
                        .securityGroupId(group.getId())
                        .cidrIpv4(source.cidr())
                        .ipProtocol("tcp")
                        .fromPort(HTTPS)
                        .toPort(HTTPS)
                        .description("HTTPS from the VPC")
                        .build());
        if (source.forEach() != null) {
            rule.addOverride("for_each", source.forEach().get());
        }
        return rule;
    }

    /** What must be there before a service is reached. */
    List<ITerraformDependable> all() {
        return all;
    }
}
