package dev.eksplatform.iam.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A condition operator with its qualifiers, such as {@code ForAllValues:StringLikeIfExists}.
 *
 * @param set how a context key with several values is compared
 * @param comparison how one context value is compared with one policy value
 * @param ifExists true when a missing context key makes the condition true
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">Condition
 *     operators</a>
 */
public record ConditionOperator(SetQualifier set, Comparison comparison, boolean ifExists) {

    private static final String IF_EXISTS = "IfExists";

    /** How the values of a context key that has several are put together. */
    public enum SetQualifier {
        /** No qualifier: meant for keys with one value. */
        NONE(""),
        /** Every value of the request must match; true when there is none. */
        FOR_ALL_VALUES("ForAllValues:"),
        /** At least one value of the request must match; false when there is none. */
        FOR_ANY_VALUE("ForAnyValue:");

        private final String prefix;

        SetQualifier(String prefix) {
            this.prefix = prefix;
        }

        /**
         * The qualifier in a document, without the colon that follows it.
         *
         * @return such as {@code ForAllValues}; empty for {@link #NONE}
         */
        public String text() {
            return prefix.replace(":", "");
        }
    }

    /** The comparisons, spelled as in a document but for the case. */
    public enum Comparison {
        /** Equal, case-sensitive. */
        STRING_EQUALS("StringEquals", false),
        /** Not equal, case-sensitive. */
        STRING_NOT_EQUALS("StringNotEquals", true),
        /** Equal, whatever the case. */
        STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", false),
        /** Not equal, whatever the case. */
        STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", true),
        /** Matches a pattern with {@code *} and {@code ?}, case-sensitive. */
        STRING_LIKE("StringLike", false),
        /** Matches no such pattern. */
        STRING_NOT_LIKE("StringNotLike", true),
        /** Equal numbers. */
        NUMERIC_EQUALS("NumericEquals", false),
        /** Different numbers. */
        NUMERIC_NOT_EQUALS("NumericNotEquals", true),
        /** The request's number is smaller. */
        NUMERIC_LESS_THAN("NumericLessThan", false),
        /** The request's number is smaller or equal. */
        NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", false),
        /** The request's number is greater. */
        NUMERIC_GREATER_THAN("NumericGreaterThan", false),
        /** The request's number is greater or equal. */
        NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", false),
        /** The same instant. */
        DATE_EQUALS("DateEquals", false),
        /** Another instant. */
        DATE_NOT_EQUALS("DateNotEquals", true),
        /** The request's instant is earlier. */
        DATE_LESS_THAN("DateLessThan", false),
        /** The request's instant is earlier or the same. */
        DATE_LESS_THAN_EQUALS("DateLessThanEquals", false),
        /** The request's instant is later. */
        DATE_GREATER_THAN("DateGreaterThan", false),
        /** The request's instant is later or the same. */
        DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", false),
        /** The same of true and false. */
        BOOL("Bool", false),
        /** The same bytes, both in Base64. */
        BINARY_EQUALS("BinaryEquals", false),
        /** An address in one of the ranges. */
        IP_ADDRESS("IpAddress", false),
        /** An address in none of the ranges. */
        NOT_IP_ADDRESS("NotIpAddress", true),
        /** An ARN that matches a pattern, part by part. */
        ARN_EQUALS("ArnEquals", false),
        /** The same as {@link #ARN_EQUALS}. */
        ARN_LIKE("ArnLike", false),
        /** An ARN that matches no pattern. */
        ARN_NOT_EQUALS("ArnNotEquals", true),
        /** The same as {@link #ARN_NOT_EQUALS}. */
        ARN_NOT_LIKE("ArnNotLike", true),
        /** Whether the key is missing from the request. */
        NULL("Null", false);

        private final String text;
        private final boolean negated;

        Comparison(String text, boolean negated) {
            this.text = text;
            this.negated = negated;
        }

        /**
         * The spelling in a document.
         *
         * @return such as {@code StringEquals}
         */
        public String text() {
            return text;
        }

        /**
         * Whether it is the negation of another one: then no policy value may match, and a missing context key makes it
         * true.
         *
         * @return true for {@code StringNotEquals} and the like
         */
        public boolean negated() {
            return negated;
        }
    }

    /**
     * Parses an operator as written in a document.
     *
     * @param text such as {@code StringEqualsIfExists}
     * @return the operator, empty when IAM knows none of that name
     */
    public static Optional<ConditionOperator> parse(String text) {
        SetQualifier set = SetQualifier.NONE;
        for (SetQualifier qualifier : SetQualifier.values()) {
            if (!qualifier.prefix.isEmpty() && text.startsWith(qualifier.prefix)) {
                set = qualifier;
            }
        }
        String rest = text.substring(set.prefix.length());
        boolean ifExists = rest.endsWith(IF_EXISTS);
        String name = ifExists ? rest.substring(0, rest.length() - IF_EXISTS.length()) : rest;
        for (Comparison comparison : Comparison.values()) {
            boolean qualified = ifExists || set != SetQualifier.NONE;
            if (comparison.text.equals(name) && !(comparison == Comparison.NULL && qualified)) {
                return Optional.of(new ConditionOperator(set, comparison, ifExists));
            }
        }
        return Optional.empty();
    }

    /** Every operator as written in a document, for suggestions. */
    static List<String> spellings() {
        List<String> all = new ArrayList<>();
        for (Comparison comparison : Comparison.values()) {
            all.add(comparison.text);
            if (comparison != Comparison.NULL) {
                all.add(comparison.text + IF_EXISTS);
                all.add("ForAllValues:" + comparison.text);
                all.add("ForAnyValue:" + comparison.text);
            }
        }
        return all;
    }

    /** The operator as written in a document. */
    @Override
    public String toString() {
        return set.prefix + comparison.text + (ifExists ? IF_EXISTS : "");
    }
}
