package dev.eksplatform.addon;

import dev.eksplatform.cluster.Cluster;
import dev.eksplatform.cluster.ComputeCluster;
import dev.eksplatform.cluster.KubernetesCluster;
import dev.eksplatform.cluster.NodeInstanceProfile;
import dev.eksplatform.construct.PlatformConstruct;
import java.util.List;
import org.apiguardian.api.API;
import software.constructs.Construct;

/** Creates what is around add-ons in AWS. */
@API(status = API.Status.INTERNAL)
public final class AddonResources {

    private AddonResources() {}

    /**
     * Creates one resource with what belongs to it.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param cluster the cluster of the add-on
     * @param resource what to create
     * @return the construct
     */
    public static PlatformConstruct create(
            Construct scope, String id, KubernetesCluster cluster, AddonResource resource) {
        if (resource instanceof AddonBucketSpec bucket) {
            return new AddonBucket(scope, id, bucket);
        }
        if (resource instanceof InterruptionQueueSpec queue) {
            return new InterruptionQueue(scope, id, queue);
        }
        if (resource instanceof LogGroupsSpec groups) {
            return new LogGroups(scope, id, groups);
        }
        if (resource instanceof PrometheusWorkspaceSpec workspace) {
            return new PrometheusWorkspace(scope, id, workspace);
        }
        if (resource instanceof TerminationHookSpec hook) {
            return new TerminationHook(scope, id, hook);
        }
        if (resource instanceof KarpenterNodesSpec nodes && cluster instanceof ComputeCluster compute) {
            return new NodeInstanceProfile(scope, id, compute, nodes.profile(), nodes.role());
        }
        if (resource instanceof LatticeTrafficSpec traffic) {
            return new LatticeTraffic(
                    scope, id, traffic, cluster instanceof Cluster created ? created.podSecurityGroupIds() : List.of());
        }
        throw new IllegalArgumentException("no construct for " + resource);
    }
}
