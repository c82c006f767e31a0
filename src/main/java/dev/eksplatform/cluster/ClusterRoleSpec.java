package dev.eksplatform.cluster;

/** The IAM role of the control plane: one that exists, by its ARN, or one that is created. */
public sealed interface ClusterRoleSpec permits RoleArn, CreatedRoleSpec {}
