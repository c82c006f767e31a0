package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlKey;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.network.ReservedBlocks;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * From where the Kubernetes API server can be reached.
 *
 * @param publicCidrs blocks on the internet that may reach the API server; default none, without a public endpoint
 * @param privateAccess whether there is an endpoint inside the VPC, which nodes use; default true
 */
@RecordBuilder
public record EndpointSpec(
        @YamlKey("public") @Limit(maxItems = EndpointSpec.MOST_BLOCKS, unique = true) @Example("[203.0.113.0/24]")
        List<Cidr> publicCidrs,

        @YamlKey("private") @Example("true") boolean privateAccess)
        implements EndpointSpecBuilder.With {

    /**
     * The most blocks of a public endpoint. Source: <a
     * href="https://docs.aws.amazon.com/general/latest/gr/eks.html#limits_eks">EKS quotas</a>.
     */
    private static final int MOST_BLOCKS = 40;

    /** Checks that there is an endpoint, and that nodes can reach it. */
    public EndpointSpec {
        publicCidrs = Components.list("publicCidrs", publicCidrs);
        Problems problems = new Problems();
        if (publicCidrs.size() > MOST_BLOCKS) {
            problems.add("public", publicCidrs.size() + " blocks", "at most " + MOST_BLOCKS, "join or remove some");
        }
        for (int i = 0; i < publicCidrs.size(); i++) {
            Cidr block = publicCidrs.get(i);
            PropertyPath where = PropertyPath.of("public").index(i);
            ReservedBlocks.refusedForPublicEndpoint(block)
                    .ifPresent(
                            reserved -> problems.add(
                                    where,
                                    block + " lies in " + reserved,
                                    "addresses on the internet: EKS does not support reserved blocks here",
                                    "use the address that your network has on the internet; inside the VPC private: true is enough"));
        }
        problems.once(PropertyPath.of("public"), publicCidrs, "block");
        if (!privateAccess) {
            boolean open = publicCidrs.stream().anyMatch(cidr -> cidr.prefixLength() == 0);
            if (publicCidrs.isEmpty()) {
                problems.add(
                        PropertyPath.of("private"),
                        "the API server would be unreachable: private is false and public is empty",
                        "set private: true");
            } else if (!open) {
                problems.add(
                        PropertyPath.of("private"),
                        "nodes would reach the API server through the public endpoint, but public does not include their"
                                + " addresses",
                        "set private: true");
            }
        }
        problems.throwIfAny();
    }

    /**
     * Only a private endpoint.
     *
     * @return the spec
     */
    @Defaults
    public static EndpointSpec closed() {
        return new EndpointSpec(List.of(), true);
    }
}
