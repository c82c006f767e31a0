package dev.eksplatform.review;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How bad something is, the worst first. */
public enum Severity {
    /** The platform goes, or is open to anybody. */
    CRITICAL,
    /** An outage of a part, or access that nobody meant to give. */
    HIGH,
    /** Worth a second look before apply. */
    MEDIUM,
    /** Good to know. */
    LOW,
    /** Nothing to do. */
    INFO;

    /**
     * The severity with a name.
     *
     * @param name in any case, such as {@code high}
     * @return the severity
     * @throws InvalidInputException when there is none of this name
     */
    public static Severity of(String name) {
        List<String> names = Arrays.stream(values()).map(Severity::word).toList();
        int index = names.indexOf(name.toLowerCase(Locale.ROOT));
        if (index < 0) {
            throw new InvalidInputException(new Problem(
                    "severity",
                    "\"" + name + "\"",
                    String.join(", ", names),
                    Suggestion.nearest(name, names)
                            .map(near -> "did you mean \"" + near + "\"?")
                            .orElse("use one of these")));
        }
        return values()[index];
    }

    /**
     * Its name as users write it.
     *
     * @return in lower case, such as {@code high}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Compares two severities.
     *
     * @param other another severity
     * @return true when this one is as bad or worse
     */
    public boolean atLeast(Severity other) {
        return compareTo(other) <= 0;
    }
}
