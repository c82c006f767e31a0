package dev.eksplatform.cluster;

import com.hashicorp.cdktf.ITerraformDependable;
import dev.eksplatform.problem.InvalidInputException;
import java.util.List;
import java.util.Optional;

/** A cluster that workload identities can be bound to: made here, an existing EKS cluster, or a ROSA cluster. */
public interface KubernetesCluster {

    /**
     * The cluster's name.
     *
     * @return its name, without references
     */
    String name();

    /**
     * The cluster's name as other resources refer to it, so that they wait for a cluster that is still to be made.
     *
     * @return a Terraform reference, or the name of a cluster that exists
     */
    String nameReference();

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
     * The IAM OIDC provider of the cluster's issuer. It is made, or looked up, when first asked for.
     *
     * @return the provider
     */
    OidcProvider oidcProvider();

    /**
     * Checks that the cluster can hand out credentials through EKS Pod Identity, and sees to its agent.
     *
     * @return what a pod identity association has to wait for
     * @throws InvalidInputException when it cannot, with {@code where} empty
     */
    List<ITerraformDependable> requirePodIdentity();
}
