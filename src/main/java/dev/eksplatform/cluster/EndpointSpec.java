package dev.eksplatform.cluster;

import dev.eksplatform.network.Cidr;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.spec.Defaults;
import dev.eksplatform.spec.Doc;
import dev.eksplatform.spec.Key;
import java.util.List;

/**
 * From where the Kubernetes API server can be reached.
 *
 * @param publicCidrs blocks on the internet that may connect; default none, and then there is no public endpoint
 * @param privateAccess whether there is an endpoint inside the VPC, which nodes use; default true
 */
public record EndpointSpec(
        @Key("public")
        @Doc(
                value = "Blocks on the internet that may reach the API server; none: no public endpoint",
                example = "[203.0.113.0/24]")
        List<Cidr> publicCidrs,

        @Key("private") @Doc("Endpoint inside the VPC, which nodes use (default true)")
        boolean privateAccess) {

    /** Checks that there is an endpoint, and that nodes can reach it. */
    public EndpointSpec {
        publicCidrs = List.copyOf(publicCidrs);
        if (!privateAccess) {
            Problems problems = new Problems();
            boolean open = publicCidrs.stream().anyMatch(cidr -> cidr.prefixLength() == 0);
            if (publicCidrs.isEmpty()) {
                problems.add("private", "no endpoint is left", "a private or a public endpoint", "set private: true");
            } else if (!open) {
                problems.add(
                        "private",
                        "nodes would reach the API server through the public endpoint, whose blocks do not hold them",
                        "true, or a public endpoint open to all",
                        "set private: true");
            }
            problems.throwIfAny();
        }
    }

    /**
     * A private endpoint alone.
     *
     * @return the spec
     */
    @Defaults
    public static EndpointSpec closed() {
        return new EndpointSpec(List.of(), true);
    }
}
