package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.document.Condition;
import dev.eksplatform.iam.document.ConditionOperator;
import dev.eksplatform.iam.document.ConditionOperator.Comparison;
import dev.eksplatform.iam.document.Effect;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Principals;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.internal.logic.Truth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A trust policy as far as it is about one principal, to which requests are put. */
final class ProbedTrust {

    private final PolicyDocument policy;
    private final Caller caller;
    private final String action;

    /** Whether each statement is about the caller and the action, which no request changes. */
    private final List<Truth> about;

    private ProbedTrust(PolicyDocument policy, Caller caller, String action) {
        this.policy = policy;
        this.caller = caller;
        this.action = action;
        this.about = about();
    }

    /**
     * The statement, or when it does not allow the action, all that trust the principal; and whatever denies.
     *
     * @param statement the statement; {@code null} for all of them
     * @param free whether a request may carry a key with any value
     */
    ProbedTrust(
            PolicyDocument policy,
            @Nullable Statement statement,
            Caller caller,
            String action,
            Predicate<String> free) {
        this.caller = caller;
        this.action = action;
        List<Statement> kept = new ArrayList<>();
        boolean own = statement != null && allowsAction(policy, statement, caller, action);
        for (Statement each : policy.statements()) {
            if (own ? each == statement : each.effect() == Effect.ALLOW) {
                about(each, caller).ifPresent(about -> kept.add(without(about, free)));
            } else if (each.effect() == Effect.DENY
                    && each.conditions().stream().noneMatch(condition -> free.test(condition.key()))) {
                about(each, caller).ifPresent(kept::add);
            }
        }
        this.policy = new PolicyDocument(policy.version(), null, kept);
        this.about = about();
    }

    private List<Truth> about() {
        AccessRequest request = new AccessRequest(action, "*", RequestContext.closed());
        return policy.statements().stream()
                .map(statement -> StatementMatch.ofElements(statement, request, policy.version())
                        .and(caller.isAmong(Objects.requireNonNull(statement.principals()))))
                .toList();
    }

    static boolean startsWith(String key, List<String> prefixes) {
        String lower = key.toLowerCase(Locale.ROOT);
        return prefixes.stream().anyMatch(lower::startsWith);
    }

    private static boolean allowsAction(PolicyDocument policy, Statement statement, Caller caller, String action) {
        Statement unconditional = new Statement(null, Effect.ALLOW, only(caller), statement.actions(), null, List.of());
        ProbedTrust trust =
                new ProbedTrust(new PolicyDocument(policy.version(), null, List.of(unconditional)), caller, action);
        return trust.allows(Map.of()) != Truth.FALSE;
    }

    private static Principals only(Caller caller) {
        return Principals.of(caller.kind(), caller.name());
    }

    /** The statement with the caller as its principal, if it may be one. */
    private static Optional<Statement> about(Statement statement, Caller caller) {
        Principals principals = statement.principals();
        boolean everybody = principals != null
                && !principals.except()
                && statement.effect() == Effect.DENY
                && principals.each().contains(Map.entry("AWS", "*"));
        if (principals == null || (!everybody && caller.isAmong(principals) == Truth.FALSE)) {
            return Optional.empty();
        }
        return Optional.of(with(
                statement,
                everybody || caller.isAmong(principals) == Truth.TRUE ? only(caller) : principals,
                statement.conditions()));
    }

    private static Statement with(Statement statement, Principals principals, List<Condition> conditions) {
        return new Statement(
                statement.sid(),
                statement.effect(),
                principals,
                statement.actions(),
                statement.resources(),
                conditions);
    }

    private static Statement without(Statement statement, Predicate<String> free) {
        return with(
                statement,
                Objects.requireNonNull(statement.principals()),
                statement.conditions().stream()
                        .filter(condition -> !free.test(condition.key()))
                        .toList());
    }

    /** The same about other conditions. */
    ProbedTrust map(UnaryOperator<Condition> change) {
        return new ProbedTrust(
                new PolicyDocument(
                        policy.version(),
                        null,
                        policy.statements().stream()
                                .map(statement -> with(
                                        statement,
                                        Objects.requireNonNull(statement.principals()),
                                        statement.conditions().stream()
                                                .map(change)
                                                .toList()))
                                .toList()),
                caller,
                action);
    }

