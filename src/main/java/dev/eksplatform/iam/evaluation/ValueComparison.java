package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.document.ConditionOperator.Comparison;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.internal.logic.Truth;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * Compares one value of a request with one value of a policy, as an operator without its negation says. A policy variable
 * without a value is equal to nothing and like nothing, so that the negated operators match it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">Condition
 *     operators</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value">Policy
 *     variables with no value</a>
 */
final class ValueComparison {

    private static final int FIELDS = 6;
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?");

    private final boolean variables;
    private final RequestContext context;

    ValueComparison(boolean variables, RequestContext context) {
        this.variables = variables;
        this.context = context;
    }

    /** Whether the values match; a value that is not of the operator's type is not known to match or not. */
    Truth matches(Comparison comparison, String policy, String request) {
        return switch (comparison) {
            case STRING_EQUALS, STRING_NOT_EQUALS -> glob(policy, request, false, false);
            case STRING_EQUALS_IGNORE_CASE, STRING_NOT_EQUALS_IGNORE_CASE -> glob(policy, request, false, true);
            case STRING_LIKE, STRING_NOT_LIKE -> glob(policy, request, true, false);
            case ARN_EQUALS, ARN_LIKE, ARN_NOT_EQUALS, ARN_NOT_LIKE -> arn(policy, request);
            case NULL -> Truth.UNKNOWN;
            default -> {
                if (TerraformTemplate.isOpen(policy) || TerraformTemplate.isOpen(request)) {
                    yield Truth.UNKNOWN;
                }
                try {
                    yield Truth.of(typed(comparison, policy, request));
                } catch (IllegalArgumentException | DateTimeException e) {
                    yield Truth.UNKNOWN;
                }
            }
        };
    }

    private Truth glob(String policy, String request, boolean wildcards, boolean ignoreCase) {
        return Glob.match(policy, wildcards, variables, context, request, ignoreCase);
    }

    /**
     * Each of the six fields of an ARN is compared by itself. What a pattern with fewer fields matches is not documented.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN">ARN
     *     condition operators</a>
     */
    private Truth arn(String policy, String request) {
        Glob pattern = Glob.pattern(policy, true, variables, context);
        Glob text = Glob.text(request);
        Truth whole = pattern.matches(text, false);
        List<Glob> patterns = pattern.arnParts();
        List<Glob> texts = text.arnParts();
        if (pattern.unresolved()) {
            return Truth.FALSE;
        }
        if (pattern.isOpen() || text.isOpen() || patterns.size() < FIELDS || texts.size() < FIELDS) {
            Truth completed = pattern.with(FIELDS - patterns.size()).matches(text, false);
            boolean sameReference = pattern.isOpen() && policy.equals(request);
            return sameReference ? whole : whole.or(completed).and(Truth.UNKNOWN);
        }
        Truth all = Truth.TRUE;
        for (int i = 0; i < FIELDS; i++) {
            all = all.and(patterns.get(i).matches(texts.get(i), false));
        }
        return all;
    }

    private static boolean typed(Comparison comparison, String policy, String request) {
        return switch (comparison) {
            case NUMERIC_EQUALS, NUMERIC_NOT_EQUALS -> number(policy, request, order -> order == 0);
            case NUMERIC_LESS_THAN -> number(policy, request, order -> order < 0);
            case NUMERIC_LESS_THAN_EQUALS -> number(policy, request, order -> order <= 0);
            case NUMERIC_GREATER_THAN -> number(policy, request, order -> order > 0);
            case NUMERIC_GREATER_THAN_EQUALS -> number(policy, request, order -> order >= 0);
            case DATE_EQUALS, DATE_NOT_EQUALS -> date(policy, request, order -> order == 0);
            case DATE_LESS_THAN -> date(policy, request, order -> order < 0);
            case DATE_LESS_THAN_EQUALS -> date(policy, request, order -> order <= 0);
            case DATE_GREATER_THAN -> date(policy, request, order -> order > 0);
            case DATE_GREATER_THAN_EQUALS -> date(policy, request, order -> order >= 0);
            case BOOL -> bool(policy) == bool(request);
            case BINARY_EQUALS ->
                Arrays.equals(
                        Base64.getDecoder().decode(policy), Base64.getDecoder().decode(request));
            case IP_ADDRESS, NOT_IP_ADDRESS -> IpRange.parse(policy).contains(IpRange.parse(request));
            default -> throw new IllegalArgumentException(comparison.text());
        };
    }

    private static boolean number(String policy, String request, IntPredicate order) {
        return order.test(number(request).compareTo(number(policy)));
    }

    private static BigDecimal number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return new BigDecimal(text);
    }

    private static boolean date(String policy, String request, IntPredicate order) {
        return order.test(instant(request).compareTo(instant(policy)));
    }

    private static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    /**
     * A date of one of the W3C's profiles of ISO 8601, of which those with a time have an offset, or seconds since 1970. Four
     * digits are a year.
     *
     * @see <a href="https://www.w3.org/TR/NOTE-datetime">Date and Time Formats</a>
     */
    private static Instant instant(String text) {
        if (text.matches("[0-9]{4}")) {
            return start(Year.parse(text).atDay(1));
        }
        if (text.matches("-?[0-9]+")) {
            return Instant.ofEpochSecond(Long.parseLong(text));
        }
        if (text.matches("[0-9]{4}-[0-9]{2}")) {
            return start(YearMonth.parse(text).atDay(1));
        }
        return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")
                ? start(LocalDate.parse(text))
                : OffsetDateTime.parse(text).toInstant();
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
