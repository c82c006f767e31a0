package dev.eksplatform.addon;

import dev.eksplatform.cluster.KmsKeyArn;
import java.util.Optional;

/**
 * A workspace of Amazon Managed Service for Prometheus.
 *
 * @param cluster the name of the cluster whose metrics are in it, which is the alias of the workspace and the value of its tag
 * @param kmsKeyArn the KMS key that encrypts it; empty for a key of the service
 */
public record PrometheusWorkspaceSpec(String cluster, Optional<KmsKeyArn> kmsKeyArn) implements AddonResource {

    /** The tag by which policies know the workspace, whose ID only AWS knows. */
    static final String TAG = "eks-platform/metrics-of";

    /**
     * A workspace.
     *
     * @param cluster the name of the cluster
     * @param kmsKeyArn its key; empty for a key of the service
     * @return the spec
     */
    public static PrometheusWorkspaceSpec of(String cluster, Optional<KmsKeyArn> kmsKeyArn) {
        return new PrometheusWorkspaceSpec(cluster, kmsKeyArn);
    }
}
