package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.PodIdentityTag;
import dev.eksplatform.iam.RegionRule;
import dev.eksplatform.iam.document.TerraformTemplate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * The session of a role in an environment: what its requests are known to carry.
 *
 * @param roleArn the role's ARN; may hold a Terraform reference
 * @param region the region that its programs call
 * @param tags what is known of the session's tags
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">Global condition
 *     context keys: principal, network and request properties</a>
 */
@API(status = API.Status.INTERNAL)
public record RoleSession(String roleArn, String region, Map<PodIdentityTag, String> tags) {

    /** Keeps a copy of the tags. */
    public RoleSession {
        tags = Map.copyOf(tags);
    }

    /**
     * What every request of the session carries: the role and its account, and the session's tags.
     *
     * @return the keys with their values
     */
    public Map<String, String> keys() {
        Map<String, String> keys = new TreeMap<>();
        keys.put("aws:PrincipalArn", roleArn);
        keys.put("aws:PrincipalType", "AssumedRole");
        String[] role = roleArn.split(":", 6);
        if (role.length == 6 && !TerraformTemplate.isOpen(role[4])) {
            keys.put("aws:PrincipalAccount", role[4]);
        }
        tags.forEach((tag, value) -> keys.put(tag.principalKey(), value));
        return keys;
    }

    /**
     * What is known of a request: {@link #keys}; the region of its resource or, for an action without resources, that of the
     * role's programs, where AWS documents no other; that there is no user, as {@code aws:username} is not in requests of roles.
     *
     * @param action the action, such as {@code sqs:SendMessage}
     * @param resource the resource or the set of resources
     * @return the context, in which other keys are not known
     */
    public RequestContext context(String action, String resource) {
        RequestContext context = known();
        return requestedRegion(action, resource)
                .map(called -> context.with("aws:RequestedRegion", called))
                .orElse(context);
    }

    private RequestContext known() {
        RequestContext context = RequestContext.open().with("aws:username");
        for (Map.Entry<String, String> key : keys().entrySet()) {
            context = context.with(key.getKey(), key.getValue());
        }
        return context;
    }

    /** The region of the resource; without a resource that of the programs, unless the action may be called elsewhere. */
    private Optional<String> requestedRegion(String action, String resource) {
        String[] field = resource.split(":", 6);
        String called = field.length == 6 ? field[3] : RegionRule.mayBeElsewhere(action) ? "" : region;
        return Optional.of(called).filter(name -> name.matches("[a-z0-9-]+"));
    }
}
