package dev.eksplatform.iam;

/**
 * A session tag that EKS Pod Identity adds when it assumes a role. In a trust policy its condition key begins with
 * {@code aws:RequestTag/}, in an identity policy with {@code aws:PrincipalTag/}.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html#pod-id-abac-tags">Session tags added by
 *     EKS Pod Identity</a>
 */
public enum PodIdentityTag {
    /** The ARN of the cluster. */
    CLUSTER_ARN("eks-cluster-arn"),
    /** The name of the cluster. */
    CLUSTER_NAME("eks-cluster-name"),
    /** The pod's namespace. */
    NAMESPACE("kubernetes-namespace"),
    /** The pod's ServiceAccount. */
    SERVICE_ACCOUNT("kubernetes-service-account"),
    /** The pod's name. */
    POD_NAME("kubernetes-pod-name"),
    /** The pod's UID. */
    POD_UID("kubernetes-pod-uid");

    private final String tag;

    PodIdentityTag(String tag) {
        this.tag = tag;
    }

    /**
     * The condition key in a trust policy.
     *
     * @return such as {@code aws:RequestTag/kubernetes-namespace}
     */
    public String requestKey() {
        return "aws:RequestTag/" + tag;
    }

    /**
     * The condition key in a policy of the role or of a resource.
     *
     * @return such as {@code aws:PrincipalTag/kubernetes-namespace}
     */
    public String principalKey() {
        return "aws:PrincipalTag/" + tag;
    }
}
