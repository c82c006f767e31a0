package dev.eksplatform.cluster;

/** The KMS key that encrypts a cluster's Secrets and control plane logs: one that exists, by its ARN, or one that is created. */
public sealed interface KmsKeySpec permits KmsKeyArn, CreatedKmsKeySpec {}
