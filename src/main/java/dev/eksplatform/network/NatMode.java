package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Doc;

/** How nodes in private subnets reach the internet. */
public enum NatMode {
    /** Not at all: AWS services are reached through VPC endpoints, and images must be in Amazon ECR. */
    @Doc("No NAT gateway: AWS services are reached through VPC endpoints, and images must be in Amazon ECR")
    NONE,

    /** Through one gateway: cheapest, and an outage of its zone cuts off all. */
    @Doc("One NAT gateway for all zones: cheapest, and an outage of its zone cuts off all")
    SINGLE,

    /** Through a gateway in each zone: an outage stays in its zone. */
    @Doc("A NAT gateway in each zone: an outage stays in its zone")
    PER_ZONE
}
