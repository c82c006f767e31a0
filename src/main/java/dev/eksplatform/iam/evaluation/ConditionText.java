package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.PodIdentityTag;
import dev.eksplatform.iam.document.Condition;
import dev.eksplatform.iam.document.ConditionOperator;
import dev.eksplatform.iam.document.ConditionOperator.Comparison;
import dev.eksplatform.iam.document.ConditionOperator.SetQualifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says a condition in plain words. */
final class ConditionText {

    private static final String SUBJECT = "system:serviceaccount:";

    private static final Map<PodIdentityTag, String> TAGS = Map.of(
            PodIdentityTag.CLUSTER_ARN, "the ARN of the pod's cluster",
            PodIdentityTag.CLUSTER_NAME, "the pod's cluster",
            PodIdentityTag.NAMESPACE, "the pod's namespace",
            PodIdentityTag.SERVICE_ACCOUNT, "the pod's ServiceAccount",
            PodIdentityTag.POD_NAME, "the pod's name",
            PodIdentityTag.POD_UID, "the pod's UID");

    private ConditionText() {}

    static String of(Condition condition) {
        Optional<ConditionOperator> parsed = ConditionOperator.parse(condition.operator());
        if (parsed.isEmpty()) {
            return condition.operator() + " " + condition.key() + " " + String.join(", ", condition.values());
        }
        ConditionOperator operator = parsed.get();
        if (operator.comparison() == Comparison.NULL) {
            return key(condition.key()) + (condition.values().contains("true") ? " is missing" : " is present");
        }
        String key = condition.key();
        boolean plain = operator.set() == SetQualifier.NONE && !operator.ifExists();
        if (plain && operator.comparison() == Comparison.STRING_EQUALS && key.endsWith(":sub") && named(condition)) {
            return "the token belongs to the ServiceAccount "
                    + alternatives(condition.values().stream()
                            .map(value -> value.substring(SUBJECT.length()).replace(':', '/'))
                            .toList());
        }
        String text =
                switch (operator.set()) {
                    case NONE -> key(key) + " ";
                    case FOR_ALL_VALUES -> "every value of " + key(key) + " ";
                    case FOR_ANY_VALUE -> "at least one value of " + key(key) + " ";
                };
        text += verb(operator.comparison()) + " " + alternatives(condition.values());
        if (operator.ifExists() || operator.set() == SetQualifier.FOR_ALL_VALUES) {
            text += ", or it is missing";
        }
        return text;
    }

    private static boolean named(Condition condition) {
        return !condition.values().isEmpty()
                && condition.values().stream().allMatch(value -> value.startsWith(SUBJECT));
    }

    private static String key(String key) {
        for (PodIdentityTag tag : PodIdentityTag.values()) {
            if (key.equalsIgnoreCase(tag.requestKey()) || key.equalsIgnoreCase(tag.principalKey())) {
                return TAGS.getOrDefault(tag, key);
            }
        }
        if (key.startsWith("aws:") || key.startsWith("sts:")) {
            return key;
        }
        return key.endsWith(":aud") ? "the token's audience" : key.endsWith(":sub") ? "the token's subject" : key;
    }

    private static String verb(Comparison comparison) {
        return switch (comparison) {
            case STRING_EQUALS, NUMERIC_EQUALS, DATE_EQUALS, BOOL, BINARY_EQUALS -> "is";
            case STRING_NOT_EQUALS, NUMERIC_NOT_EQUALS, DATE_NOT_EQUALS -> "is not";
            case STRING_EQUALS_IGNORE_CASE -> "is, in upper or lower case,";
            case STRING_NOT_EQUALS_IGNORE_CASE -> "is not, in upper or lower case,";
            case STRING_LIKE, ARN_LIKE, ARN_EQUALS -> "is like";
            case STRING_NOT_LIKE, ARN_NOT_LIKE, ARN_NOT_EQUALS -> "is not like";
            case NUMERIC_LESS_THAN -> "is less than";
            case NUMERIC_LESS_THAN_EQUALS -> "is at most";
            case NUMERIC_GREATER_THAN -> "is greater than";
            case NUMERIC_GREATER_THAN_EQUALS -> "is at least";
            case DATE_LESS_THAN -> "is before";
            case DATE_LESS_THAN_EQUALS -> "is not after";
            case DATE_GREATER_THAN -> "is after";
            case DATE_GREATER_THAN_EQUALS -> "is not before";
            case IP_ADDRESS -> "is within";
            case NOT_IP_ADDRESS -> "is outside of";
            case NULL -> "is missing:";
        };
    }

    private static String alternatives(List<String> values) {
        List<String> shown =
                values.stream().map(value -> value.isEmpty() ? "\"\"" : value).toList();
        int last = shown.size() - 1;
        return last < 1 ? String.join("", shown) : String.join(", ", shown.subList(0, last)) + " or " + shown.get(last);
    }
}
