package dev.eksplatform.internal.yaml;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The problems of one file, reported in the order of their places, and after them those of the files it names. */
public final class PlacedProblems {

    private static final Pattern PLACE = Pattern.compile("(.*?):(\\d{1,9}):(\\d{1,9})");

    private static final int LONG = 300;
    private static final Pattern LONG_WORD = Pattern.compile("(\\S{100})\\S{100,}");

    private final String file;
    private final List<Placed> found = new ArrayList<>();
    private final List<Problem> elsewhere = new ArrayList<>();

    public PlacedProblems(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    private record Placed(Spot spot, Problem problem) {}

    public SourcePosition position(Spot spot, PropertyPath path) {
        return spot.in(file, path);
    }

    public void add(Spot spot, PropertyPath path, String what, String allowed, String fix) {
        add(spot.in(file, path), new Problem("", what, allowed, fix));
    }

    /** Adds a problem at a place, whatever place it names itself. */
    public void add(SourcePosition position, Problem problem) {
        found.add(new Placed(new Spot(position.line(), position.column()), shortened(problem.at(position.toString()))));
    }

    /** A message must be readable, however long a value in the file is; the path of the file is kept. */
    private static Problem shortened(Problem problem) {
        String path = fileOf(problem);
        return new Problem(
                new Place.Text(path + shortened(problem.where().substring(path.length()))),
                shortened(problem.found()),
                problem.allowed().map(PlacedProblems::shortened),
                shortened(problem.fix()));
    }

    private static String shortened(String text) {
        return text.length() < LONG ? text : LONG_WORD.matcher(text).replaceAll("$1…");
    }

    /** Adds a problem that says by itself where it is, in this file or in another. */
    public void addPlaced(Problem problem) {
        if (fileOf(problem).equals(file)) {
            found.add(new Placed(spotOf(problem), shortened(problem)));
        } else {
            elsewhere.add(shortened(problem));
        }
    }

    /** Adds a problem whose place is in another file. */
    public void addElsewhere(Problem problem) {
        elsewhere.add(shortened(problem));
    }

    public boolean isEmpty() {
        return found.isEmpty() && elsewhere.isEmpty();
    }

    public void throwIfAny() {
        if (!isEmpty()) {
            throw toException();
        }
    }

    public InvalidInputException toException() {
        return new InvalidInputException(inOrder());
    }

    public List<Problem> inOrder() {
        Stream<Problem> here =
                found.stream().sorted(Comparator.comparing(Placed::spot)).map(Placed::problem);
        Stream<Problem> others = elsewhere.stream()
                .sorted(Comparator.comparing(PlacedProblems::fileOf).thenComparing(PlacedProblems::spotOf));
        return Stream.concat(here, others).distinct().toList();
    }

    private static String fileOf(Problem problem) {
        Matcher place = PLACE.matcher(problem.where());
        return place.lookingAt() ? place.group(1) : problem.where();
    }

    private static Spot spotOf(Problem problem) {
        Matcher place = PLACE.matcher(problem.where());
        return place.lookingAt()
                ? new Spot(Integer.parseInt(place.group(2)), Integer.parseInt(place.group(3)))
                : Spot.START;
    }
}
