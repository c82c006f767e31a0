package dev.eksplatform.internal.yaml;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.SourcePosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The problems of one file, reported in the order of their places, and after them those of the files it names. */
public final class PlacedProblems {

    private static final int LONG = 300;
    private static final Pattern LONG_WORD = Pattern.compile("(\\S{100})\\S{100,}");

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    /**
     * No problems yet.
     *
     * @param file the file whose problems come first
     */
    public PlacedProblems(String file) {
        this.file = file;
    }

    /**
     * Adds a problem.
     *
     * @param position where it is
     * @param path the property there
     * @param what what was found
     * @param allowed what is allowed
     * @param fix the likely fix
     */
    public void add(SourcePosition position, PropertyPath path, String what, String allowed, String fix) {
        add(new Problem(new Place.InFile(position, path), what, allowed, fix));
    }

    /**
     * Adds a problem whose fix is enough.
     *
     * @param position where it is
     * @param path the property there
     * @param what what was found
     * @param fix the likely fix
     */
    public void add(SourcePosition position, PropertyPath path, String what, String fix) {
        add(new Problem(new Place.InFile(position, path), what, fix));
    }

    /**
     * Adds a problem.
     *
     * @param problem the problem, at a place in this file or in another
     */
    public void add(Problem problem) {
        found.add(shortened(problem));
    }

    /**
     * Whether nothing is wrong so far.
     *
     * @return true when no problem was added
     */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /**
     * Ends the collection.
     *
     * @throws InvalidInputException with all problems, when there is at least one
     */
    public void throwIfAny() {
        if (!isEmpty()) {
            throw new InvalidInputException(inOrder());
        }
    }

    /**
     * The problems.
     *
     * @return each once: those of the file in its order, then those of other files by their names
     */
    public List<Problem> inOrder() {
        return found.stream()
                .sorted(Comparator.comparing(
                                (Problem problem) -> !position(problem).file().equals(file))
                        .thenComparing(PlacedProblems::position))
                .distinct()
                .toList();
    }

    private static SourcePosition position(Problem problem) {
        return problem.place() instanceof Place.InFile place
                ? place.position()
                : SourcePosition.of(problem.place().toString());
    }

    /** A message must be readable, however long a value or a key in the file is. */
    private static Problem shortened(Problem problem) {
        return new Problem(
                shortened(problem.place()),
                shortened(problem.found()),
                problem.allowed().map(PlacedProblems::shortened),
                shortened(problem.fix()));
    }

    private static Place shortened(Place place) {
        return place instanceof Place.InFile inFile
                ? new Place.InFile(
                        inFile.position(),
                        new PropertyPath(inFile.path().steps().stream()
                                .map(step -> step instanceof PropertyPath.Key key
                                        ? new PropertyPath.Key(shortened(key.name()))
                                        : step)
                                .toList()))
                : place;
    }

    private static String shortened(String text) {
        return text.length() < LONG ? text : LONG_WORD.matcher(text).replaceAll("$1…");
    }
}
