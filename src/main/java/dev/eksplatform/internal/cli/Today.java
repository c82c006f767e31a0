package dev.eksplatform.internal.cli;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --today}. */
final class Today {

    @Option(
            names = "--today",
            paramLabel = "DATE",
            description = "The day for which version support and waivers are evaluated, such as 2026-01-31 (default:"
                    + " the current day, UTC).")
    private @Nullable String date;

    LocalDate day() {
        try {
            return date == null ? LocalDate.now(ZoneOffset.UTC) : LocalDate.parse(date);
        } catch (DateTimeParseException e) {
            throw new InvalidInputException(new Problem(
                    new Place.OnCommandLine("--today"), "\"" + date + "\" is not a date", "write it as 2026-12-31"));
        }
    }
}
