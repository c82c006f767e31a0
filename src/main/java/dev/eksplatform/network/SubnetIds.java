package dev.eksplatform.network;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/** Checks the form of subnet ids, and that there are no duplicates. */
@API(status = API.Status.INTERNAL)
public final class SubnetIds {

    /** The form of a subnet's id. */
    public static final String PATTERN = "^subnet-[0-9a-f]{8,17}$";

    private static final Pattern FORM = Pattern.compile(PATTERN);

    private final Set<String> seen = new HashSet<>();
    private final Problems problems;

    /**
     * Checks lists of ids that have no id in common.
     *
     * @param problems collects what is wrong
     */
    public SubnetIds(Problems problems) {
        this.problems = problems;
    }

    /**
     * Checks one list.
     *
     * @param property the property that holds the list
     * @param ids the ids
     */
    public void check(PropertyPath property, List<String> ids) {
        for (int i = 0; i < ids.size(); i++) {
            check(property.index(i), ids.get(i));
        }
    }

    /**
     * Checks one id.
     *
     * @param where the property that holds it
     * @param id the id
     */
    void check(PropertyPath where, String id) {
        if (!FORM.matcher(id).matches()) {
            problems.add(
                    where,
                    "\"" + id + "\" is not a subnet id",
                    "subnet- and 8 to 17 hex digits",
                    "copy it from `aws ec2 describe-subnets`");
        } else if (!seen.add(id)) {
            problems.add(where, "duplicate subnet " + id, "remove one of them");
        }
    }
}
