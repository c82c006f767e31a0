package dev.eksplatform.identity;

import dev.eksplatform.construct.RoleSettings;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.RoleName;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.PolicyUse;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

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
        if (required.isEmpty() && !spec.hasPermissions()) {
            throw new InvalidInputException(new Problem(
                    Place.InSpec.UNKNOWN, "the identity has no permission", "add policies, policy, buckets or role"));
        }
        boolean own =
                required.isPresent() || !spec.ownStatements(Partition.AWS.id()).isEmpty();
        int attached = spec.policies().size() + spec.policyDocuments().size() + (own ? 1 : 0);
        if (attached > MOST_POLICIES) {
            throw new InvalidInputException(new Problem(
                    Place.of(PropertyPath.of("policies")),
                    attached + " managed policies for one role" + (own ? ", its own among them" : ""),
                    "at most " + MOST_POLICIES + " (IAM)",
                    "put what they permit into policy, or ask AWS to raise the quota"));
        }
        IdentityMode mode = spec.mode().orElse(defaultMode);
        checkMode(mode, spec);
        if (spec.serviceAccounts().contains(serviceAccount)) {
            throw new InvalidInputException(new Problem(
                    Place.of(PropertyPath.of("serviceAccounts")),
                    serviceAccount + ", whose identity this is",
                    "remove it: the others are named here"));
        }
        if (spec.serviceAccount() == IdentitySpec.Ownership.EXISTING
                && spec.serviceAccountSettings().needsCreation()) {
            throw new InvalidInputException(new Problem(
                    Place.of(PropertyPath.of("serviceAccountSettings")),
                    "labels, imagePullSecrets or automountToken of a ServiceAccount that somebody else creates",
                    "annotations",
                    "set them where it is created"));
        }
        return new Identity(serviceAccount, mode, roleName(clusterName, serviceAccount, spec), spec, required);
    }

    /** Each mode has properties of its own. */
    private static void checkMode(IdentityMode mode, IdentitySpec spec) {
        Problems problems = new Problems();
        if (mode == IdentityMode.IRSA) {
            if (!spec.clusters().isEmpty()) {
                problems.add(
                        PropertyPath.of("clusters"),
                        "names of clusters in IRSA mode, in which a role trusts the issuer of each cluster",
                        "name their issuers in issuers, or set mode: pod-identity");
            }
            if (!spec.podIdentity().equals(PodIdentitySettings.standard())) {
                problems.add(
                        PropertyPath.of("podIdentity"),
                        "not used in IRSA mode",
                        "remove it, or set mode: pod-identity");
            }
        } else if (!spec.issuers().isEmpty()) {
            problems.add(
                    PropertyPath.of("issuers"),
                    "issuers with Pod Identity, where a role trusts names of clusters",
                    "name the clusters in clusters, or set mode: irsa");
        }
        problems.throwIfAny();
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
     * @param cluster the cluster of the ServiceAccount
     * @return the role's trust policy
     */
    public PolicyDocument trust(TrustedCluster cluster) {
        return mode.trust(this, cluster);
    }

    /**
     * Who gets the role.
     *
     * @return its ServiceAccount, and the others of the spec
     */
    public List<ServiceAccountName> serviceAccounts() {
        List<ServiceAccountName> all = new ArrayList<>(List.of(serviceAccount));
        all.addAll(spec.serviceAccounts());
        return List.copyOf(all);
    }

    /**
     * The same identity among others of a stack or an environment.
     *
     * @param settings what all roles there have in common
     * @return a copy with these settings where its spec has none
     */
    @API(status = API.Status.INTERNAL)
    public Identity among(RoleSettings settings) {
        return spec.role().isPresent() || settings.equals(RoleSettings.standard())
                ? this
                : new Identity(
                        serviceAccount,
                        mode,
                        roleName,
                        spec.withRoleSettings(spec.roleSettings().over(settings)),
                        required);
    }

    /**
     * The same identity as another of its ServiceAccounts has it.
     *
     * @param other one of {@link #serviceAccounts}
     * @return a copy; the role is still of this identity
     */
    @API(status = API.Status.INTERNAL)
    public Identity of(ServiceAccountName other) {
        return new Identity(other, mode, roleName, spec, required);
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
     * The name of the managed policy that holds one of the spec's {@code policyDocuments}.
     *
     * @param key its key
     * @return the role's name and the key
     */
    public String documentName(String key) {
        return roleName + "-" + key;
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
        return spec.role()
                .orElseGet(() -> roleName.arn(
                        partition, account, spec.roleSettings().path().orElse("/")));
    }

    /**
     * The annotations that its ServiceAccount needs.
     *
     * @param roleArn the role's ARN
     * @return the role's annotation in IRSA mode, and those of the spec
     */
    public Map<String, String> annotations(String roleArn) {
        Map<String, String> own = spec.serviceAccountSettings().annotations();
        if (own.isEmpty()) {
            return mode.annotations(roleArn);
        }
        Map<String, String> all = new LinkedHashMap<>(mode.annotations(roleArn));
        all.putAll(own);
        return all;
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
