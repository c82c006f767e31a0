package dev.eksplatform.cluster;

import java.util.Locale;

/**
 * What an access entry is for. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html">create access entries</a>.
 */
public enum AccessEntryType {
    /** People and programs. */
    STANDARD,
    /** Nodes that EKS Auto Mode creates with a node class of its own role. */
    EC2,
    /** Linux nodes that are not of a managed node group. */
    EC2_LINUX,
    /** Windows nodes that are not of a managed node group. */
    EC2_WINDOWS,
    /** Pods on Fargate with a role of their own. */
    FARGATE_LINUX,
    /** Hybrid nodes. */
    HYBRID_LINUX,
    /** Nodes of SageMaker HyperPod. */
    HYPERPOD_LINUX;

    /** The word in an environment file. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
