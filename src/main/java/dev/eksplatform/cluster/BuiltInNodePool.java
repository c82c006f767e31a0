package dev.eksplatform.cluster;

import java.util.Locale;

/**
 * A node pool that EKS Auto Mode brings with it. Both have On-Demand Instances of the categories c, m and r of generation 5 or newer, and
 * the node class {@code default}. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/set-builtin-node-pools.html">built-in node pools</a>.
 */
public enum BuiltInNodePool {
    /** Nodes of x86_64 for any pod. */
    GENERAL_PURPOSE,
    /** Nodes of x86_64 and arm64 with the taint {@code CriticalAddonsOnly}, which many add-ons tolerate. */
    SYSTEM;

    /**
     * The name in the EKS API, which is that of the {@code NodePool} object, too.
     *
     * @return such as {@code general-purpose}
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return id();
    }
}
