package dev.eksplatform.cluster;

/**
 * The path of what the control plane sends to the VPC and beyond: calls of webhooks and of aggregated API servers, and requests
 * to OIDC issuers. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/control-plane-egress.html">control plane egress routing</a>.
 */
public enum ControlPlaneEgressMode {
    /** EKS provides it. */
    AWS_MANAGED,
    /** The routes, gateways and firewalls of the subnets of the control plane. */
    CUSTOMER_ROUTED
}
