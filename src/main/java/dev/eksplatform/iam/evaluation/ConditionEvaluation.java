package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.document.Condition;
import dev.eksplatform.iam.document.ConditionOperator;
import dev.eksplatform.iam.document.ConditionOperator.Comparison;
import dev.eksplatform.iam.document.ConditionOperator.SetQualifier;
import dev.eksplatform.iam.evaluation.RequestContext.Value;
import dev.eksplatform.internal.logic.Truth;
import java.util.List;
import java.util.Optional;

/**
 * Evaluates one condition of a statement.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html">Conditions
 *     with multiple context keys or values</a>
 */
final class ConditionEvaluation {

    private final ValueComparison comparing;
    private final RequestContext context;

    ConditionEvaluation(boolean variables, RequestContext context) {
        this.comparing = new ValueComparison(variables, context);
        this.context = context;
    }

    Truth evaluate(Condition condition) {
        Optional<ConditionOperator> parsed = ConditionOperator.parse(condition.operator());
        if (parsed.isEmpty()) {
            return Truth.UNKNOWN;
        }
        ConditionOperator operator = parsed.get();
        Value value = context.value(condition.key());
        if (operator.comparison() == Comparison.NULL) {
            return Truth.any(condition.values(), wanted -> isNull(wanted, value));
        }
        if (value instanceof Value.Present present) {
            return present(operator, condition.values(), present.values());
        }
        Truth missing = missing(operator);
        if (value == Value.Missing.MISSING || matchesAnything(operator, condition.values())) {
            return missing;
        }
        return Truth.UNKNOWN;
    }

    /** Whether neither a missing key nor any value can make the condition false: {@code StringLikeIfExists *}. */
    private static boolean matchesAnything(ConditionOperator operator, List<String> values) {
        return missing(operator) == Truth.TRUE
                && operator.comparison() == Comparison.STRING_LIKE
                && values.contains("*");
    }

    private static Truth isNull(String wanted, Value value) {
        boolean emptyText = value instanceof Value.Present present
                && present.values().stream().allMatch(String::isEmpty);
        if (value == Value.Unknown.UNKNOWN || emptyText) {
            return Truth.UNKNOWN;
        }
        return switch (wanted) {
            case "true" -> Truth.of(value == Value.Missing.MISSING);
            case "false" -> Truth.of(value != Value.Missing.MISSING);
            default -> Truth.UNKNOWN;
        };
    }

    /** What the condition is when the request does not carry the key. */
    private static Truth missing(ConditionOperator operator) {
        if (operator.ifExists() || operator.set() == SetQualifier.FOR_ALL_VALUES) {
            return Truth.TRUE;
        }
        return Truth.of(
                operator.set() == SetQualifier.NONE && operator.comparison().negated());
    }

    private Truth present(ConditionOperator operator, List<String> policy, List<String> request) {
        boolean emptyText = request.stream().allMatch(String::isEmpty);
        return switch (operator.set()) {
            case FOR_ALL_VALUES ->
                emptyText ? Truth.TRUE : Truth.all(request, value -> one(operator.comparison(), policy, value));
            case FOR_ANY_VALUE ->
                emptyText ? Truth.FALSE : Truth.any(request, value -> one(operator.comparison(), policy, value));
            case NONE -> {
                // AWS wants a set qualifier for several values and does not say what happens without.
                Truth all = Truth.all(request, value -> one(operator.comparison(), policy, value));
                Truth any = Truth.any(request, value -> one(operator.comparison(), policy, value));
                yield all == any ? all : Truth.UNKNOWN;
            }
        };
    }

    private Truth one(Comparison comparison, List<String> policy, String request) {
        Truth any = Truth.any(policy, value -> comparing.matches(comparison, value, request));
        return comparison.negated() ? any.not() : any;
    }
}
