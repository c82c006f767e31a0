package dev.eksplatform.cluster;

/** The Kubernetes distribution of a cluster. */
public enum Distribution {
    /** Amazon EKS. */
    EKS,
    /** Red Hat OpenShift Service on AWS. */
    ROSA
}
