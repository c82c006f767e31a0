package dev.eksplatform.network;

/** The addresses of an endpoint's network interfaces. */
public enum EndpointAddresses {
    /** IPv4 only. */
    IPV4,

    /** IPv4 and IPv6: the subnets need IPv6 blocks. */
    DUALSTACK,

    /** IPv6 only: the subnets need IPv6 blocks. */
    IPV6
}
