package dev.eksplatform.cluster;

import dev.eksplatform.iam.RoleName;
import dev.eksplatform.iam.catalogue.AwsManagedPolicies;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A role that is created for the control plane.
 *
 * @param name the name of the role; default the name of the cluster and {@code -cluster}. EKS does not change the role of a
 *     cluster: a change replaces the cluster
 * @param policies managed policies beside {@code AmazonEKSClusterPolicy}, by name or ARN; default none
 */
@RecordBuilder
public record CreatedRoleSpec(
        @Example("shop-control-plane") Optional<RoleName> name,

        @Example("[AmazonEKSVPCResourceController]")
        @Limit(pattern = CreatedRoleSpec.POLICY, maxItems = CreatedRoleSpec.MOST_POLICIES, unique = true)
        List<String> policies)
        implements ClusterRoleSpec, CreatedRoleSpecBuilder.With {

    private static final String POLICY =
            "^(arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/)?([A-Za-z0-9+=,.@_-]+/)*[A-Za-z0-9+=,.@_-]+$";
    private static final Pattern POLICY_FORM = Pattern.compile(POLICY);

    /**
     * IAM attaches ten managed policies to a role by default; the platform needs up to two itself. Source: <a
     * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM quotas</a>.
     */
    private static final int MOST_POLICIES = 8;

    /** Checks that the policies exist, as far as their names are known. */
    public CreatedRoleSpec {
        policies = Components.list("policies", policies);
        Problems problems = new Problems();
        if (policies.size() > MOST_POLICIES) {
            problems.add(
                    "policies",
                    policies.size() + " policies",
                    "at most " + MOST_POLICIES + ": IAM attaches 10 to a role, and the platform adds up to 2",
                    "join some in a policy of your own");
        }
        for (int i = 0; i < policies.size(); i++) {
            String policy = policies.get(i);
            PropertyPath where = PropertyPath.of("policies").index(i);
            if (!POLICY_FORM.matcher(policy).matches()) {
                problems.add(
                        where,
                        "\"" + policy + "\" is not a managed policy",
                        "the name of an AWS managed policy, or a policy's ARN",
                        "write it like AmazonEKSVPCResourceController or arn:aws:iam::111122223333:policy/audit");
            } else if (!policy.startsWith("arn:") && !AwsManagedPolicies.isKnown(policy)) {
                problems.add(
                        where,
                        "\"" + policy + "\" is not an AWS managed policy (" + AwsManagedPolicies.month() + ")",
                        "the names of the AWS Managed Policy Reference, with their paths; other policies by ARN",
                        AwsManagedPolicies.nearest(policy)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("write the policy's ARN"));
            }
        }
        problems.once(PropertyPath.of("policies"), policies, "policy");
        problems.throwIfAny();
    }

    /**
     * A role with the defaults.
     *
     * @return the spec
     */
    @Defaults
    public static CreatedRoleSpec standard() {
        return new CreatedRoleSpec(Optional.empty(), List.of());
    }
}
