package dev.eksplatform.internal.explain;

import dev.eksplatform.environment.ResolvedEnvironment;
import dev.eksplatform.environment.ResolvedIdentity;
import dev.eksplatform.iam.Arn;
import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.iam.PodIdentityTag;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.evaluation.AccessDecision;
import dev.eksplatform.iam.evaluation.AccessDecision.Verdict;
import dev.eksplatform.iam.evaluation.AccessEvaluation;
import dev.eksplatform.iam.evaluation.AccessRequest;
import dev.eksplatform.iam.evaluation.ArnSet;
import dev.eksplatform.iam.evaluation.AttachedPolicy;
import dev.eksplatform.iam.evaluation.RequestContext;
import dev.eksplatform.iam.evaluation.RoleExplanation;
import dev.eksplatform.iam.evaluation.RoleSession;
import dev.eksplatform.iam.evaluation.SetEvaluation;
import dev.eksplatform.identity.Identity;
import dev.eksplatform.identity.ServiceAccountName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The role of a ServiceAccount: who may assume it, and what it may do.
 *
 * @param identity the identity that both derive from
 * @param property the property of the environment that asked for it
 * @param clusterName the ServiceAccount's cluster
 * @param issuer the issuer of its tokens
 * @param isIssuerKnown whether the issuer is known before Terraform asks EKS for it
 * @param session what its sessions are known to be
 * @param trust the role's trust policy; empty for a role that another environment creates
 * @param policies the role's policies
 */
public record RoleAccess(
        Identity identity,
        String property,
        String clusterName,
        OidcIssuer.Provider issuer,
        boolean isIssuerKnown,
        RoleSession session,
        Optional<PolicyDocument> trust,
        List<AttachedPolicy> policies) {

    /** Keeps a copy of the policies. */
    public RoleAccess {
        policies = List.copyOf(policies);
    }

    static RoleAccess of(ResolvedEnvironment environment, ResolvedIdentity resolved) {
        Identity identity = resolved.identity();
        List<AttachedPolicy> policies = new ArrayList<>();
        identity.spec()
                .role()
                .ifPresent(
                        role -> policies.add(new AttachedPolicy.Unknown("the policies of the existing role " + role)));
        String partition = environment.partition().id();
        identity.managedPolicyArns(partition)
                .forEach(arn -> policies.add(AttachedPolicy.managed(arn, environment.partition())));
        identity.ownPolicy(partition)
                .ifPresent(policy -> policies.add(new AttachedPolicy.Known(identity.policyName(), policy)));
        return new RoleAccess(
                identity,
                resolved.property().toString(),
                environment.clusterName(),
                environment.issuer(),
                environment.spec().cluster().knownIssuer().isPresent(),
                session(environment, identity),
                environment.trust(identity),
                policies);
    }

    /**
     * The ServiceAccount.
     *
     * @return its name
     */
    public ServiceAccountName serviceAccount() {
        return identity.serviceAccount();
    }

    /**
     * The role.
     *
     * @return its name, or the ARN of one that another environment creates
     */
    public String role() {
        return identity.spec().role().orElse(identity.roleName().toString());
    }

    /**
     * Decides whether pods of the ServiceAccount get the role.
     *
     * @return the decision of the role's trust policy
     */
    public AccessDecision assume() {
        if (trust.isEmpty()) {
            return new AccessDecision(
                    Verdict.CANNOT_DECIDE,
                    "whether the existing role " + role() + " may be assumed depends on what is not known",
                    List.of("its trust policy"));
        }
        return identity.mode().assume(trust.get(), serviceAccount(), clusterName, issuer);
    }

    /** The decision of the role's trust policy where that does not let the pods have the role, else of its policies. */
    AccessDecision decide(AccessRequest request) {
        AccessDecision assume = assume();
        return assume.verdict() == Verdict.ALLOWED ? AccessEvaluation.decide(request, policies) : assume;
    }

    /** For which of some resources an action may be called; empty when that takes too long. */
    Optional<List<SetEvaluation.Part>> decide(String action, RequestContext context, ArnSet resources) {
        AccessDecision assume = assume();
        return assume.verdict() == Verdict.ALLOWED
                ? SetEvaluation.decide(action, context, resources, policies)
                : Optional.of(List.of(new SetEvaluation.Part(List.of(SetEvaluation.REST), assume)));
    }

    private static RoleSession session(ResolvedEnvironment environment, Identity identity) {
        String region = environment.spec().region();
        Map<PodIdentityTag, String> tags =
                new HashMap<>(identity.mode().sessionTags(identity.serviceAccount(), environment.clusterName()));
        if (!tags.isEmpty()) {
            String account = environment.spec().account().digits();
            String cluster = "cluster/" + environment.clusterName();
            Arn arn = new Arn(environment.partition(), "eks", region, account, cluster);
            tags.put(PodIdentityTag.CLUSTER_ARN, arn.toString());
        }
        return new RoleSession(environment.roleArn(identity), region, tags);
    }

    /** Lines ending in line feeds: who may assume the role through what, and what it may do then. */
    String text() {
        String head = "ServiceAccount " + serviceAccount() + ", "
                + identity.mode().describe(clusterName) + " (" + property + ")\n";
        if (trust.isEmpty()) {
            return head + "role " + role() + "\n\n  created elsewhere: its trust and policies are not known\n";
        }
        return head + RoleExplanation.of(role(), trust.get(), policies);
    }
}
