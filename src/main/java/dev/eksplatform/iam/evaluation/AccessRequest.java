package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.ActionTable;

/**
 * One request of an identity, or a question about many: a resource with wildcards is the set of all that it matches, and
 * what holds for some of them only cannot be decided.
 *
 * @param action the action, such as {@code s3:GetObject}
 * @param resource the resource's ARN or a pattern, see {@link ResourcePattern#coverage}; {@code *} for an action that has
 *     none, such as {@code s3:ListAllMyBuckets}; may hold Terraform expressions, which are not known
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

    /**
     * The request as AWS evaluates it: on {@code *} when the action has no resource of its own.
     *
     * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/">Service Authorization Reference:
     *     resource types of each action</a>
     */
    AccessRequest asEvaluated() {
        return hasNoResource() ? new AccessRequest(action, "*", context) : this;
    }

    /** Its resource, or the set of those that it is about. */
    Glob resources() {
        return hasNoResource() ? Glob.text("*") : ResourcePattern.resources(resource);
    }

    private boolean hasNoResource() {
        String[] part = action.split(":", 2);
        return part.length == 2
                && ActionTable.get()
                        .service(part[0])
                        .filter(service -> service.hasNoResource(part[1]))
                        .isPresent();
    }

    /** Action and resource. */
    @Override
    public String toString() {
        return action + " on " + resource;
    }
}
