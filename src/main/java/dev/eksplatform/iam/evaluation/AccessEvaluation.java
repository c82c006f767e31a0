package dev.eksplatform.iam.evaluation;

import java.util.List;

/**
 * What an identity may do by its own policies. {@code ALLOWED} is about the given policies: a service control policy, a
 * session policy or a permissions boundary that is not given can still deny, and a resource policy can deny, or allow within
 * the account. An attached policy of unknown content may allow or deny anything: only a certain deny is certain then.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy
 *     evaluation logic</a>
 */
public final class AccessEvaluation {

    /** What the answers are about, for the end of an explanation. */
    public static final String SCOPE =
            "Only the policies of the role count here: service control policies, permissions boundaries"
                    + " and resource policies are not considered.";

    private AccessEvaluation() {}

    /**
     * Decides a request by the policies of an identity.
     *
     * @param asked the request
     * @param policies the identity's policies, inline and attached
     * @return the decision with the statement that decides
     */
    public static AccessDecision decide(AccessRequest asked, List<AttachedPolicy> policies) {
        AccessRequest request = asked.asEvaluated();
        DecisionBuilder tally = new DecisionBuilder(request.toString());
        for (AttachedPolicy policy : policies) {
            if (policy instanceof AttachedPolicy.Known known) {
                String version = known.document().version();
                tally.add(known.name(), known.document(), statement -> StatementMatch.of(statement, request, version));
            } else {
                tally.addUnknown(policy.name());
            }
        }
        return tally.decision();
    }

    /**
     * Decides a request by the policies of an identity that has a permissions boundary: both must allow it.
     *
     * @param asked the request
     * @param policies the identity's policies, inline and attached
     * @param boundary the policy that is its boundary
     * @return the worse of the two decisions
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html">Permissions
     *     boundaries</a>
     */
    public static AccessDecision decide(AccessRequest asked, List<AttachedPolicy> policies, AttachedPolicy boundary) {
        return decide(asked, policies).orWorse(decide(asked, List.of(boundary)));
    }
}
