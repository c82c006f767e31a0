package dev.eksplatform.addon;

import dev.eksplatform.iam.Partition;
import java.util.function.Predicate;

/**
 * What add-ons depend on before the cluster exists.
 *
 * @param partition the partition of ARNs in their policies
 * @param onFargate whether pods of a namespace may run on Fargate, where the kubelet has port 10250 of the pod
 */
public record AddonContext(Partition partition, Predicate<String> onFargate) {}
