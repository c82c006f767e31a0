package dev.eksplatform.internal.review;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How many resources have each outcome. A resource that is imported or moved and changed as well counts for both.
 *
 * @param numbers the outcomes that occur, with their numbers
 */
public record Counts(Map<Outcome, Integer> numbers) {

    /** No resources. */
    public static final Counts NONE = new Counts(Map.of());

    /**
     * One resource.
     *
     * @param outcome its outcome
     * @return the counts
     */
    public static Counts of(Outcome outcome) {
        return new Counts(Map.of(outcome, 1));
    }

    /**
     * Adds counts.
     *
     * @param other the counts to add
     * @return the sum
     */
    public Counts plus(Counts other) {
        Map<Outcome, Integer> sum = new EnumMap<>(Outcome.class);
        sum.putAll(numbers);
        other.numbers.forEach((outcome, number) -> sum.merge(outcome, number, Integer::sum));
        return new Counts(Collections.unmodifiableMap(sum));
    }

    /**
     * Adds one resource.
     *
     * @param outcomes its outcomes
     * @return the sum
     */
    public Counts plus(Set<Outcome> outcomes) {
        Counts sum = this;
        for (Outcome outcome : outcomes) {
            sum = sum.plus(of(outcome));
        }
        return sum;
    }

    /**
     * Takes resources out.
     *
     * @param outcome their outcome
     * @param number how many
     * @return the rest
     */
    public Counts without(Outcome outcome, int number) {
        Map<Outcome, Integer> rest = new EnumMap<>(Outcome.class);
        rest.putAll(numbers);
        rest.computeIfPresent(outcome, (key, all) -> all <= number ? null : all - number);
        return new Counts(Collections.unmodifiableMap(rest));
    }

    /**
     * How many resources have an outcome.
     *
     * @param outcome the outcome
     * @return 0 when none has it
     */
    public int number(Outcome outcome) {
        return numbers.getOrDefault(outcome, 0);
    }

    /**
     * Says whether apply changes anything.
     *
     * @return false when every resource is unchanged, or only read
     */
    public boolean any() {
        return numbers.keySet().stream().anyMatch(Counts::isChange);
    }

    private static boolean isChange(Outcome outcome) {
        return outcome != Outcome.UNCHANGED && outcome != Outcome.READ;
    }

    /** In JSON, every outcome has its number. */
    @JsonValue
    Map<String, Integer> toJson() {
        Map<String, Integer> all = new LinkedHashMap<>();
        for (Outcome outcome : Outcome.values()) {
            all.put(outcome.name().toLowerCase(Locale.ROOT), number(outcome));
        }
        return all;
    }

    /** In words, such as {@code 12 replaced, 2 changed}. */
    @Override
    public String toString() {
        return any()
                ? numbers.entrySet().stream()
                        .filter(entry -> isChange(entry.getKey()))
                        .map(entry -> entry.getKey().counted(entry.getValue()))
                        .collect(Collectors.joining(", "))
                : "nothing";
    }
}
