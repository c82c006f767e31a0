package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * VPC Block Public Access: what passes the internet gateways of a region. Sources: <a
 * href="https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html">block public access</a>, <a
 * href="https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html">its effect on services</a>.
 *
 * @param mode {@code block-bidirectional} or {@code block-ingress}, for every VPC of the account in this region that is not
 *     excluded; default the account's setting is left alone. Only one environment of an account and region may have it, and
 *     deleting it turns the setting off
 * @param vpc excludes this VPC: {@code allow-bidirectional} or {@code allow-egress}; default not excluded
 * @param publicSubnets excludes only the public subnets of this VPC: {@code allow-bidirectional} or {@code allow-egress};
 *     default not excluded
 */
@RecordBuilder
public record BlockPublicAccessSpec(
        @Example("block-ingress") Optional<BlockMode> mode,

        @Example("allow-egress") Optional<PublicAccess> vpc,

        @Example("allow-bidirectional") Optional<PublicAccess> publicSubnets)
        implements BlockPublicAccessSpecBuilder.With {

    /** What is blocked in the region. */
    public enum BlockMode {
        /** Everything between the internet and VPCs, NAT gateways included. */
        BLOCK_BIDIRECTIONAL,
        /** What comes from the internet; NAT gateways and egress-only internet gateways work. */
        BLOCK_INGRESS
    }

    /** What an exclusion allows. */
    public enum PublicAccess {
        /** Everything. */
        ALLOW_BIDIRECTIONAL,
        /** Connections to the internet: NAT gateways work. */
        ALLOW_EGRESS
    }

    /** Checks that there is one exclusion at most, and that it changes something. */
    public BlockPublicAccessSpec {
        Problems problems = new Problems();
        if (vpc.isPresent() && publicSubnets.isPresent()) {
            problems.add(
                    "publicSubnets", "vpc and publicSubnets", "one of them", "remove vpc, which includes the subnets");
        }
        if (mode.isPresent() && mode.get() == BlockMode.BLOCK_INGRESS) {
            vpc.filter(PublicAccess.ALLOW_EGRESS::equals)
                    .ifPresent(exclusion -> withoutEffect(PropertyPath.of("vpc"), problems));
            publicSubnets
                    .filter(PublicAccess.ALLOW_EGRESS::equals)
                    .ifPresent(exclusion -> withoutEffect(PropertyPath.of("publicSubnets"), problems));
        }
        problems.throwIfAny();
    }

    private static void withoutEffect(PropertyPath property, Problems problems) {
        problems.add(
                property,
                "allow-egress with mode: block-ingress, which does not block connections to the internet",
                "remove it, or use allow-bidirectional");
    }

    /**
     * Nothing is blocked and nothing excluded.
     *
     * @return the spec
     */
    @Defaults
    public static BlockPublicAccessSpec none() {
        return new BlockPublicAccessSpec(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
