package dev.eksplatform.network;

import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The attachment of the VPC to a transit gateway of this account or one that is shared with it. Sources: <a
 * href="https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html">VPC attachments</a>, <a
 * href="https://docs.aws.amazon.com/vpc/latest/tgw/tgw-best-design-practices.html">design best practices</a>.
 *
 * @param id the transit gateway. A change replaces the attachment
 * @param routes what private subnets reach through it; with {@code 0.0.0.0/0} it is the way to the internet instead of NAT
 *     gateways. The transit gateway needs a route back
 * @param publicRoutes what public subnets reach through it; default nothing
 * @param subnets blocks of subnets of the attachment's own, one per zone, /28 is enough; default the private subnets. A subnet
 *     of its own has a network ACL of its own, and its traffic is not that of nodes
 * @param applianceMode whether both directions of a connection use the same zone, for a firewall behind the transit gateway;
 *     default false
 * @param dnsSupport whether names of public addresses in other attached VPCs resolve to private addresses; default true
 * @param securityGroupReferencing whether rules may refer to security groups of other attached VPCs; default that of the
 *     transit gateway
 * @param defaultRouteTableAssociation whether the attachment uses the default route table of the transit gateway; default that
 *     of the transit gateway. Not for one that another account shares
 * @param defaultRouteTablePropagation whether the VPC's blocks are propagated to the default route table of the transit
 *     gateway; default that of the transit gateway. Not for one that another account shares
 */
@RecordBuilder
public record TransitGatewaySpec(
        @Example("tgw-0a1b2c3d4e5f60718") @Limit(pattern = TransitGatewaySpec.ID)
        String id,

        @Example("[10.0.0.0/8]") @Limit(unique = true) List<RouteDestination> routes,

        @Example("[10.0.0.0/8]") @Limit(unique = true) List<RouteDestination> publicRoutes,

        @Example("[10.20.255.0/28, 10.20.255.16/28]") List<Cidr> subnets,

        @Example("true") boolean applianceMode,

        @Example("false") boolean dnsSupport,

        @Example("true") Optional<Boolean> securityGroupReferencing,

        @Example("false") Optional<Boolean> defaultRouteTableAssociation,

        @Example("false") Optional<Boolean> defaultRouteTablePropagation)
        implements TransitGatewaySpecBuilder.With {

    private static final String ID = "^tgw-[0-9a-f]{8,17}$";
    private static final Pattern FORM = Pattern.compile(ID);

    /** Checks the id; what goes with the network is checked there. */
    public TransitGatewaySpec {
        Components.required("id", id);
        routes = Components.list("routes", routes);
        publicRoutes = Components.list("publicRoutes", publicRoutes);
        subnets = Components.list("subnets", subnets);
        Problems problems = new Problems();
        if (!TerraformTemplate.isOpen(id)) {
            problems.match(
                    "id",
                    id,
                    FORM,
                    "the id of a transit gateway",
                    "tgw- and 8 to 17 hex digits",
                    "copy it from `aws ec2 describe-transit-gateways`");
        }
        problems.throwIfAny();
    }

    /**
     * An attachment in the private subnets.
     *
     * @param id the transit gateway
     * @param routes what private subnets reach through it
     * @return the spec
     */
    @Defaults
    public static TransitGatewaySpec of(String id, List<RouteDestination> routes) {
        return new TransitGatewaySpec(
                id, routes, List.of(), List.of(), false, true, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
