package dev.eksplatform.iam.catalogue;

import dev.eksplatform.iam.TextTable;
import dev.eksplatform.problem.Suggestion;
import java.util.List;
import java.util.Optional;

/**
 * The names of AWS managed policies, from {@code managed-policies.txt}, which the program in {@code src/build/iam-tables}
 * prints. The names are those of the partition {@code aws}; nearly all of them exist in the other partitions.
 *
 * @see <a href="https://docs.aws.amazon.com/aws-managed-policy/latest/reference/">AWS Managed Policy Reference</a>
 */
public final class AwsManagedPolicies {

    private static final class Holder {
        static final String TEXT = TextTable.read("managed-policies.txt");
    }

    private AwsManagedPolicies() {}

    /**
     * Whether AWS has a managed policy.
     *
     * @param name its name with its path, such as {@code service-role/AmazonEBSCSIDriverPolicy}; case-sensitive
     * @return true when it was known in {@link #month()}
     */
    public static boolean isKnown(String name) {
        return Holder.TEXT.contains("\n" + name + "\n");
    }

    /**
     * The policy that was probably meant.
     *
     * @param name a name that is not known
     * @return the policy of the same name with another path, or of the nearest name, with its path
     */
    public static Optional<String> nearest(String name) {
        List<String> known =
                Holder.TEXT.lines().filter(line -> !line.startsWith("#")).toList();
        String last = last(name);
        return known.stream()
                .filter(one -> last(one).equalsIgnoreCase(last))
                .findFirst()
                .or(() -> Suggestion.nearest(
                                last,
                                known.stream().map(AwsManagedPolicies::last).toList())
                        .flatMap(near -> known.stream()
                                .filter(one -> last(one).equals(near))
                                .findFirst()));
    }

    /**
     * How old the names are.
     *
     * @return the month, such as {@code 2026-09}
     */
    public static String month() {
        return TextTable.month(Holder.TEXT);
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
