package dev.eksplatform.iam.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /**
     * The condition in words. A claim of a token is named as such when its issuer is one of the principals.
     *
     * @param principals the principals of the statement, {@code null} when it has none
     * @return a clause such as {@code the pod's namespace is shop}
     */
    public String inWords(@Nullable Principals principals) {
        return ConditionText.of(this, principals);
    }
}
