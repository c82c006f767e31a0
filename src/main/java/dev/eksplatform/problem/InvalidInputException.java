package dev.eksplatform.problem;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown for bad input, with every problem found in it; never for a defect of eks-platform itself. */
public final class InvalidInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * Bad input.
     *
     * @param problems all problems found, at least one
     * @throws IllegalArgumentException when {@code problems} is empty
     */
    public InvalidInputException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("no problem given");
        }
        this.problems = List.copyOf(problems);
    }

    /**
     * Bad input with one problem.
     *
     * @param problem the problem
     */
    public InvalidInputException(Problem problem) {
        this(List.of(problem));
    }

    /**
     * The problems, in the order in which they were found.
     *
     * @return at least one problem
     */
    public List<Problem> problems() {
        return problems;
    }
}
