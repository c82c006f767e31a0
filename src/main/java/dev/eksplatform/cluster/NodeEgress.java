package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.network.IpBlock;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * Traffic that nodes and their pods may send out of the cluster.
 *
 * @param cidr the destination, IPv4 or IPv6 addresses
 * @param port the TCP port; default all ports of all protocols
 */
@RecordBuilder
public record NodeEgress(
        @Example("0.0.0.0/0") IpBlock cidr,

        @Example("443") @Limit(min = 1, max = 65_535) Optional<Integer> port) implements NodeEgressBuilder.With {

    /** Checks the port. */
    public NodeEgress {
        Components.required("cidr", cidr);
        port.ifPresent(given -> {
            if (given < 1 || given > 65_535) {
                throw new InvalidInputException(new Problem(
                        Place.of(PropertyPath.of("port")),
                        given + " is not a port",
                        "1 to 65535",
                        "use 443 for HTTPS"));
            }
        });
    }

    /**
     * All traffic to a block of addresses.
     *
     * @param cidr the block
     * @return the rule
     */
    @Defaults
    public static NodeEgress to(IpBlock cidr) {
        return new NodeEgress(cidr, Optional.empty());
    }
}
