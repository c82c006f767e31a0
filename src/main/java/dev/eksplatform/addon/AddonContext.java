package dev.eksplatform.addon;

import dev.eksplatform.cluster.KubernetesVersion;
import dev.eksplatform.construct.RoleSettings;
import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.Partition;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What add-ons depend on before the cluster exists.
 *
 * @param partition the partition of ARNs in their policies
 * @param region the region of the cluster
 * @param account the account of the cluster
 * @param clusterName the name of the cluster
 * @param tags the tags of the environment
 * @param version the Kubernetes version of the cluster; empty when it is not known
 * @param roles what all roles of the environment have in common
 * @param nodes where nodes are
 * @param onFargate whether pods of a namespace may run on Fargate, where the kubelet has port 10250 of the pod
 */
@RecordBuilder
public record AddonContext(
        Partition partition,
        String region,
        AccountId account,
        String clusterName,
        Map<String, String> tags,
        Optional<KubernetesVersion> version,
        RoleSettings roles,
        ClusterNodes nodes,
        Predicate<String> onFargate)
        implements AddonContextBuilder.With {

    /**
     * The beginning of ARNs in the cluster's account and region.
     *
     * @param service such as {@code sqs}
     * @return such as {@code arn:aws:sqs:eu-central-1:111122223333:}
     */
    String arn(String service) {
        return "arn:" + partition.id() + ":" + service + ":" + region + ":" + account.digits() + ":";
    }
}
