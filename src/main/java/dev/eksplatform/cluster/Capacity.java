package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Doc;

/** How EC2 instances of a node group are bought. */
public enum Capacity {
    /** By the hour, kept until given back. */
    @Doc("On-Demand Instances")
    ON_DEMAND,
    /** Cheaper, and taken away with two minutes' notice. */
    @Doc("Spot Instances: cheaper, and taken away with two minutes' notice")
    SPOT
}
