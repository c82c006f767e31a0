package dev.eksplatform.network;

/** Which subnets of a network. */
public enum SubnetKind {
    /** Those of load balancers and NAT gateways. */
    PUBLIC,

    /** Those of nodes, pods and the control plane's network interfaces. */
    PRIVATE
}
