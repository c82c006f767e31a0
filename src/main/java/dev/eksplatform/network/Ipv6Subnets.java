package dev.eksplatform.network;

import com.hashicorp.cdktf.Fn;
import com.hashicorp.cdktf.providers.aws.subnet.SubnetConfig;
import com.hashicorp.cdktf.providers.aws.vpc.Vpc;
import com.hashicorp.cdktf.providers.aws.vpc.VpcConfig;

/**
 * The /64 blocks of the subnets of a network with IPv6. Which one a subnet has depends on its kind and zone only. Source: <a
 * href="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html#subnet-sizing-ipv6">subnet sizing for IPv6</a>.
 */
final class Ipv6Subnets {

    private final Ipv6Source source;

    Ipv6Subnets(Ipv6Source source) {
        this.source = source;
    }

    /** Gives the VPC its block. */
    void of(VpcConfig.Builder vpc) {
        if (source instanceof IpamPool pool) {
            vpc.ipv6IpamPoolId(pool.ipamPoolId()).ipv6NetmaskLength(pool.netmaskLength());
        } else {
            vpc.assignGeneratedIpv6CidrBlock(true);
        }
    }

    /** Gives a subnet its block: EKS requires that nodes get addresses of it when they start. */
    void of(SubnetConfig.Builder subnet, Vpc vpc, SubnetKind kind, int zone) {
        if (kind != SubnetKind.PODS) {
            subnet.ipv6CidrBlock(Fn.cidrsubnet(
                            vpc.getIpv6CidrBlock(),
                            SubnetLayout.IPV6_PREFIX - source.prefixLength(),
                            kind.ipv6Part(zone)))
                    .assignIpv6AddressOnCreation(true);
        }
    }
}
