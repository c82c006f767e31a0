package dev.eksplatform.internal.cli;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The value of the option {@code --today}. */
final class Today {

    private Today() {}

    /**
     * Reads the option.
     *
     * @param text such as {@code 2026-01-31}; {@code null} for the current day, UTC
     */
    static LocalDate of(@Nullable String text) {
        try {
            return text == null ? LocalDate.now(ZoneOffset.UTC) : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidInputException(new Problem(
                    new Place.OnCommandLine("--today"), "\"" + text + "\" is not a date", "write it as 2026-12-31"));
        }
    }
}
