package dev.eksplatform.cluster;

import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.iam.Partition;
import java.util.Optional;

/** Where the Kubernetes cluster comes from: created, an existing EKS cluster, or a ROSA cluster. */
public sealed interface ClusterSource permits ClusterSpec, ExistingClusterSpec, RosaClusterSpec {

    /**
     * The cluster's name.
     *
     * @param environment the name of its environment
     * @return its own, or the environment's
     */
    String clusterName(String environment);

    /**
     * The Kubernetes distribution.
     *
     * @return EKS for most
     */
    default Distribution distribution() {
        return Distribution.EKS;
    }

    /**
     * The cluster to create.
     *
     * @return its spec; empty for a cluster that exists already
     */
    default Optional<ClusterSpec> created() {
        return Optional.empty();
    }

    /**
     * Its Kubernetes version, for which manifests are checked.
     *
     * @return empty when it is not known
     */
    default Optional<KubernetesVersion> kubernetesVersion() {
        return Optional.empty();
    }

    /**
     * The issuer of its ServiceAccount tokens, where that is known before Terraform asks EKS.
     *
     * @return the issuer; empty for EKS
     */
    default Optional<OidcIssuer> knownIssuer() {
        return Optional.empty();
    }

    /**
     * The issuer of its ServiceAccount tokens, and its provider in IAM.
     *
     * @param environment the name of its environment
     * @param partition the partition of the account
     * @param account the account of the provider
     * @return the issuer; for one that is not known a placeholder, such as {@code <issuer of shop>}
     */
    default OidcIssuer.Provider issuer(String environment, Partition partition, AccountId account) {
        String issuer =
                knownIssuer().map(OidcIssuer::hostAndPath).orElse("<issuer of " + clusterName(environment) + ">");
        return OidcIssuer.Provider.of(issuer, partition, account);
    }
}
