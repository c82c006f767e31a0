package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Doc;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import java.util.Optional;

/**
 * Traffic that nodes and their pods may send out of the cluster.
 *
 * @param cidr where to
 * @param port the TCP port; default all ports of all protocols
 */
public record NodeEgress(
        @Doc(value = "Where to", example = "0.0.0.0/0") Cidr cidr,

        @Doc(value = "The TCP port (default all ports of all protocols)", example = "443") @Limit(min = 1, max = 65_535)
        Optional<Integer> port) {

    /** Checks the port. */
    public NodeEgress {
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
     * Everything to a block of addresses.
     *
     * @param cidr the block
     * @return the rule
     */
    @Defaults
    public static NodeEgress to(Cidr cidr) {
        return new NodeEgress(cidr, Optional.empty());
    }
}
