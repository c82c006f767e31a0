package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.document.Condition;
import dev.eksplatform.iam.document.Patterns;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.internal.logic.Truth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a statement is about a request.
 *
 * @param truth whether it is
 * @param doubts what is not known about it, empty unless {@code truth} is unknown
 */
record StatementMatch(Truth truth, List<String> doubts) {

    /** Without its principals. */
    static StatementMatch of(Statement statement, AccessRequest request, boolean variables) {
        Truth truth = Truth.TRUE;
        List<String> doubts = new ArrayList<>();
        Truth action = elements(statement.actions(), request.action(), true, variables, request.context());
        if (action == Truth.UNKNOWN) {
            doubts.add("whether its actions include " + request.action());
        }
        truth = truth.and(action);
        Patterns resources = statement.resources();
        if (resources != null) {
            Truth resource = elements(resources, request.resource(), false, variables, request.context());
            if (resource == Truth.UNKNOWN) {
                doubts.add("whether its resources include " + request.resource());
            }
            truth = truth.and(resource);
        }
        ConditionEvaluation conditions = new ConditionEvaluation(variables, request.context());
        for (Condition condition : statement.conditions()) {
            Truth holds = conditions.evaluate(condition);
            if (holds == Truth.UNKNOWN) {
                doubts.add("whether " + condition.operator() + " " + condition.key() + " "
                        + String.join(", ", condition.values()) + " holds");
            }
            truth = truth.and(holds);
        }
        return new StatementMatch(truth, truth == Truth.UNKNOWN ? doubts : List.of());
    }

    StatementMatch and(Truth other, String doubt) {
        Truth both = truth.and(other);
        List<String> all = new ArrayList<>();
        if (both == Truth.UNKNOWN) {
            if (other == Truth.UNKNOWN) {
                all.add(doubt);
            }
            all.addAll(doubts);
        }
        return new StatementMatch(both, all);
    }

    /** Whether policies of this version have variables. */
    static boolean hasVariables(@Nullable PolicyDocument policy) {
        return policy != null && policy.version().equals(PolicyDocument.CURRENT_VERSION);
    }

    private static Truth elements(
            Patterns patterns, String text, boolean action, boolean variables, RequestContext context) {
        Glob wanted = Glob.text(text);
        Truth any = Truth.any(patterns.values(), value -> {
            // IAM has variables in resources, not in actions.
            Glob pattern = Glob.pattern(value, true, variables && !action, context);
            return pattern.unresolved() && patterns.except() ? Truth.UNKNOWN : pattern.matches(wanted, action);
        });
        return patterns.except() ? any.not() : any;
    }
}
