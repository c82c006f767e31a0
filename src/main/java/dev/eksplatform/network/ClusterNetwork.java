package dev.eksplatform.network;

import com.hashicorp.cdktf.ITerraformDependable;
import java.util.List;

/** The network that a cluster is placed in. */
public interface ClusterNetwork {

    /**
     * The VPC.
     *
     * @return its id, may be a Terraform reference
     */
    String vpcId();

    /**
     * Subnets for internet-facing load balancers.
     *
     * @return their ids, may be Terraform references; may be empty
     */
    List<String> publicSubnetIds();

    /**
     * Subnets for nodes, pods and the control plane's interfaces.
     *
     * @return their ids, may be Terraform references
     */
    List<String> privateSubnetIds();

    /**
     * What nodes in the private subnets need to reach registries and AWS APIs: must be there before they boot, and until
     * they are gone.
     *
     * @return routes and subnet associations; empty where the network exists already
     */
    List<ITerraformDependable> privateRoutes();
}
