package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;

/**
 * How the VPC CNI gives pods their addresses. With {@code cidr} it is configured for custom networking: pods get addresses of
 * subnets of their own, nodes keep those of the private subnets. Nodes that exist already keep what they have: replace
 * them after a change. Sources: <a href="https://docs.aws.amazon.com/eks/latest/userguide/cni-custom-network.html">custom
 * networking</a>, <a href="https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html">prefixes</a>.
 *
 * @param cidr the block of the pods' subnets, often of 100.64.0.0/10, which is not routed outside of the VPC; added to the VPC
 *     unless it is a part of its other blocks; default none: pods get addresses of their node's subnet
 * @param subnets blocks of the pods' subnets, one per zone; default planned from {@code cidr}
 * @param prefixDelegation whether nodes get prefixes of 16 addresses instead of single ones, so that more pods run on each;
 *     default false
 */
@RecordBuilder
public record PodsSpec(
        @Example("100.64.0.0/16") Optional<Cidr> cidr,

        @Example("[100.64.0.0/18, 100.64.64.0/18]") List<Cidr> subnets,

        @Example("true") boolean prefixDelegation)
        implements PodsSpecBuilder.With {

    /** Checks that something is set. */
    public PodsSpec {
        subnets = Components.list("subnets", subnets);
        Problems problems = new Problems();
        if (cidr.isEmpty() && !subnets.isEmpty()) {
            problems.add(
                    PropertyPath.of("subnets"),
                    "subnets without a block",
                    "add cidr: 100.64.0.0/16, or the block that they are in");
        }
        problems.throwIfAny();
    }

    /**
     * Addresses of the nodes' subnets, one by one.
     *
     * @return the spec
     */
    @Defaults
    public static PodsSpec standard() {
        return new PodsSpec(Optional.empty(), List.of(), false);
    }

    /**
     * Subnets of their own, planned from a block.
     *
     * @param cidr the block, such as {@code 100.64.0.0/16}
     * @return the spec
     * @throws dev.eksplatform.problem.InvalidInputException when it is not a block
     */
    public static PodsSpec in(String cidr) {
        return standard().withCidr(Optional.of(Cidr.parse(cidr)));
    }
}
