package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.document.Condition;
import dev.eksplatform.iam.document.ConditionOperator;
import dev.eksplatform.iam.document.ConditionOperator.Comparison;
import dev.eksplatform.iam.document.ConditionOperator.SetQualifier;
import dev.eksplatform.iam.document.PolicyDocument;
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

    private ConditionEvaluation(boolean variables, RequestContext context) {
        this.comparing = new ValueComparison(variables, context);
        this.context = context;
    }

    /** For the conditions of a policy of a version. */
    static ConditionEvaluation of(String version, RequestContext context) {
        return new ConditionEvaluation(version.equals(PolicyDocument.CURRENT_VERSION), context);
    }

    Truth evaluate(Condition condition) {
        Optional<ConditionOperator> parsed = ConditionOperator.parse(condition.operator());
        if (parsed.isEmpty()) {
            return Truth.UNKNOWN;
        }
        ConditionOperator operator = parsed.get();
        if (condition.values().isEmpty()) {
            // IAM's grammar has one value or more, and what a statement does without any is not documented.
            return Truth.UNKNOWN;
        }
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

    /**
     * What the condition is when the request does not carry the key. {@code IfExists} says true and {@code ForAnyValue} says
     * false; of both together nothing is documented.
     */
    private static Truth missing(ConditionOperator operator) {
        if (operator.set() == SetQualifier.FOR_ANY_VALUE) {
            return operator.ifExists() ? Truth.UNKNOWN : Truth.FALSE;
        }
        return Truth.of(operator.ifExists()
                || operator.set() == SetQualifier.FOR_ALL_VALUES
                || operator.comparison().negated());
    }

    /**
     * What the condition is for the values of the request.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html">Single-valued
     *     and multivalued context keys: several values require a set operator</a>
     */
    private Truth present(ConditionOperator operator, List<String> policy, List<String> request) {
        boolean emptyText = request.stream().allMatch(String::isEmpty);
        return switch (operator.set()) {
            case FOR_ALL_VALUES ->
                emptyText ? Truth.TRUE : Truth.all(request, value -> one(operator.comparison(), policy, value));
            case FOR_ANY_VALUE ->
                emptyText ? missing(operator) : Truth.any(request, value -> one(operator.comparison(), policy, value));
            case NONE -> request.size() > 1 ? Truth.UNKNOWN : one(operator.comparison(), policy, request.get(0));
        };
    }

    private Truth one(Comparison comparison, List<String> policy, String request) {
        Truth any = Truth.any(policy, value -> comparing.matches(comparison, value, request));
        return comparison.negated() ? any.not() : any;
    }
}
