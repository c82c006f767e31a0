package dev.eksplatform.cluster;

/** The cluster: created here, an existing EKS cluster, or a ROSA (OpenShift) cluster. */
public sealed interface ClusterSource permits ClusterSpec, ExistingClusterSpec, RosaClusterSpec {}
