package dev.eksplatform.addon;

import dev.eksplatform.cluster.KarpenterObjects;
import dev.eksplatform.cluster.NodeRoleSpec;
import org.apiguardian.api.API;

/**
 * What nodes of Karpenter need to join the cluster: role, instance profile and access entry.
 *
 * @param profile the names, and the role when it exists
 * @param role the settings of a role that is created
 */
@API(status = API.Status.INTERNAL)
public record KarpenterNodesSpec(KarpenterObjects.Profile profile, NodeRoleSpec role) implements AddonResource {}
