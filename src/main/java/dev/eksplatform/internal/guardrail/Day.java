package dev.eksplatform.internal.guardrail;

import dev.eksplatform.internal.yaml.Doc;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** A day in a rule or waiver file. */
@Doc(value = "A day.", example = "2026-12-31")
record Day(LocalDate date) {

    @ScalarFactory
    static Day parse(String text) {
        try {
            return new Day(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            throw new InvalidInputException(
                    new Problem("\"" + text + "\"", "a date, year-month-day", "write it as 2026-12-31"));
        }
    }
}
