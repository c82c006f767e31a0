package dev.eksplatform.network;

import com.hashicorp.cdktf.ITerraformDependable;
import java.util.List;
import java.util.Optional;

/**
 * The network that a cluster is placed in.
 *
 * <p>EKS takes other subnets for a control plane, but only in the zones that it was created with; the subnets of a managed
 * node group and of a Fargate profile cannot be changed. So a subnet added to a network must reach none of them by itself.
 * Sources: <a href="https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html">VPC and subnet requirements</a>, <a
 * href="https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupConfig.html">UpdateNodegroupConfig</a>.
 */
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
     * @return the ids of all of them, may be Terraform references
     */
    List<String> privateSubnetIds();

    /**
     * The private subnets in some of the network's zones.
     *
     * @param zones the zones
     * @return their ids, in the order of {@code zones}; may be Terraform references
     * @throws dev.eksplatform.problem.InvalidInputException when the network has no such zone, or does not know the zones of
     *     its subnets
     */
    List<String> privateSubnetIds(List<Zone> zones);

    /**
     * The private subnets of a cluster whose spec names neither zones nor subnets.
     *
     * @return those of the first two zones; all of them where the zones are not known
     */
    List<String> initialSubnetIds();

    /**
     * What nodes in the private subnets need to reach registries and AWS APIs: must exist before they boot, and until
     * they are deleted.
     *
     * @return routes and subnet associations; empty where the network exists already
     */
    List<ITerraformDependable> privateRoutes();

    /**
     * The subnets of the control plane's network interfaces, in the zones of some private subnets.
     *
     * @param privateSubnetIds the private subnets of the control plane's zones
     * @return their ids, may be Terraform references; by default the private subnets themselves
     */
    default List<String> controlPlaneSubnetIds(List<String> privateSubnetIds) {
        return privateSubnetIds;
    }

    /**
     * From where the VPC CNI takes the addresses of pods.
     *
     * @return empty when the network says nothing about it: one by one from the subnets of their nodes
     */
    default Optional<PodNetwork> pods() {
        return Optional.empty();
    }

    /**
     * Whether the private subnets have IPv6 addresses, too.
     *
     * @return false when it is not known
     */
    default boolean hasIpv6() {
        return false;
    }
}
