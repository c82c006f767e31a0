package dev.eksplatform.cluster;

import java.util.Locale;

/**
 * What nodes do with the NVMe disks of their instance type, whose content is lost when the instance ends.
 *
 * @see <a href="https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/#localstoragestrategy">LocalStorageStrategy</a>
 */
public enum InstanceStore {
    /** One striped file system that holds container images, the kubelet's volumes and logs of pods. */
    RAID0("RAID0", 1),
    /** The same, mirrored: half of the space, at least four disks. */
    RAID10("RAID10", 4),
    /** Each disk is a file system below {@code /mnt/k8s-disks}, for local volumes. */
    MOUNT("Mount", 1);

    private final String strategy;
    private final int leastDisks;

    InstanceStore(String strategy, int leastDisks) {
        this.strategy = strategy;
        this.leastDisks = leastDisks;
    }

    String strategy() {
        return strategy;
    }

    int leastDisks() {
        return leastDisks;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
