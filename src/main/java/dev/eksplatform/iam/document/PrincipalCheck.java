package dev.eksplatform.iam.document;

import dev.eksplatform.iam.Partition;
import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.util.Arrays;
import java.util.List;

/**
 * Checks who a statement of a trust policy is about.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html">Principal</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html">Role trust policy
 *     syntax error notprincipal; Unsupported wildcard in principal; Invalid partition</a>
 */
final class PrincipalCheck {

    private static final List<String> PARTITIONS =
            Arrays.stream(Partition.values()).map(Partition::id).toList();

    private final Problems errors;

    PrincipalCheck(Problems errors) {
        this.errors = errors;
    }

    void check(LocatedJson.Obj statement) {
        if (statement.get("NotPrincipal") != null) {
            errors.add(
                    statement.keyAt("NotPrincipal"),
                    "a NotPrincipal in a trust policy, which IAM refuses",
                    "name those who may assume the role under Principal");
        } else if (!PolicyReader.isMeant(statement, "Principal")) {
            errors.add(statement.place(), "no Principal in a trust policy", "add a Principal: who may assume the role");
        }
        if (statement.get("Principal") instanceof LocatedJson.Obj kinds) {
            kinds.members().forEach(this::kind);
        }
    }

    private void kind(String kind, LocatedJson names) {
        List<LocatedJson> all = names instanceof LocatedJson.Arr array ? array.items() : List.of(names);
        if (all.isEmpty()) {
            errors.add(names.place(), kind + " is empty", "name a principal, or remove " + kind);
        }
        for (LocatedJson one : all) {
            if (one instanceof LocatedJson.Text name && !TerraformTemplate.isOpen(name.value())) {
                name(kind, name);
            }
        }
    }

    private void name(String kind, LocatedJson.Text name) {
        String[] field = name.value().split(":", 3);
        if (!kind.equals("AWS") && name.value().matches(".*[*?].*")) {
            errors.add(
                    name.place(),
                    "a wildcard in " + kind,
                    "the wildcard * under AWS only, as the whole value",
                    "name each principal");
        } else if (field.length == 3 && field[0].equals("arn") && !PARTITIONS.contains(field[1])) {
            errors.add(
                    name.place(),
                    "\"" + field[1] + "\" in \"" + name.value() + "\" is not a partition",
                    String.join(", ", PARTITIONS),
                    Suggestion.fix(field[1], PARTITIONS, "use aws for the commercial regions"));
        }
    }
}
