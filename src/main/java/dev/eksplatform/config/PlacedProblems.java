package dev.eksplatform.config;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The problems of one file, reported in the order of their places. */
final class PlacedProblems {

    private final String file;
    private final List<Placed> found = new ArrayList<>();

    PlacedProblems(String file) {
        this.file = file;
    }

    private record Placed(Spot spot, Problem problem) {}

    SourcePosition position(Spot spot, PropertyPath path) {
        return spot.in(file, path);
    }

    void add(Spot spot, PropertyPath path, String what, String allowed, String fix) {
        add(spot.in(file, path), new Problem("", what, allowed, fix));
    }

    /** Adds a problem at a place, whatever place it names itself. */
    void add(SourcePosition position, Problem problem) {
        found.add(new Placed(new Spot(position.line(), position.column()), problem.at(position.toString())));
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw toException();
        }
    }

    InvalidInputException toException() {
        return new InvalidInputException(found.stream()
                .sorted(Comparator.comparing(Placed::spot))
                .map(Placed::problem)
                .toList());
    }
}
