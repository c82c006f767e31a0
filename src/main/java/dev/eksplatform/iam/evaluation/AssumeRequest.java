package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.PodIdentityTag;
import dev.eksplatform.iam.document.TrustPolicy;
import dev.eksplatform.iam.document.TrustedSubject;
import java.util.Map;

/**
 * One request to assume a role.
 *
 * @param caller who asks
 * @param action {@code sts:AssumeRole}, {@code sts:AssumeRoleWithWebIdentity} or {@code sts:TagSession}
 * @param context the context keys; besides those of the caller, the global ones are not known
 */
public record AssumeRequest(Caller caller, String action, RequestContext context) {

    /**
     * A pod that presents its ServiceAccount's token (IAM roles for service accounts).
     *
     * @param providerArn the ARN of its cluster's OIDC provider in IAM
     * @param issuer host and path of the cluster's issuer
     * @param namespace the pod's namespace
     * @param serviceAccount the pod's ServiceAccount
     * @return the request
     */
    public static AssumeRequest irsa(String providerArn, String issuer, String namespace, String serviceAccount) {
        return new AssumeRequest(
                Caller.federated(providerArn),
                "sts:AssumeRoleWithWebIdentity",
                global().with(issuer + ":aud", TrustPolicy.STS_AUDIENCE)
                        .with(issuer + ":sub", new TrustedSubject(namespace, serviceAccount).subject()));
    }

    /**
     * EKS Pod Identity on behalf of a pod. It needs both {@code sts:AssumeRole} and {@code sts:TagSession}.
     *
     * @param action one of the two
     * @param tags what is known of the session's tags
     * @return the request
     */
    public static AssumeRequest podIdentity(String action, Map<PodIdentityTag, String> tags) {
        return podIdentity(action, tags, true);
    }

    /**
     * EKS Pod Identity on behalf of a pod, by an association that may disable session tags.
     *
     * @param action one of the two
     * @param pod what is known of the pod, by the tag that says it
     * @param tagged whether the request has session tags
     * @return the request
     */
    static AssumeRequest podIdentity(String action, Map<PodIdentityTag, String> pod, boolean tagged) {
        RequestContext context = global();
        for (PodIdentityTag tag : PodIdentityTag.values()) {
            String value = pod.get(tag);
            if (!tagged) {
                context = context.with(tag.requestKey());
            } else if (value != null) {
                context = context.with(tag.requestKey(), value);
            }
        }
        String cluster = pod.get(PodIdentityTag.CLUSTER_ARN);
        if (cluster != null) {
            context = context.with("aws:SourceArn", cluster);
        }
        return new AssumeRequest(Caller.service(TrustPolicy.POD_IDENTITY_SERVICE), action, context);
    }

    private static RequestContext global() {
        return RequestContext.closedExcept("aws:", "sts:");
    }
}
