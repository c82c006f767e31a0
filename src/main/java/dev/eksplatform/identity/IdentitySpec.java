package dev.eksplatform.identity;

import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.iam.RoleName;
import dev.eksplatform.iam.document.InlinePolicy;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Doc;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The AWS permissions of a ServiceAccount.
 *
 * @param mode how its pods get them; default: the environment's mode, or {@link IdentityMode#IRSA}
 * @param policies managed policies; default none
 * @param policy a policy document of its own, as in IAM ({@code Version} may be left out); default none
 * @param unlisted actions and AWS managed policies that AWS has added since this version was made, which would be refused
 *     as unknown otherwise; default none
 * @param buckets what it may do with S3 buckets, each by the least permissions; default none
 * @param roleName the role's name; default cluster, namespace and name joined by hyphens
 * @param policyName the name of the managed policy that holds {@code policy} and {@code buckets}; default the role's
 * @param serviceAccount whether the ServiceAccount is made, or exists already and is annotated in place; default made
 * @param clusters names of further clusters whose pods of the same ServiceAccount may use the role (Pod Identity alone);
 *     default none
 * @param role the ARN of an existing role to use instead of making one: another environment's, which names this cluster
 *     in its {@code clusters} (Pod Identity alone); default none
 */
@RecordBuilder
public record IdentitySpec(
        @Doc(value = "How pods get the permissions (default: the environment's `identity`)", example = "pod-identity")
        Optional<IdentityMode> mode,

        @Doc(value = "Managed policies by name or ARN", example = "[AmazonS3ReadOnlyAccess]")
        List<PolicyReference> policies,

        @Doc(
                value =
                        "A policy document of its own, as in IAM (Version may be left out), or the JSON or YAML file that"
                                + " holds one, relative to this file",
                example = "{Statement: [{Effect: Allow, Action: s3:GetObject, Resource: 'arn:aws:s3:::reports/*'}]}")
        Optional<InlinePolicy> policy,

        @Doc(
                value = "Actions and AWS managed policies that AWS has added since this version was made, and which"
                        + " would be refused as unknown otherwise",
                example = "[\"s3:NewAction\"]")
        List<String> unlisted,

        @Doc(value = "What it may do with S3 buckets, by the least permissions", example = "{reports: read}")
        Map<BucketName, BucketAccess> buckets,

        @Doc(
                value = "The role's name (default: cluster, namespace and name joined by hyphens)",
                example = "shop-orders")
        Optional<RoleName> roleName,

        @Doc(
                value = "The name of the managed policy that holds policy and buckets (default: the role's)",
                example = "shop-orders")
        @Limit(pattern = RoleName.POLICY_PATTERN)
        Optional<String> policyName,

        @Doc(
                value = "Whether the ServiceAccount is made (create) or annotated in place (existing) (default create)",
                example = "existing")
        Ownership serviceAccount,

        @Doc(
                value = "Further clusters whose pods of this ServiceAccount may use the role (Pod Identity)",
                example = "[shop-blue]")
        @Limit(pattern = ClusterSpec.NAME_PATTERN)
        List<String> clusters,

        @Doc(
                value = "ARN of an existing role to use instead of making one (Pod Identity)",
                example = "arn:aws:iam::111122223333:role/reports")
        @Limit(pattern = IdentitySpec.ROLE)
        Optional<String> role)
        implements IdentitySpecBuilder.With {

    /** Who makes the ServiceAccount. */
    public enum Ownership {
        /** The platform. */
        @Doc("The ServiceAccount is made")
        CREATE,
        /** A chart, an operator or a person made it: it is annotated in place, and never made twice. */
        @Doc("The ServiceAccount exists already and is annotated in place")
        EXISTING
    }

    private static final String ROLE = "^arn:aws[a-z-]*:iam::[0-9]{12}:role/([!-~]+/)*[A-Za-z0-9+=,.@_-]{1,64}$";
    private static final Pattern ROLE_ARN = Pattern.compile(ROLE);

    /** Checks names, and that an existing role has nothing that is for a new one. */
    public IdentitySpec {
        policies = List.copyOf(policies);
        unlisted = List.copyOf(unlisted);
        clusters = List.copyOf(clusters);
        Problems problems = new Problems();
        problems.once(PropertyPath.of("policies"), policies, "policy");
        for (int i = 0; i < clusters.size(); i++) {
            ClusterSpec.checkName(PropertyPath.of("clusters").index(i), clusters.get(i), problems);
        }
        checkTexts(
                policyName.filter(name -> !TerraformTemplate.isOpen(name)),
                role.filter(arn -> !TerraformTemplate.isOpen(arn)),
                problems);
        if (role.isPresent()) {
            if (!policies.isEmpty() || policy.isPresent() || !buckets.isEmpty() || roleName.isPresent()) {
                problems.add(
                        PropertyPath.of("role"),
                        "an existing role cannot be combined with policies, policy, buckets or roleName",
                        "give permissions where the role is created");
            }
        }
        problems.throwIfAny();
    }

    private static void checkTexts(Optional<String> policyName, Optional<String> role, Problems problems) {
        policyName.ifPresent(name -> RoleName.checkPolicyName("policyName", name, problems));
        role.ifPresent(arn -> problems.match(
                "role",
                arn,
                ROLE_ARN,
                "the ARN of an IAM role",
                "arn:aws:iam::ACCOUNT:role/NAME",
                "copy it from `aws iam get-role`"));
    }

    /**
     * Reports Terraform references in names and ARNs, which only programs can use.
     *
     * @return a problem for each, for a spec that was read from a file
     */
    public List<Problem> references() {
        Problems problems = new Problems();
        checkTexts(policyName.filter(TerraformTemplate::isOpen), role.filter(TerraformTemplate::isOpen), problems);
        return problems.found();
    }

    /**
     * No permission: the start for {@code with...}.
     *
     * @return the defaults
     */
    @Defaults
    public static IdentitySpec none() {
        return new IdentitySpec(
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Ownership.CREATE,
                List.of(),
                Optional.empty());
    }

    /**
     * Managed policies.
     *
     * @param policies AWS managed policies by name, or any by ARN; at least one
     * @return the spec
     * @throws dev.eksplatform.problem.InvalidInputException when one is not a policy, or there is none
     */
    public static IdentitySpec managedPolicies(String... policies) {
        Problems problems = new Problems();
        List<PolicyReference> parsed =
                problems.collectEach(PropertyPath.of("policies"), List.of(policies), PolicyReference::parse);
        problems.throwIfAny();
        return none().withPolicies(parsed);
    }

    /**
     * A policy document of its own.
     *
     * @param document maps, lists and texts, as in IAM; its texts may hold Terraform references
     * @return a copy with this document
     * @throws dev.eksplatform.problem.InvalidInputException when IAM refuses it, each problem at its property below
     *     {@code policy}
     */
    public IdentitySpec withPolicy(Map<String, ?> document) {
        Problems problems = new Problems();
        InlinePolicy read = problems.collect(PropertyPath.of("policy"), () -> InlinePolicy.of(document));
        problems.throwIfAny();
        return withPolicy(Optional.ofNullable(read));
    }

    /** The statements of its own: the document's and those for buckets, whose ARNs are in the partition. */
    List<Statement> ownStatements(String partition) {
        List<Statement> statements = new ArrayList<>();
        policy.ifPresent(document -> statements.addAll(document.policy().statements()));
        new TreeMap<>(buckets).forEach((bucket, access) -> statements.addAll(access.statements(partition, bucket)));
        return statements;
    }
}
