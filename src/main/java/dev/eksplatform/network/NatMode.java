package dev.eksplatform.network;

import java.util.Locale;

/** How nodes in private subnets reach the internet. */
public enum NatMode {
    /** Not at all: AWS services are reached through VPC endpoints, and images must be in Amazon ECR. */
    NONE,

    /** Through one NAT gateway: cheapest, but an outage of its zone cuts off all zones. */
    SINGLE,

    /** Through a NAT gateway in each zone: an outage only affects its own zone. */
    PER_ZONE,

    /**
     * Through one NAT gateway of the whole VPC, which AWS extends to each zone that has workloads, within an hour. Needs AWS
     * provider 6.24.0 or newer.
     */
    REGIONAL;

    /** How many Elastic IP addresses the gateways have. */
    int addresses(int zones) {
        return switch (this) {
            case NONE -> 0;
            case SINGLE -> 1;
            case PER_ZONE, REGIONAL -> zones;
        };
    }

    /** As it is written in YAML. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
