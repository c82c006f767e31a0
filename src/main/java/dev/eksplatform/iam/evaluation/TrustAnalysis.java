package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.PodIdentityTag;
import dev.eksplatform.iam.document.Effect;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Principals;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.document.TrustPolicy;
import dev.eksplatform.internal.logic.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * Whom a trust policy trusts, and what is wrong with it: requests of the trusted, of strangers, and of nobody in particular
 * are put to the policy. Conditions on keys that such a request may carry with any value, such as {@code aws:SourceIp}, are
 * taken to hold.
 */
@API(status = API.Status.INTERNAL)
public final class TrustAnalysis {

    /**
     * Services that assume roles for resources of the account, and pass no external id: that is for third parties. Some others,
     * such as Cognito, pass one.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html">The confused deputy problem</a>
     */
    private static final Set<String> WITHOUT_EXTERNAL_ID =
            Set.of("ec2", "ecs-tasks", "eks", "eks-fargate-pods", "lambda", "vpc-flow-logs");

    private TrustAnalysis() {}

    /**
     * Analyses a trust policy.
     *
     * @param policy the policy; may hold Terraform expressions
     * @return one entry for each principal of each statement that allows, in order
     */
    public static List<TrustedParty> of(PolicyDocument policy) {
        List<TrustedParty> parties = new ArrayList<>();
        for (Statement statement : policy.statements()) {
            Principals principals = statement.principals();
            if (statement.effect() == Effect.ALLOW && principals != null && !principals.except()) {
                for (Map.Entry<String, String> principal : principals.each()) {
                    parties.add(party(policy, statement, principal.getKey(), principal.getValue()));
                }
            }
        }
        return parties;
    }

    private static TrustedParty party(PolicyDocument policy, Statement statement, String kind, String name) {
        boolean saml = name.contains(":saml-provider/");
        Truth misnamed = Truth.of(PrincipalName.isImpossible(kind, name));
        if (kind.equals("Federated") && !saml) {
            return new TokenTrust(policy, statement, name).party(misnamed);
        }
        if (kind.equals("Service") && name.equals(TrustPolicy.POD_IDENTITY_SERVICE)) {
            return TrustedParty.withoutToken(kind, name, trustsPods(policy, Map.of(), true), misnamed);
        }
        String action = saml ? "sts:AssumeRoleWithSAML" : "sts:AssumeRole";
        List<String> possible = new ArrayList<>(List.of("aws:", "sts:"));
        if (saml) {
            possible.add("saml:");
        } else if (kind.equals("AWS")) {
            // the session of a principal may carry the claims of the token that it began with
            possible.add("");
        }
        boolean withoutId = kind.equals("Service") && WITHOUT_EXTERNAL_ID.contains(name.split("\\.", 2)[0]);
        ProbedTrust trust = new ProbedTrust(
                policy,
                statement,
                new Caller(kind, name),
                action,
                key -> ProbedTrust.startsWith(key, possible) && !(withoutId && key.equalsIgnoreCase("sts:ExternalId")));
        return TrustedParty.withoutToken(kind, name, trust.allows(Map.of()), misnamed);
    }

    /**
     * Whether a ServiceAccount, or another holder of a token for STS, can assume a role.
     *
     * @param policy the role's trust policy
     * @param subject the subject of the token
     * @return whether a token of some issuer that the policy trusts is accepted; of a cluster's issuer or an unlisted one,
     *     when the subject is a ServiceAccount
     */
    public static Truth trustsSubject(PolicyDocument policy, String subject) {
        Truth result = Truth.FALSE;
        for (Statement statement : policy.statements()) {
            Principals principals = statement.principals();
            if (statement.effect() == Effect.ALLOW && principals != null && !principals.except()) {
                for (String name : principals.byKind().getOrDefault("Federated", List.of())) {
                    result = result.or(new TokenTrust(policy, statement, name).accepts(subject));
                }
            }
        }
        return result;
    }

    /**
     * Whether EKS Pod Identity can assume a role for some pods.
     *
     * @param policy the role's trust policy
     * @param tags what is known of the session's tags; a value may be a Terraform expression
     * @param tagged false when the association disables session tags
     * @return whether both actions are allowed
     */
    public static Truth trustsPods(PolicyDocument policy, Map<PodIdentityTag, String> tags, boolean tagged) {
        return new PodIdentityTrust(policy, tags, tagged).usable();
    }
}
