package dev.eksplatform.cluster;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.spec.Defaults;
import dev.eksplatform.spec.Doc;
import dev.eksplatform.spec.Form;

/**
 * An EKS cluster that exists already.
 *
 * @param name the cluster's name
 * @param oidc its IAM OIDC provider; default: one is made
 * @param installPodIdentityAgent whether the agent for Pod Identity is still to install; default false: it is there
 */
@Form(key = "existing")
public record ExistingClusterSpec(
        @Doc("The cluster's name") String name,

        @Doc("The IAM OIDC provider of the cluster's issuer, for identities in IRSA mode")
        OidcSpec oidc,

        @Doc("Install the eks-pod-identity-agent add-on, which the cluster must not have yet (default false)")
        boolean installPodIdentityAgent)
        implements ClusterSource {

    /** Checks the name. */
    public ExistingClusterSpec {
        Problems problems = new Problems();
        ClusterSpec.checkName("name", name, problems);
        problems.throwIfAny();
    }

    /**
     * An existing cluster whose OIDC provider is still to make.
     *
     * @param name the cluster's name
     * @return the spec
     */
    @Defaults
    public static ExistingClusterSpec of(String name) {
        return new ExistingClusterSpec(name, OidcSpec.standard(), false);
    }
}
