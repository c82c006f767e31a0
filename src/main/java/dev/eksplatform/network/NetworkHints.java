package dev.eksplatform.network;

import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import org.apiguardian.api.API;

/** What AWS accepts in a network although a cluster hardly works with it. */
@API(status = API.Status.INTERNAL)
public final class NetworkHints {

    private NetworkHints() {}

    /**
     * Looks at a network.
     *
     * @param spec its spec
     * @return hints, each at its property of the spec
     */
    public static List<Problem> of(NetworkSpec spec) {
        Problems hints = new Problems();
        AclFlows.warn(spec, hints);
        warnOfDestinations(spec, hints);
        if (spec.ipv6().isEmpty()) {
            for (int i = 0; i < spec.routes().size(); i++) {
                warnOfIpv6(
                        PropertyPath.of("routes").index(i).key("destination"),
                        spec.routes().get(i).destination(),
                        hints);
            }
            spec.transitGateway().ifPresent(attachment -> {
                for (int i = 0; i < attachment.routes().size(); i++) {
                    warnOfIpv6(
                            PropertyPath.of("transitGateway", "routes").index(i),
                            attachment.routes().get(i),
                            hints);
                }
            });
        }
        spec.transitGateway()
                .filter(attachment -> !attachment.subnets().isEmpty())
                .filter(attachment -> attachment.routes().stream().anyMatch(route -> route.block()
                        .filter(block -> block.ipv4().isEmpty())
                        .isPresent()))
                .ifPresent(attachment -> hints.add(
                        PropertyPath.of("transitGateway", "subnets"),
                        "these subnets have no IPv6 addresses, so the attachment does not propagate the IPv6 block of the VPC",
                        "remove subnets, or add a route to the VPC in the route table of the transit gateway"));
        spec.dhcpOptions()
                .filter(options -> !options.usesAmazonDns())
                .ifPresent(options -> hints.add(
                        PropertyPath.of("dhcpOptions", "domainNameServers"),
                        "nodes find the private API endpoint and VPC endpoints by the resolver of the VPC, which these"
                                + " servers must forward to",
                        "forward the names of AWS to the third address of "
                                + spec.block().map(Cidr::toString).orElse("the VPC's block") + ", or use "
                                + DhcpOptionsSpec.AMAZON));
        spec.dhcpOptions()
                .filter(options ->
                        options.usesAmazonDns() && options.domainNameServers().size() > 1)
                .ifPresent(options -> hints.add(
                        PropertyPath.of("dhcpOptions", "domainNameServers"),
                        "AmazonProvidedDNS beside other servers: which one answers differs from query to query",
                        "use one of them, and forward from it"));
        return hints.found();
    }

    private static void warnOfIpv6(PropertyPath where, RouteDestination destination, Problems hints) {
        destination
                .block()
                .filter(block -> block.ipv4().isEmpty())
                .ifPresent(block -> hints.add(
                        where,
                        "an IPv6 destination in a network without IPv6 addresses: nothing is sent to it",
                        "add ipv6: amazon-provided, or remove it"));
    }

    /** NAT gateways that lead to some networks only, where nothing else leads to what nodes call. */
    private static void warnOfDestinations(NetworkSpec spec, Problems hints) {
        List<Cidr> destinations = spec.natGateways().destinationCidrs();
        List<EndpointService> missing = EndpointLists.missing(
                EndpointService.OF_NODES,
                spec.endpointServices(),
                spec.zones().get(0).region());
        boolean everything = destinations.isEmpty()
                || spec.privateDestinations().stream().anyMatch(RouteDestination::isDefault)
                || destinations.stream().anyMatch(block -> block.prefixLength() <= 1);
        if (!everything && !missing.isEmpty()) {
            hints.add(
                    PropertyPath.of("natGateways", "destinationCidrs"),
                    "private subnets have a way to " + destinations + " only: nodes cannot join unless they reach "
                            + missing + " there",
                    "remove destinationCidrs, or lead 0.0.0.0/0 to a transit gateway, or have endpoints: "
                            + EndpointService.OF_NODES);
        }
    }
}
