package dev.eksplatform.iam.document;

import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Checks the keys and values of a {@code Condition}, whose operators the reader knows already.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">Condition
 *     operators</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html">Invalid
 *     condition key format, Invalid global condition key, Type mismatch</a>
 */
final class ConditionCheck {

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?");
    private static final Pattern DATE =
            Pattern.compile("[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2}))?)?)?|-?[0-9]+");
    private static final Pattern RANGE =
            Pattern.compile("[0-9.]+(/[0-9]{1,2})?|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(/[0-9]{1,3})?");

    private final boolean literal;
    private final Problems errors;
    private final Problems warnings;

    /**
     * A check.
     *
     * @param literal whether nothing in the document is filled in later
     * @param errors collects what IAM refuses
     * @param warnings collects what never matches
     */
    ConditionCheck(boolean literal, Problems errors, Problems warnings) {
        this.literal = literal;
        this.errors = errors;
        this.warnings = warnings;
    }

    void check(LocatedJson condition, boolean variables) {
        if (!(condition instanceof LocatedJson.Obj operators)) {
            return;
        }
        if (operators.members().isEmpty()) {
            empty(operators.place(), "Condition");
        }
        operators.members().forEach((name, keys) -> {
            if (keys instanceof LocatedJson.Obj pairs) {
                if (pairs.members().isEmpty()) {
                    empty(pairs.place(), name);
                }
                pairs.members().forEach((key, values) -> {
                    key(pairs, key);
                    values(name, key, values, variables);
                });
            }
        });
    }

    private void empty(Place place, String element) {
        errors.add(place, element + " is empty", "write a value, or remove " + element);
    }

    private void key(LocatedJson.Obj pairs, String key) {
        if (!key.contains(":") && !TerraformTemplate.isOpen(key)) {
            errors.add(
                    pairs.keyAt(key),
                    "\"" + key + "\" is not a condition key",
                    "service:key, such as aws:PrincipalTag/team",
                    "put aws: or the service before it");
        } else if (GlobalConditionKeys.isUnknown(key)) {
            warnings.add(
                    pairs.keyAt(key),
                    "\"" + key + "\" is not one of the global condition keys (2026-09)",
                    GlobalConditionKeys.nearest(key)
                            .map(Suggestion::didYouMean)
                            .orElse("see \"AWS global condition context keys\" in the IAM User Guide"));
        }
    }

    private void values(String operator, String key, LocatedJson values, boolean variables) {
        List<LocatedJson> all = values instanceof LocatedJson.Arr array ? array.items() : List.of(values);
        if (all.isEmpty()) {
            empty(values.place(), key);
        }
        for (LocatedJson one : all) {
            if (variables && one instanceof LocatedJson.Text text) {
                VariableCheck.check(text, literal, errors);
                VariableCheck.userName(text, warnings);
            }
            String value = one instanceof LocatedJson.Text text
                    ? text.value()
                    : one instanceof LocatedJson.Literal other && !other.isNull() ? other.value() : null;
            if (value != null && (literal || !TerraformTemplate.isOpen(value))) {
                ConditionOperator.parse(operator).ifPresent(known -> type(known, one.place(), value));
            }
        }
    }

    private void type(ConditionOperator operator, Place place, String value) {
        switch (operator.comparison()) {
            case NUMERIC_EQUALS,
                    NUMERIC_NOT_EQUALS,
                    NUMERIC_LESS_THAN,
                    NUMERIC_LESS_THAN_EQUALS,
                    NUMERIC_GREATER_THAN,
                    NUMERIC_GREATER_THAN_EQUALS -> mismatch(NUMBER, operator, place, value, "a number", warnings);
            case DATE_EQUALS,
                    DATE_NOT_EQUALS,
                    DATE_LESS_THAN,
                    DATE_LESS_THAN_EQUALS,
                    DATE_GREATER_THAN,
                    DATE_GREATER_THAN_EQUALS ->
                mismatch(DATE, operator, place, value, "a date such as 2026-01-31 or 2026-01-31T12:00:00Z", warnings);
            case BOOL, NULL ->
                mismatch(Pattern.compile("(?i)true|false"), operator, place, value, "true or false", warnings);
            case IP_ADDRESS, NOT_IP_ADDRESS ->
                mismatch(RANGE, operator, place, value, "an address or a range such as 203.0.113.0/24", errors);
            default -> {}
        }
    }

    private static void mismatch(
            Pattern form, ConditionOperator operator, Place place, String value, String allowed, Problems problems) {
        if (!form.matcher(value).matches()) {
            problems.add(
                    place,
                    "\"" + value + "\" as a value of " + operator,
                    "write " + allowed + ", or compare with a String operator");
        }
    }
}
