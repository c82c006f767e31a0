package dev.eksplatform.cluster;

/**
 * What EKS does when standard support of the cluster's Kubernetes version ends. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/view-upgrade-policy.html">cluster upgrade policy</a>.
 */
public enum UpgradePolicy {
    /** EKS upgrades the control plane to the next version. */
    STANDARD,
    /** The version stays for up to twelve more months, at a higher price. */
    EXTENDED
}
