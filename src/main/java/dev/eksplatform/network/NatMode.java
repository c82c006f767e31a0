package dev.eksplatform.network;

import dev.eksplatform.spec.Doc;

/** How nodes in private subnets reach the internet. */
public enum NatMode {
    /** Not at all: images and AWS APIs must be reachable through VPC endpoints. */
    @Doc("No NAT gateway: private subnets have no way out")
    NONE,

    /** Through one gateway: cheapest, and an outage of its zone cuts off all. */
    @Doc("One NAT gateway for all zones: cheapest, and an outage of its zone cuts off all")
    SINGLE,

    /** Through a gateway in each zone: an outage stays in its zone. */
    @Doc("A NAT gateway in each zone: an outage stays in its zone")
    PER_ZONE
}
