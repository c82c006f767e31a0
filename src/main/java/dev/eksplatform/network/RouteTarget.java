package dev.eksplatform.network;

import com.hashicorp.cdktf.providers.aws.route.RouteConfig;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * What a route leads through, by its id, from which follows what it is. Source: <a
 * href="https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html">route tables</a>.
 *
 * @param kind what it is
 * @param id its id; may be a Terraform reference
 */
@Example("tgw-0a1b2c3d4e5f60718")
public record RouteTarget(Kind kind, String id) {

    private static final String PATTERN = "^((tgw|pcx|vgw|eni|vpce|nat)-[0-9a-f]{8,17}"
            + "|arn:[a-z-]+:networkmanager::[0-9]{12}:core-network/core-network-[0-9a-f]{8,17})$";
    private static final Pattern FORM = Pattern.compile(PATTERN);

    /** What a route can lead through. */
    public enum Kind {
        /** A transit gateway: of the network, or one to which the VPC is attached elsewhere. */
        TRANSIT_GATEWAY("tgw-", RouteConfig.Builder::transitGatewayId),
        /** An accepted VPC peering connection. */
        VPC_PEERING_CONNECTION("pcx-", RouteConfig.Builder::vpcPeeringConnectionId),
        /** A virtual private gateway that is attached to the VPC. */
        VPN_GATEWAY("vgw-", RouteConfig.Builder::gatewayId),
        /** A network interface in the VPC, such as that of a firewall or a NAT instance. */
        NETWORK_INTERFACE("eni-", RouteConfig.Builder::networkInterfaceId),
        /** A Gateway Load Balancer endpoint in the VPC. */
        VPC_ENDPOINT("vpce-", RouteConfig.Builder::vpcEndpointId),
        /** A NAT gateway. */
        NAT_GATEWAY("nat-", RouteConfig.Builder::natGatewayId),
        /** A core network of AWS Cloud WAN to which the VPC is attached. */
        CORE_NETWORK("arn:", RouteConfig.Builder::coreNetworkArn);

        private final String prefix;
        private final BiFunction<RouteConfig.Builder, String, RouteConfig.Builder> argument;

        Kind(String prefix, BiFunction<RouteConfig.Builder, String, RouteConfig.Builder> argument) {
            this.prefix = prefix;
            this.argument = argument;
        }
    }

    /**
     * Reads an id.
     *
     * @param text the id of a transit gateway, VPC peering connection, virtual private gateway, network interface, Gateway
     *     Load Balancer endpoint or NAT gateway, or the ARN of a core network
     * @return the target
     * @throws InvalidInputException when it is none of them
     */
    @ScalarFactory(pattern = PATTERN)
    public static RouteTarget parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidInputException(new Problem(
                    "\"" + text + "\" is not what a route can lead through",
                    "the id of a transit gateway (tgw-), VPC peering connection (pcx-), virtual private gateway (vgw-),"
                            + " network interface (eni-), Gateway Load Balancer endpoint (vpce-) or NAT gateway (nat-), or the"
                            + " ARN of a core network",
                    "write it like tgw-0a1b2c3d4e5f60718"));
        }
        Kind kind = Arrays.stream(Kind.values())
                .filter(each -> text.startsWith(each.prefix))
                .findFirst()
                .orElseThrow();
        return new RouteTarget(kind, text);
    }

    /** Sets the argument of a route. */
    void set(RouteConfig.Builder route) {
        kind.argument.apply(route, id);
    }

    @Override
    public String toString() {
        return id;
    }
}
