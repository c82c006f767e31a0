package dev.eksplatform.cluster;

import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.iam.Partition;
import java.util.Map;
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
     * EKS add-ons that are installed here, or have other settings than the default.
     *
     * @return their settings by name
     */
    default Map<EksAddonName, EksAddonSpec> addons() {
        return Map.of();
    }

    /**
     * What IAM principals may do in the cluster.
     *
     * @return access entries by the ARN of their principal
     */
    default Map<PrincipalArn, AccessEntrySpec> access() {
        return Map.of();
    }

    /**
     * EKS Auto Mode of a cluster that is created.
     *
     * @return its settings; empty unless the environment has them
     */
    default Optional<AutoModeSpec> autoMode() {
        return Optional.empty();
    }

    /**
     * EKS capabilities that are added to the cluster.
     *
     * @return the capabilities
     */
    default CapabilitiesSpec capabilities() {
        return CapabilitiesSpec.none();
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
