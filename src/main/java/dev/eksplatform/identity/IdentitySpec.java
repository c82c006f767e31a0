package dev.eksplatform.identity;

import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.iam.RoleName;
import dev.eksplatform.iam.document.InlinePolicy;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
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
 * @param mode how pods get the permissions; default {@code identity} of the environment
 * @param policies managed policies by name or ARN; default none
 * @param policy a policy document as in IAM ({@code Version} is optional), or the JSON or YAML file that contains one,
 *     relative to this file; default none
 * @param unlisted actions and AWS managed policies that AWS has added since this release, which would be rejected as
 *     unknown otherwise; default none
 * @param buckets access to S3 buckets, with the fewest permissions; default none
 * @param roleName the name of the role; default cluster, namespace and ServiceAccount joined by hyphens
 * @param policyName the name of the managed policy that contains {@code policy} and {@code buckets}; default the name
 *     of the role
 * @param serviceAccount whether the ServiceAccount is created or exists already; default {@code create}
 * @param clusters other clusters whose pods of this ServiceAccount may use the role, with Pod Identity; default none
 * @param role the ARN of an existing role to use instead of creating one, with Pod Identity; default none. The role
 *     belongs to another environment, which names this cluster in its {@code clusters}
 */
@RecordBuilder
public record IdentitySpec(
        @Example("pod-identity") Optional<IdentityMode> mode,

        @Example("[AmazonS3ReadOnlyAccess]") List<PolicyReference> policies,

        @Example("{Statement: [{Effect: Allow, Action: s3:GetObject, Resource: 'arn:aws:s3:::reports/*'}]}")
        Optional<InlinePolicy> policy,

        @Example("[\"s3:NewAction\"]") List<String> unlisted,

        @Example("{reports: read}") Map<BucketName, BucketAccess> buckets,

        @Example("shop-orders") Optional<RoleName> roleName,

        @Example("shop-orders") @Limit(pattern = RoleName.POLICY_PATTERN)
        Optional<String> policyName,

        @Example("existing") Ownership serviceAccount,

        @Example("[shop-blue]") @Limit(pattern = ClusterSpec.NAME_PATTERN)
        List<String> clusters,

        @Example("arn:aws:iam::111122223333:role/reports") @Limit(pattern = IdentitySpec.ROLE)
        Optional<String> role)
        implements IdentitySpecBuilder.With {

    /** Who creates the ServiceAccount. */
    public enum Ownership {
        /** The platform. */
        CREATE,
        /** A chart, an operator or a person: it is annotated in place. */
        EXISTING
    }

    private static final String ROLE = "^arn:aws[a-z-]*:iam::[0-9]{12}:role/([!-~]+/)*[A-Za-z0-9+=,.@_-]{1,64}$";
    private static final Pattern ROLE_ARN = Pattern.compile(ROLE);

    /** Checks names, and that an existing role has nothing that is for a new one. */
    public IdentitySpec {
        buckets = Components.map("buckets", buckets);
        policies = Components.list("policies", policies);
        unlisted = Components.list("unlisted", unlisted);
        clusters = Components.list("clusters", clusters);
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
