package dev.eksplatform.cluster;

import dev.eksplatform.iam.catalogue.AwsManagedPolicies;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * More managed policies of a role of nodes or pods on Fargate: AWS's by name or ARN, the account's own by ARN.
 */
final class RolePolicies {

    static final String PATTERN =
            "^(arn:aws[a-z-]*:iam::(\\d{12}|aws):policy/)?([A-Za-z0-9+=,.@_-]+/)*[A-Za-z0-9+=,.@_-]+$";

    /**
     * The most managed policies of a role, unless the quota was raised. Source: <a
     * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM quotas</a>.
     */
    private static final int QUOTA = 10;

    private static final Pattern FORM = Pattern.compile(PATTERN);

    private RolePolicies() {}

    /**
     * Checks policies and a given role, at {@code policies} and {@code roleArn}.
     *
     * @param own the policies that the role has in any case
     * @param roleArn a role that exists
     */
    static void check(List<String> policies, List<String> own, Optional<String> roleArn, Problems problems) {
        PropertyPath property = PropertyPath.of("policies");
        if (roleArn.isPresent() && !policies.isEmpty()) {
            problems.add(
                    property,
                    "policies of a role that exists",
                    "policies, or roleArn",
                    "remove policies, and attach them where the role is created");
        }
        problems.once(property, policies, "policy");
        for (int i = 0; i < policies.size(); i++) {
            check(property.index(i), policies.get(i), own, problems);
        }
        if (policies.size() + own.size() > QUOTA) {
            problems.add(
                    property,
                    policies.size() + " policies, and " + own.size() + " that the role has anyway",
                    QUOTA + " managed policies of a role",
                    "combine some of them in a policy of your own");
        }
    }

    private static void check(PropertyPath where, String policy, List<String> own, Problems problems) {
        if (TerraformTemplate.isOpen(policy)) {
            return;
        }
        if (!FORM.matcher(policy).matches()) {
            problems.add(
                    where,
                    "\"" + policy + "\" is not a managed policy",
                    "the name of an AWS managed policy, or a policy's ARN",
                    "write it like AmazonSSMManagedInstanceCore or arn:aws:iam::111122223333:policy/nodes");
        } else if (own.contains(policy)) {
            problems.add(where, "the role has " + policy + " anyway", "remove it");
        } else if (!policy.startsWith("arn:") && !AwsManagedPolicies.isKnown(policy)) {
            String byArn = "write the ARN of a policy that this release does not know";
            problems.add(
                    where,
                    "\"" + policy + "\" is not an AWS managed policy (" + AwsManagedPolicies.month() + ")",
                    "the names of the AWS Managed Policy Reference, with their paths; other policies by ARN",
                    AwsManagedPolicies.nearest(policy)
                            .map(near -> "did you mean " + near + "? Or " + byArn)
                            .orElse(byArn));
        }
    }

    /** The policies that Terraform has yet to evaluate, which only programs can have. */
    static void open(List<String> policies, Problems problems) {
        for (int i = 0; i < policies.size(); i++) {
            if (TerraformTemplate.isOpen(policies.get(i))) {
                problems.add(
                        PropertyPath.of("policies").index(i),
                        "\"" + policies.get(i) + "\" is not a managed policy",
                        "write it like AmazonSSMManagedInstanceCore or arn:aws:iam::111122223333:policy/nodes");
            }
        }
    }
}
