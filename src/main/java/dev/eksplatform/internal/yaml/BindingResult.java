package dev.eksplatform.internal.yaml;

import dev.eksplatform.problem.InvalidInputException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a document could be read as. A part that cannot be read has its default; a required one has the example of its
 * documentation, so that the parts around it can be checked as well.
 *
 * @param value the record; {@code null} when there is nothing to use in place of a required part
 * @param positions where its properties are in the file
 * @param unreadable the parts that are not what the file says
 * @param problems what is wrong; checks of the caller may add more
 * @param <T> the record's type
 */
public record BindingResult<T>(
        @Nullable T value, Positions positions, UnreadablePaths unreadable, PlacedProblems problems) {

    /**
     * The record.
     *
     * @return the record
     * @throws InvalidInputException with every problem, each at its place, in the order of the file
     */
    public T orThrow() {
        problems.throwIfAny();
        return Objects.requireNonNull(value);
    }
}
