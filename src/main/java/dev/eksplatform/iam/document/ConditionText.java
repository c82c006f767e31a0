package dev.eksplatform.iam.document;

import dev.eksplatform.iam.PodIdentityTag;
import dev.eksplatform.iam.document.ConditionOperator.Comparison;
import dev.eksplatform.iam.document.ConditionOperator.SetQualifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts a condition into words, see {@link Condition#inWords}. */
final class ConditionText {

    private static final Map<PodIdentityTag, String> TAGS = Map.of(
            PodIdentityTag.CLUSTER_ARN, "the ARN of the pod's cluster",
            PodIdentityTag.CLUSTER_NAME, "the pod's cluster",
            PodIdentityTag.NAMESPACE, "the pod's namespace",
            PodIdentityTag.SERVICE_ACCOUNT, "the pod's ServiceAccount",
            PodIdentityTag.POD_NAME, "the pod's name",
            PodIdentityTag.POD_UID, "the pod's UID");

    private static final String SUBJECT = "the token's subject";

    private ConditionText() {}

    static String of(Condition condition, @Nullable Principals principals) {
        Optional<ConditionOperator> parsed = ConditionOperator.parse(condition.operator());
        if (parsed.isEmpty()) {
            return condition.operator() + " " + condition.key() + " " + String.join(", ", condition.values());
        }
        ConditionOperator operator = parsed.get();
        String key = key(condition.key(), principals);
        if (operator.comparison() == Comparison.NULL) {
            return key + (condition.values().contains("true") ? " is missing" : " is present");
        }
        boolean plain = operator.set() == SetQualifier.NONE && !operator.ifExists();
        if (plain && operator.comparison() == Comparison.STRING_EQUALS && key.equals(SUBJECT)) {
            List<String> serviceAccounts = condition.values().stream()
                    .flatMap(value -> TrustedSubject.parse(value).stream())
                    .map(TrustedSubject::toString)
                    .toList();
            if (!serviceAccounts.isEmpty()
                    && serviceAccounts.size() == condition.values().size()) {
                return "the token belongs to the ServiceAccount " + alternatives(serviceAccounts);
            }
        }
        String issuer = condition.key().substring(0, Math.max(condition.key().lastIndexOf(':'), 0));
        boolean like = operator.comparison() == Comparison.STRING_LIKE;
        if (key.equals(SUBJECT)
                && !operator.ifExists()
                && operator.set() != SetQualifier.FOR_ALL_VALUES
                && (like || operator.comparison() == Comparison.STRING_EQUALS)
                && TokenIssuer.of(issuer).filter(known -> !known.isKubernetes()).isPresent()) {
            return "the token belongs to "
                    + alternatives(condition.values().stream()
                            .map(value -> TokenIssuer.subjectInWords(issuer, value, like))
                            .toList());
        }
        String text =
                switch (operator.set()) {
                    case NONE -> key + " ";
                    case FOR_ALL_VALUES -> "every value of " + key + " ";
                    case FOR_ANY_VALUE -> "at least one value of " + key + " ";
                };
        text += verb(operator.comparison()) + " " + alternatives(condition.values());
        if (operator.ifExists() || operator.set() == SetQualifier.FOR_ALL_VALUES) {
            text += ", or it is missing";
        }
        return text;
    }

    private static String key(String key, @Nullable Principals principals) {
        for (PodIdentityTag tag : PodIdentityTag.values()) {
            if (key.equalsIgnoreCase(tag.requestKey()) || key.equalsIgnoreCase(tag.principalKey())) {
                return TAGS.getOrDefault(tag, key);
            }
        }
        int colon = key.lastIndexOf(':');
        boolean trusted = principals != null
                && colon > 0
                && principals.byKind().getOrDefault("Federated", List.of()).stream()
                        .anyMatch(provider -> provider.endsWith(key.substring(0, colon)));
        return !trusted
                ? key
                : switch (key.substring(colon + 1)) {
                    case "aud" -> "the token's audience";
                    case "sub" -> SUBJECT;
                    default -> key;
                };
    }

    private static String verb(Comparison comparison) {
        return switch (comparison) {
            case STRING_EQUALS, BOOL, BINARY_EQUALS -> "is";
            case STRING_NOT_EQUALS -> "is not";
            case STRING_EQUALS_IGNORE_CASE -> "is, whatever the case,";
            case STRING_NOT_EQUALS_IGNORE_CASE -> "is not, whatever the case,";
            case STRING_LIKE -> "is like";
            case STRING_NOT_LIKE -> "is not like";
            case ARN_LIKE, ARN_EQUALS -> "is an ARN like";
            case ARN_NOT_LIKE, ARN_NOT_EQUALS -> "is not an ARN like";
            case NUMERIC_EQUALS -> "equals";
            case NUMERIC_NOT_EQUALS -> "does not equal";
            case NUMERIC_LESS_THAN -> "is less than";
            case NUMERIC_LESS_THAN_EQUALS -> "is at most";
            case NUMERIC_GREATER_THAN -> "is greater than";
            case NUMERIC_GREATER_THAN_EQUALS -> "is at least";
            case DATE_EQUALS -> "is at";
            case DATE_NOT_EQUALS -> "is not at";
            case DATE_LESS_THAN -> "is before";
            case DATE_LESS_THAN_EQUALS -> "is not after";
            case DATE_GREATER_THAN -> "is after";
            case DATE_GREATER_THAN_EQUALS -> "is not before";
            case IP_ADDRESS -> "is within";
            case NOT_IP_ADDRESS -> "is outside";
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
