package dev.eksplatform.network;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.security_group.SecurityGroup;
import com.hashicorp.cdktf.providers.aws.security_group.SecurityGroupConfig;
import com.hashicorp.cdktf.providers.aws.vpc_endpoint.VpcEndpoint;
import com.hashicorp.cdktf.providers.aws.vpc_endpoint.VpcEndpointConfig;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_ingress_rule.VpcSecurityGroupIngressRule;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_ingress_rule.VpcSecurityGroupIngressRuleConfig;
import dev.eksplatform.construct.Account;
import dev.eksplatform.construct.PlatformConstruct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/**
 * VPC endpoints in the private subnets of a network: gateways as routes, the others as network interfaces with the service's
 * own DNS name, which answer HTTPS from the whole VPC.
 */
final class VpcEndpoints extends PlatformConstruct {

    private static final int HTTPS = 443;

    private final List<ITerraformDependable> all = new ArrayList<>();
    private @Nullable SecurityGroup securityGroup;

    /**
     * Creates endpoints.
     *
     * @param name the beginning of their names
     * @param network the VPC with its block
     * @param subnets the subnets of the interfaces and the route tables of the gateways
     */
    VpcEndpoints(
            Construct scope, String id, String name, Network network, Subnets subnets, List<EndpointService> services) {
        super(scope, id);
        String region = Account.of(this).region();
        for (EndpointService service : services) {
            String shortName = service.shortName(region);
            VpcEndpointConfig.Builder config = VpcEndpointConfig.builder()
                    .vpcId(network.vpcId())
                    .serviceName(service.fullName(region))
                    .tags(Map.of("Name", name + "-" + shortName));
            if (service.isGateway()) {
                config.vpcEndpointType("Gateway").routeTableIds(subnets.routeTableIds());
            } else {
                config.vpcEndpointType("Interface")
                        .privateDnsEnabled(true)
                        .subnetIds(subnets.ids())
                        .securityGroupIds(List.of(securityGroup(name, network).getId()));
            }
            all.add(new VpcEndpoint(this, shortName, config.build()));
        }
    }

    /**
     * Where endpoints are.
     *
     * @param ids the subnets
     * @param routeTableIds their route tables
     */
    record Subnets(List<String> ids, List<String> routeTableIds) {}

    private SecurityGroup securityGroup(String name, Network network) {
        if (securityGroup == null) {
            securityGroup = new SecurityGroup(
                    this,
                    "security-group",
                    SecurityGroupConfig.builder()
                            .name(name + "-endpoints")
                            .description("VPC endpoints of " + name)
                            .vpcId(network.vpcId())
                            .tags(Map.of("Name", name + "-endpoints"))
                            .build());
            allowHttps("https-from-vpc", network.vpc().getCidrBlock(), "HTTPS from the VPC");
            network.associatedBlocks()
                    .forEach(block -> allowHttps(
                            "https-from-" + block.toString().replace('/', '-'),
                            block.toString(),
                            "HTTPS from " + block + " of the VPC"));
        }
        return securityGroup;
    }

    private void allowHttps(String id, String block, String description) {
        all.add(new VpcSecurityGroupIngressRule(
                this,
                id,
                VpcSecurityGroupIngressRuleConfig.builder()
                        .securityGroupId(Objects.requireNonNull(securityGroup).getId())
                        .cidrIpv4(block)
                        .ipProtocol("tcp")
                        .fromPort(HTTPS)
                        .toPort(HTTPS)
                        .description(description)
                        .build()));
    }

    /** What must be there before a service is reached. */
    List<ITerraformDependable> all() {
        return all;
    }
}
