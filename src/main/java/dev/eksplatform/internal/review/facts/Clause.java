package dev.eksplatform.internal.review.facts;

import dev.eksplatform.iam.document.Condition;
import dev.eksplatform.iam.document.ConditionOperator;
import dev.eksplatform.iam.document.ConditionOperator.Comparison;
import dev.eksplatform.iam.document.Principals;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A condition of an access. Equal when it means the same: the case of a key and the order of values do not matter.
 *
 * @param operator as written, or another one that means the same
 * @param key in lower case
 * @param values sorted
 * @param words the condition for readers; empty for one that goes without saying
 */
record Clause(String operator, String key, List<String> values, String words) {

    static Clause of(Condition condition, @Nullable Principals principals) {
        Condition sorted =
                new Condition(comparable(condition), condition.key(), List.copyOf(new TreeSet<>(condition.values())));
        return new Clause(
                sorted.operator(), sorted.key().toLowerCase(Locale.ROOT), sorted.values(), sorted.inWords(principals));
    }

    /** A value that an attribute of a resource requires. */
    static Clause of(String key, List<String> values) {
        return of(new Condition("StringEquals", key, values), null);
    }

    /** The operator; that for equal texts where no value is a pattern, and one of the two that compare ARNs alike. */
    private static String comparable(Condition condition) {
        boolean pattern = condition.values().stream().anyMatch(value -> value.contains("*") || value.contains("?"));
        return (pattern ? condition.operator() : condition.operator().replace("StringLike", "StringEquals"))
                .replace("ArnEquals", "ArnLike");
    }

    /** The condition, too obvious to be mentioned. */
    Clause tacit() {
        return new Clause(operator, key, values, "");
    }

    /** The condition as a policy has it. */
    String exactly() {
        return operator + " " + key + " " + String.join(", ", values);
    }

    /** Whether it holds wherever another one does; false when that is not certain. */
    boolean covers(Clause other) {
        if (!Globs.covers(key, other.key)) {
            return false;
        }
        Optional<ConditionOperator> own = ConditionOperator.parse(operator);
        Optional<ConditionOperator> narrow = ConditionOperator.parse(other.operator);
        if (own.isEmpty() || narrow.isEmpty()) {
            return operator.equals(other.operator) && values.equals(other.values);
        }
        boolean comparable = own.get().set() == narrow.get().set()
                && (own.get().ifExists() || !narrow.get().ifExists());
        Comparison wide = own.get().comparison();
        if (!comparable) {
            return false;
        }
        if (wide == Comparison.STRING_LIKE
                && (narrow.get().comparison() == Comparison.STRING_EQUALS
                        || narrow.get().comparison() == Comparison.STRING_LIKE)) {
            return other.values.stream()
                    .allMatch(value -> values.stream().anyMatch(pattern -> Globs.covers(pattern, value)));
        }
        if (wide != narrow.get().comparison() || wide == Comparison.NULL) {
            return wide == narrow.get().comparison() && values.equals(other.values);
        }
        return wide.negated() ? other.values.containsAll(values) : values.containsAll(other.values);
    }

    /** The condition with any value in the place of one that is not known. */
    Clause guessed() {
        List<String> guessed = values.stream().map(Element::guessed).toList();
        return guessed.equals(values)
                ? new Clause(operator, Element.guessed(key), values, words)
                : new Clause(operator.replace("Equals", "Like"), Element.guessed(key), guessed, words);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Clause clause
                && operator.equals(clause.operator)
                && key.equals(clause.key)
                && values.equals(clause.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(operator, key, values);
    }
}
