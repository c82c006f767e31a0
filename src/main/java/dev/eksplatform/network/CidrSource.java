package dev.eksplatform.network;

/** Where the IPv4 block of a VPC comes from: it is given, or a pool of Amazon VPC IP Address Manager (IPAM) allocates it. */
public sealed interface CidrSource permits Cidr, IpamPool {

    /**
     * How large the block is.
     *
     * @return the number of leading bits that all its addresses share
     */
    int prefixLength();
}
