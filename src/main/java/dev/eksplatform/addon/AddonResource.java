package dev.eksplatform.addon;

/**
 * AWS resources around an add-on, which are in the infrastructure stack with the cluster. Their names are known before they are created,
 * so that policies and chart values can name them.
 */
public sealed interface AddonResource
        permits AddonBucketSpec,
                InterruptionQueueSpec,
                KarpenterNodesSpec,
                LatticeTrafficSpec,
                LogGroupsSpec,
                PrometheusWorkspaceSpec,
                TerminationHookSpec {}
