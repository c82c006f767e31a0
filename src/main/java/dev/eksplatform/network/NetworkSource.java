package dev.eksplatform.network;

import java.util.List;
import java.util.Optional;

/** The network: created from a CIDR block and zones, or an existing one. */
public sealed interface NetworkSource permits NetworkSpec, ExistingNetworkSpec {

    /**
     * The zones of its subnets.
     *
     * @return the zones; empty for an existing network whose subnets are given by id
     */
    List<Zone> zones();

    /**
     * Whether nodes and pods reach AWS through VPC endpoints only.
     *
     * @return true when the network has an endpoint of everything that the environment calls
     */
    boolean privateCluster();

    /**
     * The endpoints that are given.
     *
     * @return empty when nothing is given
     */
    Optional<List<NetworkEndpoint>> endpoints();
}
