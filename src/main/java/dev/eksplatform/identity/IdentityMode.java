package dev.eksplatform.identity;

/** How the pods of a ServiceAccount get the credentials of an IAM role. */
public enum IdentityMode {
    /** By a web identity token that the cluster's issuer signs (IAM roles for service accounts); also on ROSA. */
    IRSA,
    /** By the agent on the node and an association at EKS; without OIDC provider and annotation. */
    POD_IDENTITY
}
