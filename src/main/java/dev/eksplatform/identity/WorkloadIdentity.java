package dev.eksplatform.identity;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.eks_pod_identity_association.EksPodIdentityAssociation;
import com.hashicorp.cdktf.providers.aws.eks_pod_identity_association.EksPodIdentityAssociationConfig;
import com.hashicorp.cdktf.providers.aws.iam_policy.IamPolicyConfig;
import com.hashicorp.cdktf.providers.aws.iam_role.IamRole;
import com.hashicorp.cdktf.providers.aws.iam_role_policy_attachment.IamRolePolicyAttachment;
import com.hashicorp.cdktf.providers.aws.iam_role_policy_attachment.IamRolePolicyAttachmentConfig;
import dev.eksplatform.cluster.EksManagedAddon;
import dev.eksplatform.cluster.KubernetesCluster;
import dev.eksplatform.cluster.OidcProvider;
import dev.eksplatform.construct.Account;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.construct.Roles;
import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.PolicyUse;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/**
 * The AWS side of a ServiceAccount's permissions: a role, whom it trusts, what it may do, and with Pod Identity the
 * association that binds them. The Kubernetes side, the ServiceAccount with {@link #annotations()}, may be in another
 * stack.
 *
 * <pre>{@code
 * WorkloadIdentity orders = new WorkloadIdentity(
 *         stack, "orders", cluster, "shop/orders", IdentitySpec.managedPolicies("AmazonS3ReadOnlyAccess"));
 * }</pre>
 */
public final class WorkloadIdentity extends PlatformConstruct {

    /** The id of the policy of its own. */
    public static final String POLICY = "policy";

    private static final String ATTACH = "attach-";
    private static final String OWN_POLICY = "own-policy";

    private final Identity identity;
    private final Account account;
    private final @Nullable IamRole role;
    private final @Nullable EksPodIdentityAssociation association;

    /**
     * Gives permissions to a ServiceAccount.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param cluster the cluster the ServiceAccount lives in
     * @param serviceAccount namespace and name, such as {@code shop/orders}
     * @param spec the permissions
     * @throws dev.eksplatform.problem.InvalidInputException when they are not valid
     */
    public WorkloadIdentity(
            Construct scope, String id, KubernetesCluster cluster, String serviceAccount, IdentitySpec spec) {
        this(
                scope,
                id,
                cluster,
                Identity.of(
                        cluster.name(),
                        IdentityMode.IRSA,
                        ServiceAccountName.parse(serviceAccount),
                        spec,
                        Optional.empty()));
    }

    /**
     * Gives permissions to a ServiceAccount.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param cluster the cluster the ServiceAccount lives in
     * @param identity the identity
     * @throws dev.eksplatform.problem.InvalidInputException when the cluster does not have the identity's mode
     */
    public WorkloadIdentity(Construct scope, String id, KubernetesCluster cluster, Identity identity) {
        this(scope, id, cluster, identity, true);
    }

    /**
     * Gives permissions to a ServiceAccount.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param cluster the cluster the ServiceAccount lives in
     * @param identity the identity
     * @param associated whether a pod identity association is created; false where an EKS add-on has its own
     * @throws dev.eksplatform.problem.InvalidInputException when the cluster does not have the identity's mode
     */
    public WorkloadIdentity(
            Construct scope, String id, KubernetesCluster cluster, Identity identity, boolean associated) {
        super(scope, id);
        this.identity = identity;
        account = Account.of(this);
        List<ITerraformDependable> agent = identity.mode().isAssociated() ? cluster.requirePodIdentity() : List.of();
        role = identity.spec().role().isPresent() ? null : createRole(cluster);
        association = associated && identity.mode().isAssociated() ? associate(cluster, agent) : null;
    }

    private IamRole createRole(KubernetesCluster cluster) {
        IamRole created = Roles.create(
                this,
                "role",
                identity.roleName().toString(),
                identity.trust(cluster.name(), () -> issuer(cluster)).checkedFor(PolicyUse.TRUST),
                config -> config.description("ServiceAccount " + identity.serviceAccount() + " of " + cluster.name()));
        checkPolicies();
        List<String> managed = identity.managedPolicyArns(account.partition());
        List<String> ids = attachmentIds(identity.spec());
        for (int i = 0; i < managed.size(); i++) {
            attach(created, ids.get(i), managed.get(i));
        }
        identity.ownPolicy(account.partition())
                .ifPresent(policy ->
                        attach(created, ATTACH + OWN_POLICY, ownPolicy(policy).getArn()));
        return created;
    }

