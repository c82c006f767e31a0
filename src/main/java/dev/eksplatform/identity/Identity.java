package dev.eksplatform.identity;

import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.iam.RoleName;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.PolicyUse;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The one object from which both sides of an identity derive: the role with its trust in AWS, and the ServiceAccount with
 * its annotation in Kubernetes. So neither can be renamed without the other.
 *
 * @param serviceAccount the ServiceAccount
 * @param mode how its pods get the permissions
 * @param roleName the role's name
 * @param spec its permissions
 * @param required a policy that it needs besides, such as that of an add-on's controller; empty for none
 */
public record Identity(
        ServiceAccountName serviceAccount,
        IdentityMode mode,
        RoleName roleName,
        IdentitySpec spec,
        Optional<PolicyDocument> required) {

    /**
     * The annotation that binds a ServiceAccount to a role. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html">assign IAM roles to
     * service accounts</a>.
     */
    public static final String ROLE_ANNOTATION = "eks.amazonaws.com/role-arn";

    /** See <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM quotas</a>. */
    private static final int MOST_POLICIES = 10;

    /**
     * Resolves an identity.
     *
     * @param clusterName the cluster, for the role's default name
     * @param defaultMode the mode when the spec has none
     * @param serviceAccount the ServiceAccount
     * @param spec its permissions
     * @param required a policy that it needs besides; empty for none
     * @return the identity
     * @throws InvalidInputException when it has no permission, its role's name is too long, or its mode does not
     *     support what it asks for
     */
    public static Identity of(
            String clusterName,
            IdentityMode defaultMode,
            ServiceAccountName serviceAccount,
            IdentitySpec spec,
            Optional<PolicyDocument> required) {
        if (required.isEmpty()
                && spec.role().isEmpty()
                && spec.policies().isEmpty()
                && spec.policy().isEmpty()
                && spec.buckets().isEmpty()) {
            throw new InvalidInputException(new Problem(
                    Place.InSpec.UNKNOWN, "the identity has no permission", "add policies, policy, buckets or role"));
        }
        boolean own = required.isPresent()
                || spec.policy().isPresent()
                || !spec.buckets().isEmpty();
        int attached = spec.policies().size() + (own ? 1 : 0);
        if (attached > MOST_POLICIES) {
            throw new InvalidInputException(new Problem(
                    Place.of(PropertyPath.of("policies")),
                    attached + " managed policies for one role" + (own ? ", its own among them" : ""),
                    "at most " + MOST_POLICIES + " (IAM)",
                    "put what they permit into policy, or ask AWS to raise the quota"));
        }
        IdentityMode mode = spec.mode().orElse(defaultMode);
        if (!mode.sharesRoles() && (spec.role().isPresent() || !spec.clusters().isEmpty())) {
            throw new InvalidInputException(new Problem(
                    Place.of(PropertyPath.of(spec.role().isPresent() ? "role" : "clusters")),
                    "IRSA does not support a role shared between clusters: its trust policy needs the OIDC provider of"
                            + " each of them",
                    "set mode: pod-identity"));
        }
        return new Identity(serviceAccount, mode, roleName(clusterName, serviceAccount, spec), spec, required);
    }

    private static RoleName roleName(String clusterName, ServiceAccountName serviceAccount, IdentitySpec spec) {
        if (spec.roleName().isPresent()) {
            return spec.roleName().orElseThrow();
        }
        String name = clusterName + "-" + serviceAccount.joined();
        if (name.length() > RoleName.MAX_LENGTH) {
            throw new InvalidInputException(new Problem(
                    Place.InSpec.UNKNOWN,
                    "the role's name \"" + name + "\" has " + name.length() + " characters",
                    "at most " + RoleName.MAX_LENGTH + " characters (IAM)",
                    "set roleName to a shorter one"));
        }
        return RoleName.parse(name);
    }

    /**
     * Who may assume its role.
     *
     * @param clusterName the cluster of the ServiceAccount
     * @param issuer the issuer of the cluster's tokens; asked for only in IRSA mode
     * @return the role's trust policy
     */
    public PolicyDocument trust(String clusterName, Supplier<OidcIssuer.Provider> issuer) {
        return mode.trust(this, clusterName, issuer);
    }

    /**
     * The policy of its own, checked against IAM's size limit.
     *
     * @param partition the partition of ARNs in it
     * @return empty when it has only managed policies
     * @throws InvalidInputException when it is too large for a managed policy
     */
    public Optional<PolicyDocument> ownPolicy(String partition) {
        List<Statement> statements = new ArrayList<>();
        required.ifPresent(policy -> statements.addAll(policy.statements()));
        statements.addAll(spec.ownStatements(partition));
        if (statements.isEmpty()) {
            return Optional.empty();
        }
        PolicyDocument policy = PolicyDocument.of(statements.toArray(Statement[]::new));
        boolean document = required.isEmpty() && spec.buckets().isEmpty();
        policy.sizeProblem(PolicyUse.MANAGED).ifPresent(problem -> {
            throw new InvalidInputException(
                    problem.at(document ? Place.of(PropertyPath.of("policy")) : Place.InSpec.UNKNOWN));
        });
        return Optional.of(policy);
    }

    /**
     * The name of the managed policy that holds {@link #ownPolicy}.
     *
     * @return the spec's, or the role's
     */
    public String policyName() {
        return spec.policyName().orElse(roleName.toString());
    }

    /**
     * The managed policies' ARNs.
     *
     * @param partition the partition of AWS's own
     * @return in the order of the spec
     */
    public List<String> managedPolicyArns(String partition) {
        return spec.policies().stream().map(policy -> policy.arn(partition)).toList();
    }

    /**
     * The ARN of its role, composed of account and name.
     *
     * @param partition the partition, or a Terraform reference to it
     * @param account the account's id, or a Terraform reference to it
     * @return the ARN of its own role, or of the existing one it uses
     */
    public String roleArn(String partition, String account) {
        return spec.role().orElseGet(() -> roleName.arn(partition, account));
    }

    /**
     * The annotations that its ServiceAccount needs.
     *
     * @param roleArn the role's ARN
     * @return the role's annotation in IRSA mode; none with Pod Identity
     */
    public Map<String, String> annotations(String roleArn) {
        return mode.annotations(roleArn);
    }

    /**
     * Whether the platform creates the ServiceAccount.
     *
     * @return false when it exists already and is annotated in place
     */
    public boolean createsServiceAccount() {
        return spec.serviceAccount() == IdentitySpec.Ownership.CREATE;
    }

    /**
     * The same identity for a ServiceAccount that somebody else creates.
     *
     * @return a copy
     */
    public Identity existing() {
        return new Identity(
                serviceAccount, mode, roleName, spec.withServiceAccount(IdentitySpec.Ownership.EXISTING), required);
    }
}
