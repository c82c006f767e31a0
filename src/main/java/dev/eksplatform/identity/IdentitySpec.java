package dev.eksplatform.identity;

import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.construct.RoleSettings;
import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.iam.PolicyReference;
import dev.eksplatform.iam.RoleName;
import dev.eksplatform.iam.document.InlinePolicy;
import dev.eksplatform.iam.document.PolicyUse;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

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
 * @param role the ARN of an existing role to use instead of creating one; default none. The role belongs to another environment,
 *     which names this cluster in its {@code clusters} or its issuer in {@code issuers}
 * @param roleSettings path, permissions boundary, session duration and tags of the role, where they differ from {@code roles} of the
 *     environment
 * @param description the description of the role; default ServiceAccount and cluster
 * @param policyDocuments more policy documents as {@code policy}, each a managed policy of its own; the key is the end of its name,
 *     after the name of the role and a hyphen. Default none
 * @param inlinePolicies policy documents that are a part of the role itself, by name; default none. IAM takes 10,240 characters of
 *     them together
 * @param serviceAccounts other ServiceAccounts that get the same role, created or annotated like this one; default none
 * @param issuers issuers of other clusters whose pods of these ServiceAccounts may use the role, in IRSA mode: URLs, or ARNs of their
 *     providers in IAM, which the account has; default none
 * @param podIdentity what EKS Pod Identity does for it
 * @param serviceAccountSettings labels, annotations and pull secrets of its ServiceAccounts
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
        Optional<String> role,

        @Example("{maxSessionSeconds: 14400}") RoleSettings roleSettings,

        @Example("Reads reports") @Limit(pattern = IdentitySpec.DESCRIPTION)
        Optional<String> description,

        @Example("{write: policies/write.json}") @Limit(keys = IdentitySpec.POLICY_KEY)
        Map<String, InlinePolicy> policyDocuments,

        @Example("{read: policies/read.json}") @Limit(keys = RoleName.POLICY_PATTERN)
        Map<String, InlinePolicy> inlinePolicies,

        @Example("[shop/reports]") @Limit(unique = true) List<ServiceAccountName> serviceAccounts,

        @Example("[oidc.eks.eu-central-1.amazonaws.com/id/0A1B2C3D4E5F60718293A4B5C6D7E8F9]") @Limit(unique = true)
        List<OidcIssuer> issuers,

        @Example("{disableSessionTags: true}") PodIdentitySettings podIdentity,

        @Example("{imagePullSecrets: [registry]}") ServiceAccountSettings serviceAccountSettings)
        implements IdentitySpecBuilder.With {

    /** Who creates the ServiceAccount. */
    public enum Ownership {
        /** The platform. */
        CREATE,
        /** A chart, an operator or a person: it is annotated in place. */
        EXISTING
    }

    static final String ROLE = "^arn:aws[a-z-]*:iam::[0-9]{12}:role/([!-~]+/)*[A-Za-z0-9+=,.@_-]{1,64}$";
    static final Pattern ROLE_ARN = Pattern.compile(ROLE);

    /** What IAM takes in a description, but for line breaks. */
    private static final String DESCRIPTION = "^[ -~\\u00a1-\\u00ff]{1,1000}$";

    private static final Pattern DESCRIPTION_FORM = Pattern.compile(DESCRIPTION);
    private static final String POLICY_KEY = "^[A-Za-z0-9+=,.@_-]{1,63}$";
    private static final Pattern POLICY_KEY_FORM = Pattern.compile(POLICY_KEY);

    /** Checks names, and that an existing role has nothing that is for a new one. */
    public IdentitySpec {
        buckets = Components.map("buckets", buckets);
        policies = Components.list("policies", policies);
        unlisted = Components.list("unlisted", unlisted);
        clusters = Components.list("clusters", clusters);
        policyDocuments = Components.map("policyDocuments", policyDocuments);
        inlinePolicies = Components.map("inlinePolicies", inlinePolicies);
        serviceAccounts = Components.list("serviceAccounts", serviceAccounts);
        issuers = Components.list("issuers", issuers);
        Problems problems = new Problems();
        problems.once(PropertyPath.of("serviceAccounts"), serviceAccounts, "ServiceAccount");
        problems.once(PropertyPath.of("issuers"), issuers, "issuer");
        checkDocuments(description, policyDocuments, inlinePolicies, problems);
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
            Map<String, Boolean> ofNewRoles = new LinkedHashMap<>();
            ofNewRoles.put("roleSettings", !roleSettings.equals(RoleSettings.standard()));
            ofNewRoles.put("description", description.isPresent());
            ofNewRoles.put("policyDocuments", !policyDocuments.isEmpty());
            ofNewRoles.put("inlinePolicies", !inlinePolicies.isEmpty());
            ofNewRoles.put("issuers", !issuers.isEmpty());
            ofNewRoles.forEach((property, given) -> {
                if (given) {
                    problems.add(
                            PropertyPath.of(property),
                            "an existing role cannot be combined with " + property,
                            "remove it; it is set where the role is created");
                }
            });
        }
        problems.throwIfAny();
    }

    private static void checkDocuments(
            Optional<String> description,
            Map<String, InlinePolicy> policyDocuments,
            Map<String, InlinePolicy> inlinePolicies,
            Problems problems) {
        description
                .filter(text -> !TerraformTemplate.isOpen(text))
                .ifPresent(text -> problems.match(
                        "description",
                        text,
                        DESCRIPTION_FORM,
                        "a description that IAM takes",
                        "1 to 1,000 printable characters of Latin-1 in one line",
                        "shorten it, or replace other characters"));
        policyDocuments.forEach((name, document) -> {
            PropertyPath where = PropertyPath.of("policyDocuments", name);
            problems.match(
                    where,
                    name,
                    POLICY_KEY_FORM,
                    "the end of a policy's name",
                    "1 to 63 letters, digits and + = , . @ _ -",
                    "write it like write");
            document.policy()
                    .sizeProblem(PolicyUse.MANAGED)
                    .ifPresent(problem -> problems.add(problem.at(Place.of(where))));
        });
        inlinePolicies
                .keySet()
                .forEach(name -> problems.match(
                        PropertyPath.of("inlinePolicies", name),
                        name,
                        Pattern.compile(RoleName.POLICY_PATTERN),
                        "a policy's name",
                        "1 to 128 letters, digits and + = , . @ _ -",
                        "write it like read"));
        int length = inlinePolicies.values().stream()
                .mapToInt(document -> document.policy().toJson().length())
                .sum();
        if (length > PolicyUse.INLINE.limit()) {
            problems.add(
                    "inlinePolicies",
                    "inline policies of " + length + " characters together",
                    "at most " + PolicyUse.INLINE.limit() + " for one role (IAM)",
                    "move one to policyDocuments");
        }
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
        podIdentity.references().forEach(problem -> problems.add(problem.under(PropertyPath.of("podIdentity"))));
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
                Optional.empty(),
                RoleSettings.standard(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                PodIdentitySettings.standard(),
                ServiceAccountSettings.none());
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

    /**
     * The policy documents that it gives, each at its property.
     *
     * @return documents by property, in the order of the properties
     */
    @API(status = API.Status.INTERNAL)
    public Map<PropertyPath, InlinePolicy> documents() {
        Map<PropertyPath, InlinePolicy> documents = new LinkedHashMap<>();
        policy.ifPresent(document -> documents.put(PropertyPath.of("policy"), document));
        policyDocuments.forEach((name, document) -> documents.put(PropertyPath.of("policyDocuments", name), document));
        inlinePolicies.forEach((name, document) -> documents.put(PropertyPath.of("inlinePolicies", name), document));
        podIdentity
                .sessionPolicy()
                .ifPresent(document -> documents.put(PropertyPath.of("podIdentity", "sessionPolicy"), document));
        roleSettings
                .boundaryPolicy()
                .ifPresent(document -> documents.put(PropertyPath.of("roleSettings", "boundaryPolicy"), document));
        return documents;
    }

    /** Whether it gives its role any permission. */
    boolean hasPermissions() {
        return role.isPresent()
                || !policies.isEmpty()
                || !buckets.isEmpty()
                || policy.isPresent()
                || !policyDocuments.isEmpty()
                || !inlinePolicies.isEmpty()
                || podIdentity.targetRoleArn().isPresent();
    }

    /** The statements of its own: the document's and those for buckets, whose ARNs are in the partition. */
    List<Statement> ownStatements(String partition) {
        List<Statement> statements = new ArrayList<>();
        policy.ifPresent(document -> statements.addAll(document.policy().statements()));
        new TreeMap<>(buckets).forEach((bucket, access) -> statements.addAll(access.statements(partition, bucket)));
        podIdentity
                .targetRoleArn()
                .map(target -> (podIdentity.disableSessionTags()
                                ? Statement.allow("sts:AssumeRole")
                                : Statement.allow("sts:AssumeRole", "sts:TagSession"))
                        .on(target))
                .ifPresent(statements::add);
        return statements;
    }
}
