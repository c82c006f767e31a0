package dev.eksplatform.iam.document;

import java.util.List;

/**
 * The actions or the resources of a statement: either those that match one of the patterns ({@code Action},
 * {@code Resource}) or every other one ({@code NotAction}, {@code NotResource}).
 *
 * @param except true for the negated element
 * @param values the patterns, in the order of the document, at least one unless {@code except}; {@code *} matches any
 *     text, {@code ?} one character
 */
public record Patterns(boolean except, List<String> values) {

    /** Keeps a copy of the patterns. */
    public Patterns {
        values = List.copyOf(values);
    }

    /**
     * What matches one of the patterns.
     *
     * @param values the patterns
     * @return the plain element
     */
    public static Patterns of(String... values) {
        return new Patterns(false, List.of(values));
    }

    /**
     * What matches none of the patterns.
     *
     * @param values the patterns
     * @return the negated element
     */
    public static Patterns except(String... values) {
        return new Patterns(true, List.of(values));
    }
}
