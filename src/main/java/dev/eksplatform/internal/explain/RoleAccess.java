package dev.eksplatform.internal.explain;

import dev.eksplatform.construct.RoleSettings;
import dev.eksplatform.environment.ResolvedEnvironment;
import dev.eksplatform.environment.ResolvedIdentity;
import dev.eksplatform.iam.Arn;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.TrustPolicy;
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
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.PodIdentitySettings;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.identity.TrustedCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The role of a ServiceAccount: who may assume it, and what it may do.
 *
 * @param identity the identity that both derive from
 * @param property the property of the environment that asked for it
 * @param owner the identity whose role it is, the same for most
 * @param cluster the ServiceAccount's cluster
 * @param isIssuerKnown whether the issuer is known before Terraform asks EKS for it
 * @param session what its sessions are known to be
 * @param trust the role's trust policy; empty for a role that another environment creates
 * @param policies the role's policies
 * @param limits policies that must allow what the role's policies allow: its permissions boundary and a session policy
 */
public record RoleAccess(
        Identity identity,
        String property,
        Identity owner,
        TrustedCluster cluster,
        boolean isIssuerKnown,
        RoleSession session,
        Optional<PolicyDocument> trust,
        List<AttachedPolicy> policies,
        List<AttachedPolicy> limits) {

    /** Keeps copies of the policies. */
    public RoleAccess {
        policies = List.copyOf(policies);
        limits = List.copyOf(limits);
    }

    static RoleAccess of(ResolvedEnvironment environment, ResolvedIdentity resolved) {
        Identity identity = resolved.identity();
        Partition partition = environment.partition();
        return new RoleAccess(
                identity,
                resolved.property().toString(),
                resolved.owner(),
                environment.trustedCluster(),
                environment.spec().cluster().knownIssuer().isPresent(),
                session(environment, identity),
                environment.trust(resolved.owner()),
                policies(identity, partition),
                limits(identity.spec(), partition));
    }

    private static List<AttachedPolicy> policies(Identity identity, Partition partition) {
        IdentitySpec spec = identity.spec();
        if (spec.role().isPresent()) {
            return List.of(new AttachedPolicy.Unknown(
                    "the policies of the existing role " + spec.role().get()));
        }
        List<AttachedPolicy> policies = new ArrayList<>();
        identity.managedPolicyArns(partition.id()).forEach(arn -> policies.add(AttachedPolicy.managed(arn, partition)));
        identity.ownPolicy(partition.id())
                .ifPresent(policy -> policies.add(new AttachedPolicy.Known(identity.policyName(), policy)));
        spec.policyDocuments()
                .forEach((name, document) ->
                        policies.add(new AttachedPolicy.Known(identity.documentName(name), document.policy())));
        spec.inlinePolicies()
                .forEach((name, document) ->
                        policies.add(new AttachedPolicy.Known("the inline policy " + name, document.policy())));
        return policies;
    }

    private static List<AttachedPolicy> limits(IdentitySpec spec, Partition partition) {
        List<AttachedPolicy> limits = new ArrayList<>();
        RoleSettings settings = spec.roleSettings();
        settings.permissionsBoundary().ifPresent(boundary -> {
            AttachedPolicy found = settings.boundaryPolicy()
                    .<AttachedPolicy>map(document -> new AttachedPolicy.Known(boundary.toString(), document.policy()))
                    .orElseGet(() -> AttachedPolicy.managed(boundary.arn(partition.id()), partition));
            limits.add(named("the permissions boundary ", found));
        });
        spec.podIdentity()
                .sessionPolicy()
                .ifPresent(document -> limits.add(new AttachedPolicy.Known("the session policy", document.policy())));
        return limits;
    }

    private static AttachedPolicy named(String what, AttachedPolicy policy) {
        return policy instanceof AttachedPolicy.Known known
                ? new AttachedPolicy.Known(what + known.name(), known.document())
                : new AttachedPolicy.Unknown(what + policy.name());
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
        return identity.mode().assume(trust.get(), identity, cluster);
    }

    /** What a role of another account allows is not known here. */
    private Optional<AccessDecision> ofTarget() {
        return identity.spec()
                .podIdentity()
                .targetRoleArn()
                .map(target -> new AccessDecision(
                        Verdict.CANNOT_DECIDE,
                        "the pods get the credentials of the target role " + target + ", whose policies are not known",
                        List.of("its policies, and whether it trusts " + role())));
    }

    /** The decision of the role's trust policy where that does not let the pods have the role, else of its policies. */
    AccessDecision decide(AccessRequest request) {
        AccessDecision assume = assume();
        if (assume.verdict() != Verdict.ALLOWED) {
            return assume;
        }
        return ofTarget().orElseGet(() -> {
            AccessDecision decision = AccessEvaluation.decide(request, policies);
            for (AttachedPolicy limit : limits) {
                decision = decision.orWorse(AccessEvaluation.decide(request, List.of(limit)));
            }
            return decision;
        });
    }

    /** For which of some resources an action may be called; empty when that takes too long. */
    Optional<List<SetEvaluation.Part>> decide(String action, RequestContext context, ArnSet resources) {
        AccessDecision assume = assume();
        Optional<AccessDecision> same = assume.verdict() == Verdict.ALLOWED ? ofTarget() : Optional.of(assume);
        return same.isPresent()
                ? Optional.of(List.of(new SetEvaluation.Part(List.of(SetEvaluation.REST), same.get())))
                : SetEvaluation.decide(action, context, resources, policies, limits);
    }

    private static RoleSession session(ResolvedEnvironment environment, Identity identity) {
        String region = environment.spec().region();
        return new RoleSession(
                environment.roleArn(identity),
                region,
                identity.mode().sessionTags(identity, environment.trustedCluster()));
    }

    /** Lines ending in line feeds: who may assume the role through what, and what it may do then. */
    String text() {
        String head = "ServiceAccount " + serviceAccount() + ", "
                + identity.mode().describe(cluster.name()) + " (" + property + ")\n";
        String limited = RoleExplanation.limits(limits) + target();
        if (trust.isEmpty()) {
            return head + "role " + role() + "\n\n  created elsewhere: its trust and policies are not known\n"
                    + RoleExplanation.mustTrust(identity.trust(
                            cluster.withProviderIn(Arn.parse(role()).account())))
                    + limited;
        }
        return head + RoleExplanation.of(role(), trust.get(), policies) + limited;
    }

    /** The target role, and what its trust policy must contain. */
    private String target() {
        PodIdentitySettings settings = identity.spec().podIdentity();
        return settings.targetRoleArn()
                .map(target -> "\nThe pods get the credentials of the target role " + target
                        + ", whose policies are not known\n"
                        + RoleExplanation.mustTrust(TrustPolicy.target(
                                session.roleArn(),
                                "<pod_identity_external_ids of " + serviceAccount() + ">",
                                !settings.disableSessionTags())))
                .orElse("");
    }
}
