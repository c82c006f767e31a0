package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Doc;

/** Where the Kubernetes cluster comes from: made here, an existing EKS cluster, or a ROSA cluster. */
@Doc("The cluster: made here, an existing EKS cluster, or a ROSA (OpenShift) cluster")
public sealed interface ClusterSource permits ClusterSpec, ExistingClusterSpec, RosaClusterSpec {}
