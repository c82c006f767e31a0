package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.document.ConditionOperator.Comparison;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.internal.logic.Truth;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/** Compares one value of a request with one value of a policy, as an operator without its negation says. */
final class ValueComparison {

    private final boolean variables;
    private final RequestContext context;

    ValueComparison(boolean variables, RequestContext context) {
        this.variables = variables;
        this.context = context;
    }

    /** Whether the values match; a value that is not of the operator's type is not known to match or not. */
    Truth matches(Comparison comparison, String policy, String request) {
        return switch (comparison) {
            case STRING_EQUALS, STRING_NOT_EQUALS -> glob(policy, request, false, false, comparison.negated());
            case STRING_EQUALS_IGNORE_CASE, STRING_NOT_EQUALS_IGNORE_CASE ->
                glob(policy, request, false, true, comparison.negated());
            case STRING_LIKE, STRING_NOT_LIKE -> glob(policy, request, true, false, comparison.negated());
            case ARN_EQUALS, ARN_LIKE, ARN_NOT_EQUALS, ARN_NOT_LIKE -> arn(policy, request, comparison.negated());
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

    private Truth glob(String policy, String request, boolean wildcards, boolean ignoreCase, boolean negated) {
        Glob pattern = Glob.pattern(policy, wildcards, variables, context);
        if (pattern.unresolved() && negated) {
            return Truth.UNKNOWN;
        }
        return pattern.matches(Glob.text(request), ignoreCase);
    }

    private Truth arn(String policy, String request, boolean negated) {
        Glob pattern = Glob.pattern(policy, true, variables, context);
        Glob text = Glob.text(request);
        if (pattern.unresolved()) {
            return negated ? Truth.UNKNOWN : Truth.FALSE;
        }
        Truth whole = pattern.matches(text, false);
        if (whole == Truth.FALSE) {
            return Truth.FALSE;
        }
        List<Glob> patterns = pattern.arnParts();
        List<Glob> texts = text.arnParts();
        if (pattern.isOpen() || text.isOpen() || patterns.size() != 6 || texts.size() != 6) {
            return policy.equals(request) ? whole : Truth.UNKNOWN;
        }
        Truth all = Truth.TRUE;
        for (int i = 0; i < 6; i++) {
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
        return order.test(new BigDecimal(request.strip()).compareTo(new BigDecimal(policy.strip())));
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

    /** The W3C's profile of ISO 8601 in its lengths, or seconds since 1970. */
    private static Instant instant(String text) {
        if (text.matches("-?[0-9]{9,11}")) {
            return Instant.ofEpochSecond(Long.parseLong(text));
        }
        if (text.matches("[0-9]{4}-[0-9]{2}")) {
            return YearMonth.parse(text).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        if (text.length() == 10) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        boolean zoned = text.endsWith("Z") || text.matches(".*[+-][0-9]{2}:[0-9]{2}");
        return zoned
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }
}
