package dev.eksplatform.identity;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.eks_pod_identity_association.EksPodIdentityAssociation;
import com.hashicorp.cdktf.providers.aws.eks_pod_identity_association.EksPodIdentityAssociationConfig;
import com.hashicorp.cdktf.providers.aws.iam_policy.IamPolicyConfig;
import com.hashicorp.cdktf.providers.aws.iam_role.IamRole;
import com.hashicorp.cdktf.providers.aws.iam_role_policy.IamRolePolicy;
import com.hashicorp.cdktf.providers.aws.iam_role_policy.IamRolePolicyConfig;
import com.hashicorp.cdktf.providers.aws.iam_role_policy_attachment.IamRolePolicyAttachment;
import com.hashicorp.cdktf.providers.aws.iam_role_policy_attachment.IamRolePolicyAttachmentConfig;
import dev.eksplatform.cluster.EksManagedAddon;
import dev.eksplatform.cluster.KubernetesCluster;
import dev.eksplatform.cluster.OidcProvider;
import dev.eksplatform.construct.Account;
import dev.eksplatform.construct.NewerAttribute;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.construct.RoleSettings;
import dev.eksplatform.construct.Roles;
import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.document.InlinePolicy;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.PolicyUse;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.internal.json.TerraformText;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
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
    private static final String ASSOCIATION = "association";
    private static final String SESSION_POLICY = "policy";

    private final Identity identity;
    private final Account account;
    private final @Nullable IamRole role;
    private final List<ITerraformDependable> agent;
    private final List<EksPodIdentityAssociation> associations;
    private final List<ITerraformDependable> attachments = new ArrayList<>();

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
        this.identity = identity.among(Roles.settings(this));
        account = Account.of(this);
        agent = identity.mode().isAssociated() ? cluster.requirePodIdentity() : List.of();
        role = identity.spec().role().isPresent() ? existingRole(cluster) : createRole(cluster);
        associations = associated && identity.mode().isAssociated() ? associate(cluster) : List.of();
    }

    /** A role that exists in this account trusts the cluster's provider of this account, in IRSA mode. */
    private @Nullable IamRole existingRole(KubernetesCluster cluster) {
        String arn = identity.spec().role().orElseThrow();
        String[] field = arn.split(":", 6);
        boolean elsewhere = field.length == 6
                && !TerraformTemplate.isOpen(field[4])
                && !TerraformTemplate.isOpen(account.id())
                && !field[4].equals(account.id());
        if (identity.mode().usesIssuer() && !elsewhere) {
            cluster.oidcProvider();
        }
        return null;
    }

    private IamRole createRole(KubernetesCluster cluster) {
        IdentitySpec spec = identity.spec();
        IamRole created = Roles.create(
                this,
                "role",
                identity.roleName().toString(),
                identity.trust(new TrustedCluster(
                                cluster.name(),
                                account.partition(),
                                account.region(),
                                account.id(),
                                () -> issuer(cluster)))
                        .checkedFor(PolicyUse.TRUST),
                spec.roleSettings(),
                config -> config.description(spec.description()
                        .orElseGet(() -> "ServiceAccount " + identity.serviceAccount() + " of " + cluster.name())));
        checkPolicies();
        List<String> managed = identity.managedPolicyArns(account.partition());
        List<String> ids = attachmentIds(spec);
        for (int i = 0; i < managed.size(); i++) {
            attach(created, ids.get(i), managed.get(i));
        }
        identity.ownPolicy(account.partition())
                .ifPresent(policy -> attach(
                        created,
                        ATTACH + OWN_POLICY,
                        ownPolicy(POLICY, identity.policyName(), policy).getArn()));
        spec.policyDocuments()
                .forEach((name, document) -> attach(
                        created,
                        ATTACH + documentId(name),
                        ownPolicy(documentId(name), identity.documentName(name), document.policy())
                                .getArn()));
        spec.inlinePolicies()
                .forEach((name, document) -> attachments.add(new IamRolePolicy(
                        this,
                        inlineId(name),
                        IamRolePolicyConfig.builder()
                                .name(name)
                                .role(created.getName())
                                .policy(document.policy().toTerraformJson())
                                .build())));
        return created;
    }

    private static String documentId(String name) {
        return POLICY + "-" + name;
    }

    private static String inlineId(String name) {
        return "inline-" + name;
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
        spec.documents().forEach((property, document) -> {
            if (document.place().equals(Place.InSpec.UNKNOWN)) {
                document.findings(partition, spec.unlisted())
                        .errors()
                        .forEach(problem -> problems.add(problem.under(property)));
            }
        });
        problems.throwIfAny();
    }

    private static OidcIssuer.Provider issuer(KubernetesCluster cluster) {
        OidcProvider provider = cluster.oidcProvider();
        return new OidcIssuer.Provider(provider.arn(), provider.issuer());
    }

    private com.hashicorp.cdktf.providers.aws.iam_policy.IamPolicy ownPolicy(
            String id, String name, PolicyDocument policy) {
        RoleSettings settings = identity.spec().roleSettings();
        IamPolicyConfig.Builder config = IamPolicyConfig.builder()
                .name(name)
                .description("ServiceAccount " + identity.serviceAccount())
                .policy(policy.toTerraformJson());
        settings.path().ifPresent(config::path);
        if (!settings.tags().isEmpty()) {
            config.tags(TerraformText.escapeTexts(settings.tags()));
        }
        return new com.hashicorp.cdktf.providers.aws.iam_policy.IamPolicy(this, id, config.build());
    }

    private void attach(IamRole to, String id, String policyArn) {
        attachments.add(new IamRolePolicyAttachment(
                this,
                id,
                IamRolePolicyAttachmentConfig.builder()
                        .role(to.getName())
                        .policyArn(policyArn)
                        .build()));
    }

    /** The ids of the attachments of managed policies: policies of different paths may have one name. */
    private static List<String> attachmentIds(IdentitySpec spec) {
        Set<String> taken = new HashSet<>(Set.of(ATTACH + OWN_POLICY));
        spec.policyDocuments().keySet().forEach(name -> taken.add(ATTACH + documentId(name)));
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
        for (String name : spec.policyDocuments().keySet()) {
            parts.put(documentId(name), PropertyPath.of("policyDocuments", name));
            parts.put(ATTACH + documentId(name), PropertyPath.of("policyDocuments", name));
        }
        spec.inlinePolicies()
                .keySet()
                .forEach(name -> parts.put(inlineId(name), PropertyPath.of("inlinePolicies", name)));
        return parts;
    }

    /**
     * The policy documents of an identity's spec by the id of the part that they are in.
     *
     * @param spec the identity's spec
     * @return documents by id
     */
    @API(status = API.Status.INTERNAL)
    public static Map<String, InlinePolicy> documents(IdentitySpec spec) {
        Map<String, InlinePolicy> documents = new HashMap<>();
        spec.policy().ifPresent(document -> documents.put(POLICY, document));
        spec.policyDocuments().forEach((name, document) -> documents.put(documentId(name), document));
        spec.inlinePolicies().forEach((name, document) -> documents.put(inlineId(name), document));
        return documents;
    }

    /**
     * The attributes of associations that not all versions of the provider have, each with the property that sets it.
     *
     * @return properties of {@link IdentitySpec} by attribute
     */
    @API(status = API.Status.INTERNAL)
    public static Map<String, PropertyPath> attributes() {
        PropertyPath podIdentity = PropertyPath.of("podIdentity");
        return Map.of(
                "target_role_arn",
                podIdentity.key("targetRoleArn"),
                "disable_session_tags",
                podIdentity.key("disableSessionTags"),
                SESSION_POLICY,
                podIdentity.key("sessionPolicy"));
    }

    /**
     * The id of the association of one of its ServiceAccounts.
     *
     * @param identity the identity
     * @param account one of its ServiceAccounts
     * @return the id in this construct
     */
    @API(status = API.Status.INTERNAL)
    public static String associationId(Identity identity, ServiceAccountName account) {
        return account.equals(identity.serviceAccount()) ? ASSOCIATION : ASSOCIATION + "-" + account.id();
    }

    /**
     * Gives the role to an EKS add-on, which binds it itself.
     *
     * @param addon the add-on of the ServiceAccount
     */
    public void bindTo(EksManagedAddon addon) {
        String roleArn = usedRole();
        if (identity.mode().isAssociated()) {
            identity.serviceAccounts().forEach(account -> addon.usePodIdentity(account.name(), roleArn));
        } else {
            addon.useRole(roleArn);
        }
        if (addon.beforeCompute()) {
            // nodes wait for it: without its credentials it does not become ready, and they are needed until nodes are
            // gone
            agent.forEach(addon::comesAfter);
            attachments.forEach(addon::comesAfter);
        }
    }

    private String usedRole() {
        return role == null ? identity.spec().role().orElseThrow() : role.getArn();
    }

    private List<EksPodIdentityAssociation> associate(KubernetesCluster cluster) {
        PodIdentitySettings settings = identity.spec().podIdentity();
        List<EksPodIdentityAssociation> all = new ArrayList<>();
        for (ServiceAccountName name : identity.serviceAccounts()) {
            EksPodIdentityAssociationConfig.Builder config = EksPodIdentityAssociationConfig.builder()
                    .clusterName(cluster.nameReference())
                    .namespace(name.namespace())
                    .serviceAccount(name.name())
                    .roleArn(usedRole())
                    .dependsOn(agent);
            settings.targetRoleArn().ifPresent(config::targetRoleArn);
            if (settings.disableSessionTags()) {
                config.disableSessionTags(true);
            }
            EksPodIdentityAssociation association =
                    new EksPodIdentityAssociation(this, associationId(identity, name), config.build());
            settings.sessionPolicy()
                    .ifPresent(document -> NewerAttribute.set(
                            association, SESSION_POLICY, document.policy().toTerraformJson()));
            all.add(association);
        }
        return all;
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
     * The pod identity association of its ServiceAccount, for what this construct does not cover.
     *
     * @return the resource; empty in IRSA mode
     */
    public Optional<EksPodIdentityAssociation> association() {
        return associations.stream().findFirst();
    }

    /**
     * The external ids that a target role must ask for in its trust policy.
     *
     * @return Terraform references by {@code namespace/name} of the ServiceAccount; empty without a target role
     */
    public Map<String, String> externalIds() {
        Map<String, String> ids = new LinkedHashMap<>();
        if (identity.spec().podIdentity().targetRoleArn().isPresent()) {
            for (int i = 0; i < associations.size(); i++) {
                ids.put(
                        identity.serviceAccounts().get(i).toString(),
                        associations.get(i).getExternalId());
            }
        }
        return ids;
    }
}
