package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.Arrays;
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
        TRANSIT_GATEWAY("tgw-"),
        /** An accepted VPC peering connection. */
        VPC_PEERING_CONNECTION("pcx-"),
        /** A virtual private gateway that is attached to the VPC. */
        VPN_GATEWAY("vgw-"),
        /** A network interface in the VPC, such as that of a firewall or a NAT instance. */
        NETWORK_INTERFACE("eni-"),
        /** A Gateway Load Balancer endpoint in the VPC. */
        VPC_ENDPOINT("vpce-"),
        /** A NAT gateway. */
        NAT_GATEWAY("nat-"),
        /** A core network of AWS Cloud WAN to which the VPC is attached. */
        CORE_NETWORK("arn:");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
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

    @Override
    public String toString() {
        return id;
    }
}
