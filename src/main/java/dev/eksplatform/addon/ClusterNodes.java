package dev.eksplatform.addon;

import java.util.List;

/**
 * Where the nodes of a cluster are, as far as it is known before the cluster exists.
 *
 * @param subnetsCreated whether their subnets are created, and can have tags
 * @param subnetIds their subnets by id, when those exist; empty when only the control plane knows them
 * @param securityGroupCreated whether their security group is created, and can have tags
 * @param securityGroupIds their security groups by id, when those exist; empty for that of the cluster
 * @param closed whether nodes and pods reach AWS through VPC endpoints only
 * @param zonalShift whether the cluster takes part in zonal shifts
 * @param podSubnets whether pods have subnets of their own
 * @param prefixes whether pods get addresses by prefixes
 */
public record ClusterNodes(
        boolean subnetsCreated,
        List<String> subnetIds,
        boolean securityGroupCreated,
        List<String> securityGroupIds,
        boolean closed,
        boolean zonalShift,
        boolean podSubnets,
        boolean prefixes) {

    /** Copies the ids. */
    public ClusterNodes {
        subnetIds = List.copyOf(subnetIds);
        securityGroupIds = List.copyOf(securityGroupIds);
    }
}
