package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.regex.Pattern;

/**
 * A pool of Amazon VPC IP Address Manager (IPAM) that allocates a block of the network. The block is known only after apply. Source: <a
 * href="https://docs.aws.amazon.com/vpc/latest/ipam/create-vpc-ipam.html">create a VPC that uses a pool</a>.
 *
 * @param ipamPoolId the pool; its locale is the region of the network
 * @param netmaskLength the size of the block: 16 to 28 for IPv4 addresses; 44, 48, 52, 56 or 60 for IPv6 addresses.
 *     Changing it replaces the network
 */
@RecordBuilder
public record IpamPool(
        @Example("ipam-pool-0a1b2c3d4e5f60718") @Limit(pattern = IpamPool.PATTERN)
        String ipamPoolId,

        @Example("16") @Limit(min = SubnetPlan.SMALLEST_PREFIX, max = IpamPool.LONGEST_IPV6_PREFIX)
        int netmaskLength)
        implements CidrSource, Ipv6Source, IpamPoolBuilder.With {

    static final int LONGEST_IPV6_PREFIX = 60;

    private static final String PATTERN = "^ipam-pool-[0-9a-f]{8,17}$";
    private static final Pattern ID = Pattern.compile(PATTERN);

    /** Checks the form of the id. */
    public IpamPool {
        Components.required("ipamPoolId", ipamPoolId);
        Problems problems = new Problems();
        problems.match(
                "ipamPoolId",
                ipamPoolId,
                ID,
                "the id of an IPAM pool",
                "ipam-pool- and 8 to 17 hex digits",
                "copy it from `aws ec2 describe-ipam-pools`");
        problems.throwIfAny();
    }

    /**
     * A block of a pool.
     *
     * @param ipamPoolId the pool
     * @param netmaskLength the size of the block
     * @return the spec
     */
    @Defaults
    public static IpamPool of(String ipamPoolId, int netmaskLength) {
        return new IpamPool(ipamPoolId, netmaskLength);
    }

    @Override
    public int prefixLength() {
        return netmaskLength;
    }
}
