package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * The instance metadata service of nodes. It always requires the tokens of version 2.
 *
 * @param hopLimit how many network hops an answer may take: with 1 only the node and pods with {@code hostNetwork} get one, with
 *     2 every pod, which then can use the node's role; default 1
 * @param ipv6 whether the service also has its IPv6 address; default false
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateInstanceMetadataOptionsRequest.html">metadata
 *     options</a>
 */
@RecordBuilder
public record MetadataOptionsSpec(
        @Example("2") @Limit(min = 1, max = MetadataOptionsSpec.MOST_HOPS)
        int hopLimit,

        @Example("true") boolean ipv6) implements MetadataOptionsSpecBuilder.With {

    private static final int MOST_HOPS = 64;

    /** Checks the limit. */
    public MetadataOptionsSpec {
        if (hopLimit < 1 || hopLimit > MOST_HOPS) {
            Problems problems = new Problems();
            problems.add(
                    "hopLimit", hopLimit + " hops", "1 to 64", "use 1, or 2 when pods must reach the metadata service");
            problems.throwIfAny();
        }
    }

    /**
     * Tokens required, not for pods.
     *
     * @return the spec
     */
    @Defaults
    public static MetadataOptionsSpec standard() {
        return new MetadataOptionsSpec(1, false);
    }
}
