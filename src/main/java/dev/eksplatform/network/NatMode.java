package dev.eksplatform.network;

/** How nodes in private subnets reach the internet. */
public enum NatMode {
    /** Not at all: AWS services are reached through VPC endpoints, and images must be in Amazon ECR. */
    NONE,

    /** Through one NAT gateway: cheapest, but an outage of its zone cuts off all zones. */
    SINGLE,

    /** Through a NAT gateway in each zone: an outage only affects its own zone. */
    PER_ZONE
}