    /**
     * For strangers: what Terraform has yet to fill in is an ordinary text where values are compared as a whole, because no
     * stranger has it, whatever it is; and the operators of ARNs are those of texts, because AWS does not say how they compare
     * what is no ARN.
     */
    ProbedTrust closed() {
        return map(condition -> ConditionOperator.parse(condition.operator())
                .map(operator -> closed(operator, condition))
                .orElse(condition));
    }

    private static Condition closed(ConditionOperator operator, Condition condition) {
        return switch (operator.comparison()) {
            case STRING_EQUALS, STRING_EQUALS_IGNORE_CASE, STRING_NOT_EQUALS, STRING_NOT_EQUALS_IGNORE_CASE ->
                new Condition(
                        condition.operator(),
                        condition.key(),
                        condition.values().stream().map(ProbedTrust::closed).toList());
            case ARN_LIKE, ARN_EQUALS -> with(operator, Comparison.STRING_LIKE, condition);
            case ARN_NOT_LIKE, ARN_NOT_EQUALS -> with(operator, Comparison.STRING_NOT_LIKE, condition);
            default -> condition;
        };
    }

    private static Condition with(ConditionOperator operator, Comparison comparison, Condition condition) {
        String name = new ConditionOperator(operator.set(), comparison, operator.ifExists()).toString();
        return new Condition(name, condition.key(), condition.values());
    }

    private static String closed(String value) {
        return TerraformTemplate.parts(value).stream()
                .map(part -> part.expression() ? "…" : part.text())
                .collect(Collectors.joining());
    }

    /** The conditions of the statements that allow. */
    List<Condition> conditions() {
        return policy.statements().stream()
                .filter(statement -> statement.effect() == Effect.ALLOW)
                .flatMap(statement -> statement.conditions().stream())
                .toList();
    }

    /** Whether a request with these context keys and no others is allowed; a key without a value is missing. */
    Truth allows(Map<String, Optional<String>> keys) {
        RequestContext context = RequestContext.closed();
        for (Map.Entry<String, Optional<String>> key : keys.entrySet()) {
            context = key.getValue().isPresent()
                    ? context.with(key.getKey(), key.getValue().get())
                    : context.with(key.getKey());
        }
        ConditionEvaluation conditions = ConditionEvaluation.of(policy.version(), context);
        Truth allowed = Truth.FALSE;
        Truth denied = Truth.FALSE;
        for (int i = 0; i < about.size(); i++) {
            Statement statement = policy.statements().get(i);
            Truth matches = about.get(i).and(Truth.all(statement.conditions(), conditions::evaluate));
            if (statement.effect() == Effect.DENY) {
                denied = denied.or(matches);
            } else {
                allowed = allowed.or(matches);
            }
        }
        return allowed.and(denied.not());
    }

    /** The values of a key that the statements name, wildcards filled in with each of some texts. */
    Set<String> named(String key, List<String> fillers) {
        Set<String> values = new LinkedHashSet<>();
        for (Statement statement : policy.statements()) {
            for (Condition condition : statement.conditions()) {
                if (condition.key().equalsIgnoreCase(key)) {
                    ConditionOperator.parse(condition.operator()).ifPresent(operator -> condition
                            .values()
                            .forEach(value -> add(values, operator.comparison(), value, fillers)));
                }
            }
        }
        return values;
    }

    private static void add(Set<String> values, Comparison comparison, String value, List<String> fillers) {
        switch (comparison) {
            case STRING_LIKE, STRING_NOT_LIKE, ARN_LIKE, ARN_EQUALS, ARN_NOT_LIKE, ARN_NOT_EQUALS ->
                fillers.forEach(filler -> values.add(filled(value, filler)));
            case STRING_EQUALS_IGNORE_CASE, STRING_NOT_EQUALS_IGNORE_CASE -> values.add(value.toLowerCase(Locale.ROOT));
            default -> values.add(value);
        }
    }

    /** A text that a pattern matches: its first wildcard filled in with a text, the others with letters. */
    static String filled(String pattern, String filler) {
        boolean[] first = {true};
        return TerraformTemplate.parts(pattern).stream()
                .map(part -> part.expression() ? part.text() : filled(part.text(), filler, first))
                .collect(Collectors.joining());
    }

    private static String filled(String pattern, String filler, boolean[] first) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*') {
                text.append(first[0] ? filler : "any");
                first[0] = false;
            } else {
                text.append(c == '?' ? 'x' : c);
            }
        }
        return text.toString();
    }

    static boolean isPattern(String value) {
        return TerraformTemplate.parts(value).stream()
                .anyMatch(part -> !part.expression()
                        && (part.text().contains("*") || part.text().contains("?")));
    }
}
