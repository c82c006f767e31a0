package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.document.Effect;
import dev.eksplatform.iam.document.Patterns;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Principals;
import dev.eksplatform.iam.document.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A role in words: who may assume it, through what, and what it may do then.
 *
 * @param role the role's name
 * @param ways one for each statement of its trust policy
 * @param permissions one for each statement of its policies, and for each policy whose content is not known
 * @param answers the questions asked, with their decisions
 */
public record RoleExplanation(String role, List<Clause> ways, List<Clause> permissions, List<Answer> answers) {

    /**
     * A statement in words.
     *
     * @param where the policy and the statement
     * @param what who may do what, or must not
     * @param conditions what must hold besides, each a sentence without a full stop
     */
    public record Clause(String where, String what, List<String> conditions) {

        /** Keeps a copy of the conditions. */
        public Clause {
            conditions = List.copyOf(conditions);
        }
    }

    /**
     * A question and its decision.
     *
     * @param question such as {@code s3:ListAllMyBuckets on *}
     * @param decision the decision
     */
    public record Answer(String question, AccessDecision decision) {}

    /** Keeps copies. */
    public RoleExplanation {
        ways = List.copyOf(ways);
        permissions = List.copyOf(permissions);
        answers = List.copyOf(answers);
    }

    /**
     * Explains a role.
     *
     * @param role its name
     * @param trust its trust policy
     * @param policies its policies, inline and attached
     * @param questions requests to decide besides
     * @return the explanation
     */
    public static RoleExplanation of(
            String role, PolicyDocument trust, List<AttachedPolicy> policies, List<AccessRequest> questions) {
        List<Clause> ways = new ArrayList<>();
        for (int i = 0; i < trust.statements().size(); i++) {
            Statement statement = trust.statements().get(i);
            ways.add(clause(trust.nameOf(i), statement, who(statement) + must(statement) + "assume it by "));
        }
        List<Clause> permissions = new ArrayList<>();
        for (AttachedPolicy policy : policies) {
            if (policy instanceof AttachedPolicy.Known known) {
                for (int i = 0; i < known.document().statements().size(); i++) {
                    Statement statement = known.document().statements().get(i);
                    permissions.add(clause(
                            known.name() + ", " + known.document().nameOf(i),
                            statement,
                            must(statement).stripLeading()));
                }
            } else {
                permissions.add(new Clause(policy.name(), "its content is not known", List.of()));
            }
        }
        List<Answer> answers = questions.stream()
                .map(question -> new Answer(question.toString(), AccessEvaluation.decide(question, policies)))
                .toList();
        return new RoleExplanation(role, ways, permissions, answers);
    }

    /**
     * The explanation as text, with what the answers are about.
     *
     * @return lines ending in line feeds
     */
    public String text() {
        return body() + "\n" + AccessEvaluation.SCOPE + "\n";
    }

    /**
     * The explanation as text, to be put among others.
     *
     * @return lines ending in line feeds
     */
    public String body() {
        StringBuilder out = new StringBuilder("role ").append(role).append('\n');
        section(out, "Who may assume it", ways, "nobody: the trust policy has no statement");
        section(out, "What it may do", permissions, "nothing: it has no policy");
        if (!answers.isEmpty()) {
            out.append("\nQuestions\n");
            for (Answer answer : answers) {
                AccessDecision decision = answer.decision();
                out.append("  ").append(answer.question()).append(": ");
                out.append(decision.verdict().text()).append('\n');
                out.append("    ").append(decision.because()).append('\n');
                decision.doubts()
                        .forEach(doubt ->
                                out.append("    not known: ").append(doubt).append('\n'));
            }
        }
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

    private static Clause clause(String where, Statement statement, String start) {
        String what = start + patterns(statement.actions(), "everything", "all actions");
        if (statement.resources() != null) {
            what += " on " + patterns(statement.resources(), "everything", "everything");
        }
        return new Clause(
                where,
                what,
                statement.conditions().stream().map(ConditionText::of).toList());
    }

    private static String must(Statement statement) {
        return statement.effect() == Effect.ALLOW ? " may " : " must not ";
    }

    private static String who(Statement statement) {
        @Nullable Principals principals = statement.principals();
        if (principals == null) {
            return "nobody is named who";
        }
        String named = principals.each().stream()
                .map(each -> each.getValue().equals("*")
                        ? "everyone"
                        : new Caller(each.getKey(), each.getValue()).toString())
                .collect(Collectors.joining(", "));
        return principals.except() ? "everyone but " + named : named;
    }

    private static String patterns(Patterns patterns, String all, String rest) {
        String values = String.join(", ", patterns.values());
        if (patterns.except()) {
            return rest + " but " + values;
        }
        return values.equals("*") ? all : values;
    }
}
