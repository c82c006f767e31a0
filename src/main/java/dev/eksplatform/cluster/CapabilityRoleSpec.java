package dev.eksplatform.cluster;

import dev.eksplatform.iam.catalogue.AwsManagedPolicies;
import dev.eksplatform.iam.document.InlinePolicy;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.release.AccessPolicies;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.Suggestion;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The role that an EKS capability takes. EKS gives it an access entry with what the capability itself needs in the cluster. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/capability-role.html">EKS capability IAM role</a>.
 *
 * @param arn the ARN of an existing role; default created. It must trust {@code capabilities.eks.amazonaws.com}
 * @param policies AWS managed policies by name, or managed policies by ARN, of a role that is created; default none
 * @param policy the policy document of a role that is created; default none
 * @param accessPolicies EKS access policies that the role has in the cluster in addition; default none
 * @param namespaces the namespaces to which {@code accessPolicies} are limited; default the whole cluster
 */
@RecordBuilder
public record CapabilityRoleSpec(
        @Example("arn:aws:iam::111122223333:role/capability") @Limit(pattern = RoleArn.PATTERN)
        Optional<String> arn,

        @Example("[AmazonS3FullAccess]") @Limit(pattern = CapabilityRoleSpec.POLICY, unique = true)
        List<String> policies,

        @Example("{Statement: [{Effect: Allow, Action: [\"s3:ListAllMyBuckets\"], Resource: [\"*\"]}]}")
        Optional<InlinePolicy> policy,

        @Example("[AmazonEKSAdminPolicy]") @Limit(unique = true)
        List<String> accessPolicies,

        @Example("[shop]") @Limit(pattern = DnsName.LABEL_PATTERN, unique = true)
        List<String> namespaces)
        implements CapabilityRoleSpecBuilder.With {

    private static final String POLICY =
            "^(arn:aws[a-z-]*:iam::(\\d{12}|aws):policy/)?([A-Za-z0-9+=,.@_-]+/)*[A-Za-z0-9+=,.@_-]+$";

    private static final Pattern POLICY_FORM = Pattern.compile(POLICY);

    /** Checks ARN, policies and namespaces. */
    public CapabilityRoleSpec {
        policies = Components.list("policies", policies);
        accessPolicies = Components.list("accessPolicies", accessPolicies);
        namespaces = Components.list("namespaces", namespaces);
        Problems problems = new Problems();
        arn.ifPresent(given -> RoleArn.check(PropertyPath.of("arn"), given, problems));
        if (arn.isPresent() && (!policies.isEmpty() || policy.isPresent())) {
            problems.add(
                    PropertyPath.of(policies.isEmpty() ? "policy" : "policies"),
                    "permissions of a role that exists",
                    "attach them to the role, or remove arn");
        }
        for (int i = 0; i < policies.size(); i++) {
            checkPolicy(PropertyPath.of("policies").index(i), policies.get(i), problems);
        }
        problems.once(PropertyPath.of("policies"), policies, "policy");
        AccessPolicies known = AccessPolicies.get();
        for (int i = 0; i < accessPolicies.size(); i++) {
            String name = accessPolicies.get(i);
            if (!known.names().contains(name)) {
                problems.add(
                        PropertyPath.of("accessPolicies").index(i),
                        "\"" + name + "\" is not an EKS access policy (" + known.day() + ")",
                        String.join(", ", known.forPrincipals()),
                        Suggestion.fix(name, known.names(), "choose one of them"));
            }
        }
        problems.once(PropertyPath.of("accessPolicies"), accessPolicies, "policy");
        for (int i = 0; i < namespaces.size(); i++) {
            DnsName.checkNamespace(PropertyPath.of("namespaces").index(i), namespaces.get(i), problems);
        }
        problems.once(PropertyPath.of("namespaces"), namespaces, "namespace");
        if (accessPolicies.isEmpty() && !namespaces.isEmpty()) {
            problems.add(
                    PropertyPath.of("namespaces"),
                    "namespaces without accessPolicies",
                    "add accessPolicies: [AmazonEKSAdminPolicy]");
        }
        problems.throwIfAny();
    }

    private static void checkPolicy(PropertyPath where, String policy, Problems problems) {
        if (TerraformTemplate.isOpen(policy)) {
            return;
        }
        if (!POLICY_FORM.matcher(policy).matches()) {
            problems.add(
                    where,
                    "\"" + policy + "\" is not a managed policy",
                    "the name of an AWS managed policy, or a policy's ARN",
                    "write it like AmazonS3ReadOnlyAccess or arn:aws:iam::111122223333:policy/reports");
        } else if (!policy.startsWith("arn:") && !AwsManagedPolicies.isKnown(policy)) {
            problems.add(
                    where,
                    "\"" + policy + "\" is not an AWS managed policy (" + AwsManagedPolicies.month() + ")",
                    "the names of the AWS Managed Policy Reference, with their paths; other policies by ARN",
                    AwsManagedPolicies.nearest(policy)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("use its ARN"));
        }
    }

    /**
     * A role without permissions in AWS.
     *
     * @return the defaults
     */
    @Defaults
    public static CapabilityRoleSpec created() {
        return new CapabilityRoleSpec(Optional.empty(), List.of(), Optional.empty(), List.of(), List.of());
    }
}
