package dev.eksplatform.iam.document;

import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules for the use of a policy, beyond its grammar. */
final class PolicyCheck {

    private PolicyCheck() {}

    static List<Problem> check(PolicyDocument policy, PolicyUse use) {
        List<Problem> problems = new ArrayList<>();
        size(policy, use).ifPresent(problems::add);
        policy.repeatedSids().stream()
                .sorted()
                .forEach(sid -> problems.add(new Problem(
                        Place.of(PropertyPath.of("Statement")), "duplicate Sid \"" + sid + "\"", "rename one")));
        for (int i = 0; i < policy.statements().size(); i++) {
            statement(
                    policy.statements().get(i),
                    use,
                    PropertyPath.of("Statement").index(i),
                    problems);
        }
        return problems;
    }

    static Optional<Problem> size(PolicyDocument policy, PolicyUse use) {
        int size = policy.size();
        return size <= use.limit()
                ? Optional.empty()
                : Optional.of(new Problem(
                        String.format(Locale.ROOT, "the %s has %,d characters without white space", use.text(), size),
                        String.format(Locale.ROOT, "at most %,d", use.limit()),
                        use.fixForSize()));
    }

    private static void statement(Statement statement, PolicyUse use, PropertyPath where, List<Problem> problems) {
        if (statement.sid() != null && !statement.sid().matches("[A-Za-z0-9]*")) {
            problems.add(new Problem(
                    Place.of(where.key("Sid")),
                    "the Sid \"" + statement.sid() + "\"",
                    "letters and digits",
                    "use \"" + statement.sid().replaceAll("[^A-Za-z0-9]", "") + "\""));
        }
        if (use == PolicyUse.TRUST) {
            trusted(statement.principals(), where, problems);
            if (statement.principals() == null) {
                problems.add(new Problem(
                        Place.of(where), "no Principal in a trust policy", "add a Principal: who may assume the role"));
            }
            if (statement.resources() != null) {
                problems.add(new Problem(
                        Place.of(where.key("Resource")),
                        "a Resource in a trust policy: the role itself is the resource",
                        "remove it"));
            }
        } else {
            if (statement.principals() != null) {
                problems.add(new Problem(
                        Place.of(where.key("Principal")),
                        "a Principal in a policy of an identity, which is the principal itself",
                        "remove it, or use the document as a trust policy"));
            }
            if (statement.resources() == null) {
                problems.add(new Problem(Place.of(where), "no Resource", "add a Resource: ARNs or \"*\""));
            }
        }
    }

    /**
     * Source: <a
     * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html">Role trust policy
     * syntax error notprincipal; Unsupported wildcard in principal</a>.
     */
    private static void trusted(@Nullable Principals principals, PropertyPath where, List<Problem> problems) {
        if (principals == null) {
            return;
        }
        if (principals.except()) {
            problems.add(new Problem(
                    Place.of(where.key("NotPrincipal")),
                    "a NotPrincipal in a trust policy, which IAM refuses",
                    "name those who may assume the role under Principal"));
        }
        principals.byKind().forEach((kind, names) -> {
            if (!kind.equals("AWS") && names.stream().anyMatch(name -> name.contains("*"))) {
                problems.add(new Problem(
                        Place.of(where.key("Principal").key(kind)),
                        "a wildcard in " + kind,
                        "the wildcard * under AWS only, as the whole value",
                        "name each principal"));
            }
        });
    }
}
