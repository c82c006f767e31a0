package dev.eksplatform.iam.document;

import java.util.List;

/**
 * One key of one operator in a statement's {@code Condition}; all of a statement's conditions must hold.
 *
 * @param operator the operator with its qualifiers, such as {@code StringEquals}, {@code ForAnyValue:StringLikeIfExists}
 * @param key the context key, such as {@code aws:RequestTag/team}; may hold a Terraform reference
 * @param values the values in the order of the document; one of them must match (for a negated operator: none may)
 */
public record Condition(String operator, String key, List<String> values) {

    /** Keeps a copy of the values. */
    public Condition {
        values = List.copyOf(values);
    }

    /**
     * A condition.
     *
     * @param operator the operator with its qualifiers
     * @param key the context key
     * @param values the values
     * @return the condition
     */
    public static Condition of(String operator, String key, String... values) {
        return new Condition(operator, key, List.of(values));
    }
}
