package dev.eksplatform.internal.guardrail;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How much a violated rule matters; the order of the constants is the order of findings. */
public enum Severity {
    /** Somebody else can take over data, identities or the cluster, or an outage is certain. */
    CRITICAL,
    /** One more mistake, or a likely mistake, leads there. */
    HIGH,
    /** A safeguard is missing that is expected of a platform in production. */
    MEDIUM,
    /** Good practice. */
    LOW,
    /** Worth knowing. */
    INFO;

    /**
     * The severity of a word.
     *
     * @param word in any case, such as {@code high}
     * @return the severity
     * @throws InvalidInputException when there is none of this name
     */
    public static Severity of(String word) {
        List<String> words = Arrays.stream(values()).map(Severity::word).toList();
        int index = words.indexOf(word.toLowerCase(Locale.ROOT));
        if (index < 0) {
            throw new InvalidInputException(new Problem(
                    "no severity \"" + word + "\"",
                    String.join(", ", words),
                    Suggestion.fix(word, words, "use one of these")));
        }
        return values()[index];
    }

    /**
     * The word used in rule files and reports.
     *
     * @return the constant in lower case
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Says whether this is as severe as a threshold.
     *
     * @param threshold the least severity asked for
     * @return true for the threshold itself and everything above it
     */
    public boolean atLeast(Severity threshold) {
        return ordinal() <= threshold.ordinal();
    }
}
