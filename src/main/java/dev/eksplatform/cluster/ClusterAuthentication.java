package dev.eksplatform.cluster;

/**
 * How the Kubernetes and Helm providers of Terraform authenticate to an EKS cluster. Source: <a
 * href="https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs#exec-plugins">exec plugins of the
 * kubernetes provider</a>.
 */
public enum ClusterAuthentication {
    /** {@code aws eks get-token} asks for a token whenever one is needed; the AWS CLI must be where Terraform runs. */
    EXEC,

    /**
     * The data source {@code aws_eks_cluster_auth} reads one token at the start of each plan and apply, which needs no AWS
     * CLI. The token is valid for 15 minutes.
     */
    TOKEN
}
