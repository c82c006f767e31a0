package dev.eksplatform.internal.release;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The access policies of EKS, from {@code access-policies.txt}.
 *
 * @param day the day on which the table was right
 * @param names all of them, sorted
 * @param ofServices those that AWS attaches to roles of its own services
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html">access policy
 *     permissions</a>
 */
public record AccessPolicies(LocalDate day, Set<String> names, Set<String> ofServices) {

    /** Read when it is first used. */
    private static final class Table {

        private static final AccessPolicies POLICIES = read();

        private static AccessPolicies read() {
            ReleaseTable table = ReleaseTable.read("access-policies.txt");
            Set<String> names = new LinkedHashSet<>();
            Set<String> ofServices = new LinkedHashSet<>();
            for (ReleaseTable.Entry entry : table.entries()) {
                names.add(entry.name());
                if (entry.words().contains("service")) {
                    ofServices.add(entry.name());
                }
            }
            return new AccessPolicies(table.day(), names, ofServices);
        }
    }

    /** The table of the program. */
    public static AccessPolicies get() {
        return Table.POLICIES;
    }

    /** Those that people and programs get, sorted. */
    public Set<String> forPrincipals() {
        Set<String> others = new LinkedHashSet<>(names);
        others.removeAll(ofServices);
        return others;
    }
}
