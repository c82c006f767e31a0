package dev.eksplatform.network;

import dev.eksplatform.iam.document.EndpointPolicy;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A VPC endpoint with settings. Sources: <a href="https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html">interface
 * endpoints</a>, <a href="https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html">gateway endpoints</a>.
 *
 * @param service the AWS service, or an endpoint service of your own or of a partner
 *     ({@code com.amazonaws.vpce.REGION.vpce-svc-ID}); its owner may have to accept the endpoint
 * @param type {@code gateway} or {@code interface}; default {@code gateway} for {@code s3} and {@code dynamodb}, else
 *     {@code interface}. A change replaces the endpoint
 * @param policy what may be called through the endpoint, for AWS services; default everything. Each statement needs a
 *     {@code Principal}
 * @param privateDns whether the service's own DNS name leads to the endpoint in the VPC; default true, except for endpoint
 *     services of your own, whose owner must have verified a name first, and for DynamoDB. A VPC has one such endpoint of a service
 * @param securityGroupIds security groups of the network interfaces; default one that is created, which accepts HTTPS from the VPC
 * @param zones zones with a network interface; default all zones of the network
 * @param subnetIds subnets of an existing network with a network interface, one in each zone; default its private subnets
 * @param ipAddressType addresses of the network interfaces; default those of the subnets
 */
@RecordBuilder
public record EndpointSettings(
        @Example("ecr.api") EndpointService service,

        @Example("interface") Optional<EndpointType> type,

        @Example("{Statement: [{Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: '*'}]}")
        Optional<EndpointPolicy> policy,

        @Example("false") Optional<Boolean> privateDns,

        @Example("[sg-0a1b2c3d4e5f60718]") @Limit(pattern = EndpointSettings.GROUP, unique = true)
        List<String> securityGroupIds,

        @Example("[eu-central-1a, eu-central-1b]") @Limit(unique = true)
        List<Zone> zones,

        @Example("[subnet-0a1b2c3d4e5f60711]") @Limit(pattern = SubnetIds.PATTERN, unique = true)
        List<String> subnetIds,

        @Example("dualstack") Optional<EndpointAddresses> ipAddressType)
        implements NetworkEndpoint, EndpointSettingsBuilder.With {

    private static final String GROUP = "^sg-[0-9a-f]{8,17}$";
    private static final Pattern GROUP_ID = Pattern.compile(GROUP);

    /** Checks that a gateway has no settings of network interfaces, and that ids are such. */
    public EndpointSettings {
        Components.required("service", service);
        securityGroupIds = Components.list("securityGroupIds", securityGroupIds);
        zones = Components.list("zones", zones);
        subnetIds = Components.list("subnetIds", subnetIds);
        Problems problems = new Problems();
        EndpointType chosen = type.orElse(service.defaultType());
        if (chosen == EndpointType.GATEWAY && service.defaultType() != EndpointType.GATEWAY) {
            problems.add("type", service + " has no gateway", "gateways of s3 and dynamodb", "remove type");
        } else if (chosen == EndpointType.GATEWAY) {
            ofInterfaces("privateDns", privateDns.isPresent(), problems);
            ofInterfaces("securityGroupIds", !securityGroupIds.isEmpty(), problems);
            ofInterfaces("zones", !zones.isEmpty(), problems);
            ofInterfaces("subnetIds", !subnetIds.isEmpty(), problems);
            ofInterfaces("ipAddressType", ipAddressType.isPresent(), problems);
        }
        if (service.isPrivateLink() && policy.isPresent()) {
            problems.add(
                    PropertyPath.of("policy"),
                    "an endpoint service of your own takes no policy: only AWS services do",
                    "remove policy, and use securityGroupIds");
        }
        if (!zones.isEmpty() && !subnetIds.isEmpty()) {
            problems.add(PropertyPath.of("subnetIds"), "zones and subnetIds", "remove one of them");
        }
        for (int i = 0; i < securityGroupIds.size(); i++) {
            if (!TerraformTemplate.isOpen(securityGroupIds.get(i))) {
                problems.match(
                        PropertyPath.of("securityGroupIds").index(i),
                        securityGroupIds.get(i),
                        GROUP_ID,
                        "a security group id",
                        "sg- and 8 to 17 hex digits",
                        "copy it from `aws ec2 describe-security-groups`");
            }
        }
        problems.once(PropertyPath.of("securityGroupIds"), securityGroupIds, "security group");
        problems.once(PropertyPath.of("zones"), zones, "zone");
        new SubnetIds(problems).check(PropertyPath.of("subnetIds"), subnetIds);
        problems.throwIfAny();
    }

    private static void ofInterfaces(String property, boolean given, Problems problems) {
        if (given) {
            problems.add(
                    PropertyPath.of(property),
                    "a gateway has no network interfaces",
                    "remove " + property + ", or set type: interface");
        }
    }

    /**
     * An endpoint with the defaults.
     *
     * @param service the service
     * @return the settings
     */
    @Defaults
    public static EndpointSettings of(EndpointService service) {
        return new EndpointSettings(
                service,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    @Override
    public EndpointSettings settings() {
        return this;
    }

    /** Whether the endpoint is a route instead of network interfaces. */
    boolean isGateway() {
        return type.orElse(service.defaultType()) == EndpointType.GATEWAY;
    }

    /** Whether the service's DNS name leads to an interface endpoint. */
    boolean hasPrivateDns() {
        return privateDns.orElse(!service.isPrivateLink() && !service.isDynamoDb());
    }
}
