package dev.eksplatform.identity;

import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.catalogue.AwsManagedPolicies;
import dev.eksplatform.iam.document.PolicyFindings;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Checks that an identity's managed policies exist, as far as that can be known: AWS's by their names, the account's own by
 * the partition and account in their ARNs.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html">Managed policies:
 *     a customer managed policy is attached in its own account only</a>
 */
@API(status = API.Status.INTERNAL)
public final class ManagedPolicyCheck {

    private static final String AWS = "aws";

    private final IdentitySpec spec;
    private final @Nullable Partition partition;
    private final @Nullable AccountId account;
    private final Problems errors = new Problems();
    private final Problems warnings = new Problems();

    private ManagedPolicyCheck(IdentitySpec spec, @Nullable Partition partition, @Nullable AccountId account) {
        this.spec = spec;
        this.partition = partition;
        this.account = account;
    }

    /**
     * Checks an identity's managed policies.
     *
     * @param spec the identity
     * @param partition the partition of its role, {@code null} when it is not known
     * @param account the account of its role, {@code null} when it is not known
     * @return what is wrong, each at its property
     */
    public static PolicyFindings findings(
            IdentitySpec spec, @Nullable Partition partition, @Nullable AccountId account) {
        ManagedPolicyCheck check = new ManagedPolicyCheck(spec, partition, account);
        for (int i = 0; i < spec.policies().size(); i++) {
            check.check(
                    PropertyPath.of("policies").index(i), spec.policies().get(i).reference());
        }
        spec.roleSettings()
                .permissionsBoundary()
                .ifPresent(boundary ->
                        check.check(PropertyPath.of("roleSettings", "permissionsBoundary"), boundary.reference()));
        return new PolicyFindings(check.errors.found(), check.warnings.found());
    }

    private void check(PropertyPath where, String reference) {
        if (!reference.startsWith("arn:")) {
            if (!isKnown(reference)) {
                unknown(where, reference, reference, errors);
            }
            return;
        }
        String[] field = reference.split(":", 6);
        String name = field[5].substring("policy/".length());
        Optional<Problem> foreign = partition == null ? Optional.empty() : partition.problemWith(reference);
        if (foreign.isPresent()) {
            errors.add(foreign.get().at(Place.of(where)));
        } else if (field[4].equals(AWS)) {
            if (!isKnown(name) && !spec.unlisted().contains(reference)) {
                boolean near = AwsManagedPolicies.nearest(name).isPresent();
                unknown(where, reference, name, near ? errors : warnings);
            }
        } else if (account != null && !field[4].equals(account.digits())) {
            errors.add(
                    where,
                    "\"" + reference + "\" is a policy of another account than " + account.digits(),
                    isBoundary(where)
                            ? "name a policy of " + account.digits()
                            : "create the policy in " + account.digits() + ", or write its document under policy");
        }
    }

    private static boolean isBoundary(PropertyPath where) {
        return where.toString().endsWith("permissionsBoundary");
    }

    private boolean isKnown(String name) {
        return AwsManagedPolicies.isKnown(name) || spec.unlisted().contains(name);
    }

    private static void unknown(PropertyPath where, String reference, String name, Problems problems) {
        Optional<String> near = AwsManagedPolicies.nearest(name);
        String prefix = reference.substring(0, reference.length() - name.length());
        problems.add(
                where,
                "\"" + reference + "\" is not an AWS managed policy (" + AwsManagedPolicies.month() + ")",
                "the names of the AWS Managed Policy Reference, with their paths; other policies by ARN",
                isBoundary(where)
                        ? near.map(one -> "did you mean " + prefix + one + "?").orElse("write the ARN of a policy")
                        : near.map(one -> "did you mean " + prefix + one + "? If AWS has added it since, ")
                                        .orElse("if AWS has added it since, ")
                                + "add unlisted: [\"" + reference + "\"] to the identity");
    }
}
