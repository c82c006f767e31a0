package dev.eksplatform.internal.cli;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The day on which a command looks at dates. */
final class TodayOption {

    @Option(
            names = "--today",
            paramLabel = "DATE",
            description = "The day with which the end dates of waivers and of version support are compared, such as"
                    + " 2026-01-31 (default: the current day, UTC).")
    private @Nullable String today;

    /**
     * The day.
     *
     * @throws InvalidInputException when the option is not a date
     */
    LocalDate day() {
        try {
            return today == null ? LocalDate.now(ZoneOffset.UTC) : LocalDate.parse(today);
        } catch (DateTimeParseException e) {
            throw new InvalidInputException(new Problem(
                    new Place.OnCommandLine("--today"), "\"" + today + "\" is not a date", "write it as 2026-12-31"));
        }
    }
}
