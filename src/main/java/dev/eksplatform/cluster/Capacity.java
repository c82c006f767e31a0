package dev.eksplatform.cluster;

/** How EC2 instances of a node group are bought. */
public enum Capacity {
    /** On-Demand Instances. */
    ON_DEMAND,
    /** Spot Instances: cheaper, and interrupted with two minutes' notice. */
    SPOT
}
