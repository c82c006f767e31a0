package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.PodIdentityTag;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Principals;
import dev.eksplatform.internal.logic.Truth;
import java.util.Map;

/**
 * Who may assume a role by its trust policy. A user or role also needs {@code sts:AssumeRole} in its own policies, unless
 * the trust names it by its own ARN and both are in one account; services and holders of tokens need nothing else.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html">Role trust
 *     policies</a>
 */
public final class TrustEvaluation {

    private TrustEvaluation() {}

    /**
     * Decides a request to assume a role.
     *
     * @param request the request
     * @param trust the role's trust policy
     * @return the decision with the statement that decides
     */
    public static AccessDecision decide(AssumeRequest request, PolicyDocument trust) {
        DecisionBuilder tally = new DecisionBuilder(request.action() + " by " + request.caller());
        AccessRequest plain = new AccessRequest(request.action(), "*", request.context());
        tally.add("the trust policy", trust, statement -> {
            Principals principals = statement.principals();
            Truth who = principals == null ? Truth.FALSE : request.caller().isAmong(principals);
            return StatementMatch.of(statement, plain, trust.version())
                    .and(who, "whether its principals include " + request.caller());
        });
        return tally.decision();
    }

    /**
     * Decides whether EKS Pod Identity may hand out a role: it must be allowed to assume it and to tag the session.
     *
     * @param tags what is known of the session's tags
     * @param trust the role's trust policy
     * @return the worse of the two decisions
     */
    public static AccessDecision decidePodIdentity(Map<PodIdentityTag, String> tags, PolicyDocument trust) {
        return decidePodIdentity(tags, true, trust);
    }

    /**
     * Decides whether EKS Pod Identity may hand out a role by an association that may disable session tags.
     *
     * @param pod what is known of the pod, by the tag that says it
     * @param tagged whether its sessions have tags
     * @param trust the role's trust policy
     * @return the worse of the two decisions
     */
    public static AccessDecision decidePodIdentity(
            Map<PodIdentityTag, String> pod, boolean tagged, PolicyDocument trust) {
        AccessDecision assume = decide(AssumeRequest.podIdentity("sts:AssumeRole", pod, tagged), trust);
        AccessDecision tag = decide(AssumeRequest.podIdentity("sts:TagSession", pod, tagged), trust);
        return assume.orWorse(tag);
    }
}
