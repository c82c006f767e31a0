package dev.eksplatform.cluster;

/** Which Terraform outputs the infrastructure stack has about the cluster. */
public enum OutputSet {
    /** Name, endpoint, certificate authority, issuer, and the command for a kubeconfig file. */
    BASIC,
    /** Also ARNs and ids of roles, security groups, subnets, key, log group and OIDC provider, for other configurations. */
    ALL
}
