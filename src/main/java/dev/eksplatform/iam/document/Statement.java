package dev.eksplatform.iam.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a policy.
 *
 * @param sid its identifier within the policy, {@code null} for none
 * @param effect what it does to matching requests
 * @param principals who it is about, {@code null} in an identity policy
 * @param actions the actions it is about
 * @param resources the resources it is about, {@code null} in a trust policy
 * @param conditions what must hold besides, in the order of the document
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html">Statement</a>
 */
public record Statement(
        @Nullable String sid,
        Effect effect,
        @Nullable Principals principals,
        Patterns actions,
        @Nullable Patterns resources,
        List<Condition> conditions) {

    /** Keeps a copy of the conditions. */
    public Statement {
        Objects.requireNonNull(effect, "effect");
        Objects.requireNonNull(actions, "actions");
        conditions = List.copyOf(conditions);
    }

    /**
     * A statement that allows actions, on nothing yet.
     *
     * @param actions action patterns such as {@code s3:GetObject}
     * @return the statement
     */
    public static Statement allow(String... actions) {
        return new Statement(null, Effect.ALLOW, null, Patterns.of(actions), null, List.of());
    }

    /**
     * A statement that denies actions, on nothing yet.
     *
     * @param actions action patterns
     * @return the statement
     */
    public static Statement deny(String... actions) {
        return new Statement(null, Effect.DENY, null, Patterns.of(actions), null, List.of());
    }

    /**
     * The statement with an identifier.
     *
     * @param newSid the identifier; IAM allows letters and digits
     * @return a copy
     */
    public Statement withSid(@Nullable String newSid) {
        return new Statement(newSid, effect, principals, actions, resources, conditions);
    }

    /**
     * The statement about resources.
     *
     * @param patterns ARN patterns or {@code *}
     * @return a copy with these resources only
     */
    public Statement on(String... patterns) {
        return new Statement(sid, effect, principals, actions, Patterns.of(patterns), conditions);
    }

    /**
     * The statement about principals.
     *
     * @param who the principals
     * @return a copy with these principals only
     */
    public Statement by(Principals who) {
        return new Statement(sid, effect, who, actions, resources, conditions);
    }

    /**
     * The statement with one more condition.
     *
     * @param operator the operator with its qualifiers
     * @param key the context key
     * @param values the values
     * @return a copy
     */
    public Statement when(String operator, String key, String... values) {
        List<Condition> all = new ArrayList<>(conditions);
        all.add(Condition.of(operator, key, values));
        return new Statement(sid, effect, principals, actions, resources, all);
    }
}
