package dev.eksplatform.cluster;

/** Which addresses pods and Services have. */
public enum IpFamily {
    /** IPv4 addresses. */
    IPV4,

    /** IPv6 addresses, of subnets that have both; nodes keep an IPv4 address, too. */
    IPV6
}
