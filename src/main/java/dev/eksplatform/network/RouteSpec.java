package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A route beside those of the network itself.
 *
 * @param destination a block of IPv4 or IPv6 addresses, or the id of a prefix list ({@code pl-…})
 * @param target what it leads through, which exists already: a transit gateway, a VPC peering connection, a virtual private
 *     gateway, a network interface, a Gateway Load Balancer endpoint, a NAT gateway, or a core network by its ARN
 * @param subnets whose route tables have it: {@code private}, {@code public} or both; default {@code [private]}
 */
@RecordBuilder
public record RouteSpec(
        @Example("10.0.0.0/8") RouteDestination destination,

        @Example("pcx-0a1b2c3d4e5f60718") RouteTarget target,

        @Example("[private, public]") @Limit(minItems = 1) Set<SubnetKind> subnets)
        implements RouteSpecBuilder.With {

    /** Checks that it is a route of some subnets. */
    public RouteSpec {
        Components.required("destination", destination, "target", target);
        subnets = Collections.unmodifiableSet(new TreeSet<>(subnets));
        Problems problems = new Problems();
        if (subnets.isEmpty()) {
            problems.add("subnets", "no subnets", "private, public or both", "remove subnets");
        }
        if (target.kind() == RouteTarget.Kind.VPC_ENDPOINT
                && destination.block().isEmpty()) {
            problems.add(
                    "target",
                    "a Gateway Load Balancer endpoint for a prefix list, which the AWS provider does not allow",
                    "blocks of addresses as destination",
                    "write a route for each block of " + destination);
        }
        problems.throwIfAny();
    }

    /**
     * A route of the private subnets.
     *
     * @param destination where it leads to
     * @param target what it leads through
     * @return the route
     */
    @Defaults
    public static RouteSpec of(RouteDestination destination, RouteTarget target) {
        return new RouteSpec(destination, target, Set.of(SubnetKind.PRIVATE));
    }
}
