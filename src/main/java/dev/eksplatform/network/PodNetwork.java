package dev.eksplatform.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * From where the VPC CNI takes the addresses of pods.
 *
 * @param subnetIds the subnets of pods by the name of the zone, may be Terraform references; empty when pods are in the
 *     subnets of their nodes
 * @param prefixDelegation whether nodes get prefixes of 16 addresses
 */
public record PodNetwork(Map<String, String> subnetIds, boolean prefixDelegation) {

    /** Copies the subnets, in the same order. */
    public PodNetwork {
        subnetIds = Collections.unmodifiableMap(new LinkedHashMap<>(subnetIds));
    }
}