    /** Checks what a program wrote: the document of an environment file is checked where it is written. */
    private void checkPolicies() {
        IdentitySpec spec = identity.spec();
        Partition partition = Arrays.stream(Partition.values())
                .filter(one -> one.id().equals(account.partition()))
                .findFirst()
                .orElse(null);
        Problems problems = new Problems();
        ManagedPolicyCheck.findings(spec, partition, null).errors().forEach(problems::add);
        spec.policy()
                .filter(document -> document.place().equals(Place.InSpec.UNKNOWN))
                .ifPresent(document -> document.findings(partition, spec.unlisted())
                        .errors()
                        .forEach(problem -> problems.add(problem.under(PropertyPath.of("policy")))));
        problems.throwIfAny();
    }

    private static OidcIssuer.Provider issuer(KubernetesCluster cluster) {
        OidcProvider provider = cluster.oidcProvider();
        return new OidcIssuer.Provider(provider.arn(), provider.issuer());
    }

    private com.hashicorp.cdktf.providers.aws.iam_policy.IamPolicy ownPolicy(PolicyDocument policy) {
        return new com.hashicorp.cdktf.providers.aws.iam_policy.IamPolicy(
                this,
                POLICY,
                IamPolicyConfig.builder()
                        .name(identity.policyName())
                        .description("ServiceAccount " + identity.serviceAccount())
                        .policy(policy.toTerraformJson())
                        .build());
    }

    private void attach(IamRole to, String id, String policyArn) {
        new IamRolePolicyAttachment(
                this,
                id,
                IamRolePolicyAttachmentConfig.builder()
                        .role(to.getName())
                        .policyArn(policyArn)
                        .build());
    }

    /** The ids of the attachments of managed policies: policies of different paths may have one name. */
    private static List<String> attachmentIds(IdentitySpec spec) {
        Set<String> taken = new HashSet<>(Set.of(ATTACH + OWN_POLICY));
        return spec.policies().stream()
                .map(policy -> taken.add(ATTACH + policy.name())
                        ? ATTACH + policy.name()
                        : ATTACH + policy.reference().replace('/', '-'))
                .toList();
    }

    /**
     * The parts of an identity that come from a property of their own.
     *
     * @param spec the identity's spec
     * @return by the id of the part its property in the spec
     */
    public static Map<String, PropertyPath> parts(IdentitySpec spec) {
        Map<String, PropertyPath> parts = new HashMap<>();
        if (spec.policy().isPresent() || !spec.buckets().isEmpty()) {
            parts.put(POLICY, PropertyPath.of(spec.policy().isPresent() ? "policy" : "buckets"));
        }
        List<String> ids = attachmentIds(spec);
        for (int i = 0; i < ids.size(); i++) {
            parts.put(ids.get(i), PropertyPath.of("policies").index(i));
        }
        return parts;
    }

    /**
     * Gives the role to an EKS add-on, which binds it itself.
     *
     * @param addon the add-on of the ServiceAccount
     */
    public void bindTo(EksManagedAddon addon) {
        String roleArn = Objects.requireNonNull(role).getArn();
        if (identity.mode().isAssociated()) {
            addon.usePodIdentity(identity.serviceAccount().name(), roleArn);
        } else {
            addon.useRole(roleArn);
        }
    }

    private EksPodIdentityAssociation associate(KubernetesCluster cluster, List<ITerraformDependable> agent) {
        return new EksPodIdentityAssociation(
                this,
                "association",
                EksPodIdentityAssociationConfig.builder()
                        .clusterName(cluster.nameReference())
                        .namespace(identity.serviceAccount().namespace())
                        .serviceAccount(identity.serviceAccount().name())
                        .roleArn(role == null ? identity.spec().role().orElseThrow() : role.getArn())
                        .dependsOn(agent)
                        .build());
    }

    /**
     * The role's ARN, composed of account and name, so that another stack can hold it as plain text.
     *
     * @return the ARN; plain text when the stack's account is declared
     */
    public String roleArn() {
        return identity.roleArn(account.partition(), account.id());
    }

    /**
     * The annotations that the ServiceAccount needs.
     *
     * @return the role's annotation in IRSA mode; none with Pod Identity
     */
    public Map<String, String> annotations() {
        return identity.annotations(roleArn());
    }

    /**
     * The identity both sides derive from.
     *
     * @return the identity
     */
    public Identity identity() {
        return identity;
    }

    /**
     * The role, for what this construct does not cover.
     *
     * @return the resource; empty when an existing role is used
     */
    public Optional<IamRole> role() {
        return Optional.ofNullable(role);
    }

    /**
     * The pod identity association, for what this construct does not cover.
     *
     * @return the resource; empty in IRSA mode
     */
    public Optional<EksPodIdentityAssociation> association() {
        return Optional.ofNullable(association);
    }
}
