package dev.eksplatform.cluster;

import com.hashicorp.cdktf.ITerraformDependable;
import dev.eksplatform.problem.InvalidInputException;
import java.util.List;
import java.util.Optional;
import software.constructs.Construct;

/** A cluster that workload identities can be bound to: created here, an existing EKS cluster, or a ROSA cluster. */
public interface KubernetesCluster {

    /**
     * Refers to a cluster that exists already.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param source which cluster
     * @return the cluster
     * @throws IllegalArgumentException when the cluster is still to be created
     */
    static KubernetesCluster existing(Construct scope, String id, ClusterSource source) {
        if (source instanceof ExistingClusterSpec existing) {
            return new ExistingCluster(scope, id, existing);
        }
        if (source instanceof RosaClusterSpec rosa) {
            return new RosaCluster(scope, id, rosa);
        }
        throw new IllegalArgumentException("this cluster does not exist yet");
    }

    /**
     * The cluster's name.
     *
     * @return its name, without references
     */
    String name();

    /**
     * The cluster's name as other resources refer to it, so that they wait for a cluster that is still to be created.
     *
     * @return a Terraform reference, or the name of a cluster that exists
     */
    default String nameReference() {
        return name();
    }

    /**
     * The issuer of the cluster's ServiceAccount tokens.
     *
     * @return its URL, may be a Terraform reference
     */
    String issuerUrl();

    /**
     * How the cluster's API server is reached.
     *
     * @return its address and certificate; empty when a kubeconfig file holds them
     */
    Optional<ApiServer> apiServer();

    /**
     * The IAM OIDC provider of the cluster's issuer. It is created, or looked up, when first asked for.
     *
     * @return the provider
     */
    OidcProvider oidcProvider();

    /**
     * Checks that the cluster can hand out credentials through EKS Pod Identity, and installs its agent where needed.
     *
     * @return what a pod identity association has to wait for
     * @throws InvalidInputException when it cannot
     */
    List<ITerraformDependable> requirePodIdentity();
}
