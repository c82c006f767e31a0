package dev.eksplatform.addon;

/**
 * A queue of the interruptions that EC2 announces: Spot interruptions, rebalance recommendations, changes of state, scheduled events
 * of AWS Health.
 *
 * @param name the name of the queue
 */
public record InterruptionQueueSpec(String name) implements AddonResource {}
