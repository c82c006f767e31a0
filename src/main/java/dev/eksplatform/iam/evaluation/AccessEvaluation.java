package dev.eksplatform.iam.evaluation;

import java.util.List;

/**
 * What an identity may do by its own policies. An answer of {@code ALLOWED} is about these policies: a service control
 * policy, a permissions boundary or a session policy that is not given can still refuse, and a policy of the resource can
 * refuse, or within the account grant, on its own. A policy attached but not known makes both "allowed" and "no statement
 * allows" undecidable, as it may hold a deny or an allow; a certain deny stays certain.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy
 *     evaluation logic</a>
 */
public final class AccessEvaluation {

    /** What the answers are about, for the end of an explanation. */
    public static final String SCOPE =
            "Only by the policies of the role: service control policies, permissions boundaries"
                    + " and the policies of resources are not looked at.";

    private AccessEvaluation() {}

    /**
     * Decides a request by the policies of an identity.
     *
     * @param request the request
     * @param policies the identity's policies, inline and attached
     * @return the decision with the statement that decides
     */
    public static AccessDecision decide(AccessRequest request, List<AttachedPolicy> policies) {
        DecisionBuilder tally = new DecisionBuilder(request.toString());
        for (AttachedPolicy policy : policies) {
            if (policy instanceof AttachedPolicy.Known known) {
                boolean variables = StatementMatch.hasVariables(known.document());
                tally.add(
                        known.name(), known.document(), statement -> StatementMatch.of(statement, request, variables));
            } else {
                tally.addUnknown(policy.name());
            }
        }
        return tally.decision();
    }
}
