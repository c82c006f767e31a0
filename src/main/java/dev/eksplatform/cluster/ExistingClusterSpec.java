package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Doc;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;

/**
 * An EKS cluster that exists already.
 *
 * @param name the cluster's name
 * @param oidc its IAM OIDC provider; default: one is made
 * @param installPodIdentityAgent whether the agent for Pod Identity is still to install; default false: it is there
 */
@YamlForm(key = "existing")
public record ExistingClusterSpec(
        @Doc(value = "The cluster's name", example = "shop") @Limit(pattern = ClusterSpec.NAME_PATTERN)
        String name,

        @Doc(
                value = "The IAM OIDC provider of the cluster's issuer, for identities in IRSA mode",
                example = "{existing: true}")
        OidcSpec oidc,

        @Doc(
                value =
                        "Install the eks-pod-identity-agent add-on, which the cluster must not have yet (default false)",
                example = "true")
        boolean installPodIdentityAgent)
        implements ClusterSource {

    /** Checks the name. */
    public ExistingClusterSpec {
        Problems problems = new Problems();
        ClusterSpec.checkName(PropertyPath.of("name"), name, problems);
        problems.throwIfAny();
    }

    @Override
    public String clusterName(String environment) {
        return name;
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
