package dev.eksplatform.cluster;

import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A ROSA (Red Hat OpenShift Service on AWS) cluster that exists already.
 *
 * @param name the name of the cluster
 * @param issuer the OIDC issuer of the cluster, from {@code rosa describe cluster}
 * @param kubeContext the context of your kubeconfig that reaches the cluster
 * @param oidc the IAM OIDC provider of the issuer. ROSA with hosted control planes creates it: set {@code existing:
 *     true}
 * @param version the Kubernetes version of the cluster, for which manifests are checked, such as 1.35 for OpenShift 4.22;
 *     default not known: what any version has is accepted
 */
@YamlForm(key = "rosa")
@RecordBuilder
public record RosaClusterSpec(
        @Example("shop") @Limit(pattern = ClusterSpec.NAME_PATTERN)
        String name,

        @Example("rh-oidc.s3.us-east-1.amazonaws.com/2a1b3c4d5e")
        OidcIssuer issuer,

        @Example("shop-admin") @Limit(pattern = RosaClusterSpec.CONTEXT)
        String kubeContext,

        @Example("{existing: true}") OidcSpec oidc,

        @Example("\"1.36\"") Optional<KubernetesVersion> version)
        implements ClusterSource, RosaClusterSpecBuilder.With {

    private static final String CONTEXT = "^\\S(.*\\S)?$";
    private static final Pattern CONTEXT_FORM = Pattern.compile(CONTEXT);

    /** Checks name and context. */
    public RosaClusterSpec {
        Components.required("name", name, "issuer", issuer, "kubeContext", kubeContext);
        Problems problems = new Problems();
        ClusterSpec.checkName(PropertyPath.of("name"), name, problems);
        problems.match(
                "kubeContext",
                kubeContext,
                CONTEXT_FORM,
                "a kubeconfig's context",
                "text without spaces at its ends",
                "copy it from `kubectl config get-contexts`");
        problems.throwIfAny();
    }

    @Override
    public String clusterName(String environment) {
        return name;
    }

    @Override
    public Distribution distribution() {
        return Distribution.ROSA;
    }

    @Override
    public Optional<KubernetesVersion> kubernetesVersion() {
        return version;
    }

    @Override
    public Optional<OidcIssuer> knownIssuer() {
        return Optional.of(issuer);
    }

    /**
     * A ROSA cluster with the defaults.
     *
     * @param name the cluster's name
     * @param issuer its issuer
     * @param kubeContext the kubeconfig's context
     * @return the spec
     */
    @Defaults
    public static RosaClusterSpec of(String name, OidcIssuer issuer, String kubeContext) {
        return new RosaClusterSpec(name, issuer, kubeContext, OidcSpec.standard(), Optional.empty());
    }
}
