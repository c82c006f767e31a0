package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.document.Condition;
import dev.eksplatform.iam.document.Patterns;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.internal.logic.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Whether a statement is about a request.
 *
 * @param truth whether it is
 * @param doubts what is not known about it, empty unless {@code truth} is unknown
 */
record StatementMatch(Truth truth, List<String> doubts) {

    private static final Pattern SAVED_ACTION = Pattern.compile("[A-Za-z0-9-]+:.*");

    /** Without its principals. */
    static StatementMatch of(Statement statement, AccessRequest request, String version) {
        List<String> doubts = new ArrayList<>();
        Truth action = ofAction(statement, request);
        if (action == Truth.UNKNOWN) {
            doubts.add("whether its actions include " + request.action());
        }
        Truth resource = ofResource(statement, request, version);
        if (resource == Truth.UNKNOWN) {
            doubts.add("whether its resources include " + request.resource());
        }
        Truth truth = action.and(resource);
        ConditionEvaluation conditions = ConditionEvaluation.of(version, request.context());
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

    /** Whether a statement is about the action and the resource, whoever asks and whatever the context. */
    static Truth ofElements(Statement statement, AccessRequest request, String version) {
        return ofAction(statement, request).and(ofResource(statement, request, version));
    }

    private static Truth ofAction(Statement statement, AccessRequest request) {
        return elements(statement.actions(), value -> action(value, request.action()), value -> false);
    }

    private static Truth ofResource(Statement statement, AccessRequest request, String version) {
        Patterns resources = statement.resources();
        if (resources == null) {
            return Truth.TRUE;
        }
        Glob wanted = request.resources();
        return elements(resources, value -> resource(value, version, request).matches(wanted), value -> resource(
                        value, version, request)
                .isVoid());
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

    /**
     * Whether one of the patterns matches; with {@code except}, none. What matches nothing because of its variables is not
     * documented to be left out of a NotResource. Without a pattern, the plain element is about nothing.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html">Access
     *     Analyzer: empty array action, empty array resource</a>
     */
    private static Truth elements(Patterns patterns, Function<String, Truth> matches, Predicate<String> isVoid) {
        Truth any = Truth.any(patterns.values(), matches);
        if (!patterns.except()) {
            return any;
        }
        boolean documented =
                !patterns.values().isEmpty() && patterns.values().stream().noneMatch(isVoid);
        return documented || any == Truth.TRUE ? any.not() : Truth.UNKNOWN;
    }

    /**
     * Actions are compared without regard to case and have no variables. IAM does not save a wildcard in the service.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html">Action</a>
     */
    private static Truth action(String pattern, String action) {
        Truth matches = Glob.match(pattern, true, false, RequestContext.closed(), action, true);
        return pattern.equals("*") || SAVED_ACTION.matcher(pattern).matches() ? matches : matches.and(Truth.UNKNOWN);
    }

    private static ResourcePattern resource(String pattern, String version, AccessRequest request) {
        return ResourcePattern.of(pattern, version, request.context());
    }
}
