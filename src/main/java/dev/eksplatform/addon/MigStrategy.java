package dev.eksplatform.addon;

import java.util.Locale;

/**
 * How the parts of GPUs with Multi-Instance GPU (MIG) are offered to pods. Source: <a
 * href="https://docs.nvidia.com/datacenter/cloud-native/kubernetes/latest/index.html">MIG support in Kubernetes</a>.
 */
public enum MigStrategy {
    /** GPUs are not divided. */
    NONE,
    /** All parts on a node have one size, and are offered as {@code nvidia.com/gpu}. */
    SINGLE,
    /** Each size is a resource of its own, such as {@code nvidia.com/mig-1g.10gb}. */
    MIXED;

    /** As charts name it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
