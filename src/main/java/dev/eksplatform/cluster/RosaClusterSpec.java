package dev.eksplatform.cluster;

import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Doc;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.problem.Problems;
import java.util.regex.Pattern;

/**
 * A ROSA (Red Hat OpenShift Service on AWS) cluster that exists already.
 *
 * @param name the cluster's name
 * @param issuer its OIDC issuer, from {@code rosa describe cluster}
 * @param kubeContext the context of the kubeconfig that reaches it
 * @param oidc its IAM OIDC provider; default: one is made. ROSA with hosted control planes makes it itself: set
 *     {@code existing: true}
 */
@YamlForm(key = "rosa")
public record RosaClusterSpec(
        @Doc(value = "The cluster's name", example = "shop") @Limit(pattern = ClusterSpec.NAME_PATTERN)
        String name,

        @Doc(
                value = "The cluster's OIDC issuer, from `rosa describe cluster`",
                example = "rh-oidc.s3.us-east-1.amazonaws.com/2a1b3c4d5e")
        OidcIssuer issuer,

        @Doc(value = "The context of your kubeconfig that reaches the cluster", example = "shop-admin")
        @Limit(pattern = RosaClusterSpec.CONTEXT)
        String kubeContext,

        @Doc(
                value = "The IAM OIDC provider of the issuer; `existing: true` where ROSA made it",
                example = "{existing: true}")
        OidcSpec oidc)
        implements ClusterSource {

    private static final String CONTEXT = "^\\S(.*\\S)?$";
    private static final Pattern CONTEXT_FORM = Pattern.compile(CONTEXT);

    /** Checks name and context. */
    public RosaClusterSpec {
        Problems problems = new Problems();
        ClusterSpec.checkName("name", name, problems);
        problems.match(
                "kubeContext",
                kubeContext,
                CONTEXT_FORM,
                "a kubeconfig's context",
                "text without spaces at its ends",
                "copy it from `kubectl config get-contexts`");
        problems.throwIfAny();
    }

    /**
     * A ROSA cluster whose OIDC provider is still to make.
     *
     * @param name the cluster's name
     * @param issuer its issuer
     * @param kubeContext the kubeconfig's context
     * @return the spec
     */
    @Defaults
    public static RosaClusterSpec of(String name, OidcIssuer issuer, String kubeContext) {
        return new RosaClusterSpec(name, issuer, kubeContext, OidcSpec.standard());
    }
}
