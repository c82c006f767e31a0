package dev.eksplatform.identity;

import dev.eksplatform.internal.yaml.Doc;

/** How the pods of a ServiceAccount get the credentials of an IAM role. */
public enum IdentityMode {
    /** By a web identity token that the cluster's issuer signs (IAM roles for service accounts); also on ROSA. */
    @Doc("IAM roles for service accounts: a token signed by the cluster's OIDC issuer; also on ROSA")
    IRSA,
    /** By the agent on the node and an association at EKS; without OIDC provider and annotation. */
    @Doc("EKS Pod Identity: an agent on the node and an association at EKS")
    POD_IDENTITY
}
