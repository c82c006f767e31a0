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
        spec.dhcpOptions()
                .filter(options -> !options.usesAmazonDns())
                .ifPresent(options -> hints.add(
                        PropertyPath.of("dhcpOptions", "domainNameServers"),
                        "nodes find the private API endpoint and VPC endpoints by the resolver of the VPC, which these"
                                + " servers must forward to",
                        "forward the names of AWS to the third address of " + spec.cidr() + ", or use "
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
}
