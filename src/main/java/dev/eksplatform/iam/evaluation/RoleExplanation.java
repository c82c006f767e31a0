package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.document.Effect;
import dev.eksplatform.iam.document.Permissions;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/**
 * A role in words: who may assume it, through what, and what it may do then.
 *
 * @param role the role's name
 * @param ways one for each statement of its trust policy
 * @param permissions one for each statement of its policies, and for each policy whose content is not known
 */
public record RoleExplanation(String role, List<Clause> ways, List<Clause> permissions) {

    /**
     * A statement in words.
     *
     * @param where the policy and the statement
     * @param what the permission, allowed or denied
     * @param conditions what must hold as well, each a clause
     */
    public record Clause(String where, String what, List<String> conditions) {

        /** Keeps a copy of the conditions. */
        public Clause {
            conditions = List.copyOf(conditions);
        }
    }

    /** Keeps copies. */
    public RoleExplanation {
        ways = List.copyOf(ways);
        permissions = List.copyOf(permissions);
    }

    /**
     * Explains a role.
     *
     * @param role its name
     * @param trust its trust policy
     * @param policies its policies, inline and attached
     * @return the explanation
     */
    public static RoleExplanation of(String role, PolicyDocument trust, List<AttachedPolicy> policies) {
        return new RoleExplanation(role, ways(trust), permissions(policies));
    }

    private static List<Clause> ways(PolicyDocument trust) {
        List<Clause> ways = new ArrayList<>();
        for (int i = 0; i < trust.statements().size(); i++) {
            Statement statement = trust.statements().get(i);
            ways.add(clause(
                    trust.nameOf(i),
                    who(statement) + " " + may(statement) + " assume it by " + Permissions.what(statement),
                    statement));
        }
        return ways;
    }

    private static List<Clause> permissions(List<AttachedPolicy> policies) {
        List<Clause> permissions = new ArrayList<>();
        for (AttachedPolicy policy : policies) {
            if (policy instanceof AttachedPolicy.Known known) {
                PolicyDocument document = known.document();
                for (int i = 0; i < document.statements().size(); i++) {
                    Statement statement = document.statements().get(i);
                    permissions.add(clause(
                            known.name() + ", " + document.nameOf(i),
                            may(statement) + " call " + Permissions.what(statement),
                            statement));
                }
            } else {
                permissions.add(new Clause(policy.name(), "its content is not known", List.of()));
            }
        }
        return permissions;
    }

    /**
     * Explains policies that limit a role, such as its permissions boundary.
     *
     * @param limits the policies
     * @return lines ending in line feeds; empty without any
     */
    @API(status = API.Status.INTERNAL)
    public static String limits(List<AttachedPolicy> limits) {
        StringBuilder out = new StringBuilder();
        if (!limits.isEmpty()) {
            section(out, "Only if this allows it, too", permissions(limits), "");
        }
        return out.toString();
    }

    /**
     * Explains what a role that is created elsewhere must have in its trust policy.
     *
     * @param trust a policy that is sufficient
     * @return lines ending in line feeds
     */
    @API(status = API.Status.INTERNAL)
    public static String mustTrust(PolicyDocument trust) {
        StringBuilder out = new StringBuilder();
        section(out, "Its trust policy must contain", ways(trust), "");
        return out.toString();
    }

    /** Lines ending in line feeds: who may assume the role, and what it may do. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("role ").append(role).append('\n');
        section(out, "Who may assume it", ways, "no one: the trust policy has no statement");
        section(out, "What it may do", permissions, "nothing: it has no policy");
        return out.toString();
    }

    private static void section(StringBuilder out, String title, List<Clause> clauses, String otherwise) {
        out.append('\n').append(title).append('\n');
        if (clauses.isEmpty()) {
            out.append("  ").append(otherwise).append('\n');
        }
        for (Clause clause : clauses) {
            out.append("  ").append(clause.where()).append(": ").append(clause.what());
            out.append(clause.conditions().isEmpty() ? "\n" : ", if\n");
            clause.conditions()
                    .forEach(condition -> out.append("    - ").append(condition).append('\n'));
        }
    }

    private static Clause clause(String where, String what, Statement statement) {
        return new Clause(
                where,
                what,
                statement.conditions().stream()
                        .map(condition -> condition.inWords(statement.principals()))
                        .toList());
    }

    private static String who(Statement statement) {
        return statement.principals() == null
                ? "no one"
                : statement.principals().toString();
    }

    private static String may(Statement statement) {
        return statement.effect() == Effect.ALLOW ? "may" : "must not";
    }
}
