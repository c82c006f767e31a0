package dev.eksplatform.identity;

import dev.eksplatform.cluster.Distribution;
import dev.eksplatform.cluster.FargateProfileSpec;
import dev.eksplatform.cluster.NodeGroupSpec;
import java.util.Map;

/**
 * Where the pods of an environment may run.
 *
 * @param distribution the cluster's Kubernetes distribution
 * @param nodeGroups managed node groups by name
 * @param fargate Fargate profiles by name
 */
public record Compute(
        Distribution distribution, Map<String, NodeGroupSpec> nodeGroups, Map<String, FargateProfileSpec> fargate) {}
