package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * An EKS cluster that exists already.
 *
 * @param name the name of the cluster
 * @param oidc the IAM OIDC provider of the cluster's issuer, for identities in IRSA mode
 * @param installPodIdentityAgent whether to install the {@code eks-pod-identity-agent} add-on, which the cluster must
 *     not have yet; default false
 * @param version the Kubernetes version of the cluster, for which manifests are checked; default not known: what any
 *     version has is accepted
 */
@YamlForm(key = "existing")
@RecordBuilder
public record ExistingClusterSpec(
        @Example("shop") @Limit(pattern = ClusterSpec.NAME_PATTERN)
        String name,

        @Example("{existing: true}") OidcSpec oidc,

        @Example("true") boolean installPodIdentityAgent,

        @Example("\"1.36\"") Optional<KubernetesVersion> version)
        implements ClusterSource, ExistingClusterSpecBuilder.With {

    /** Checks the name. */
    public ExistingClusterSpec {
        Components.required("name", name);
        Problems problems = new Problems();
        ClusterSpec.checkName(PropertyPath.of("name"), name, problems);
        problems.throwIfAny();
    }

    @Override
    public String clusterName(String environment) {
        return name;
    }

    @Override
    public Optional<KubernetesVersion> kubernetesVersion() {
        return version;
    }

    /**
     * An existing cluster with the defaults.
     *
     * @param name the cluster's name
     * @return the spec
     */
    @Defaults
    public static ExistingClusterSpec of(String name) {
        return new ExistingClusterSpec(name, OidcSpec.standard(), false, Optional.empty());
    }
}
