package dev.eksplatform.cluster;

/** How EC2 instances of a node group are bought. */
public enum Capacity {
    /** On-Demand Instances. */
    ON_DEMAND,
    /** Spot Instances: cheaper, and interrupted with two minutes' notice. */
    SPOT,
    /**
     * Instances of a Capacity Block for ML, which {@code capacityReservation.id} names. EKS scales the group to 0 before the
     * block ends, so an autoscaler owns the number of nodes.
     */
    CAPACITY_BLOCK
}
