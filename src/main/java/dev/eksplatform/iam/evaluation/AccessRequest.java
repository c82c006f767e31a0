package dev.eksplatform.iam.evaluation;

/**
 * One request of an identity.
 *
 * @param action the action, such as {@code s3:GetObject}
 * @param resource the resource's ARN, {@code *} for an action that has none, such as {@code s3:ListAllMyBuckets}; may hold
 *     Terraform expressions, which are not known
 * @param context the context keys
 */
public record AccessRequest(String action, String resource, RequestContext context) {

    /**
     * A request of which only action and resource are known.
     *
     * @param action the action
     * @param resource the resource
     * @return the request
     */
    public static AccessRequest of(String action, String resource) {
        return new AccessRequest(action, resource, RequestContext.open());
    }

    /** Action and resource. */
    @Override
    public String toString() {
        return action + " on " + resource;
    }
}
