package dev.eksplatform.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Collects the problems of one input, so that all of them are reported at once. */
@API(status = API.Status.INTERNAL)
public final class Problems {

    private final List<Problem> found = new ArrayList<>();

    /**
     * Adds a problem.
     *
     * @param property the name of a component of the spec
     * @param what what was found
     * @param allowed what is allowed
     * @param fix the likely fix
     */
    public void add(String property, String what, String allowed, String fix) {
        found.add(new Problem(Place.of(PropertyPath.of(property)), what, allowed, fix));
    }

    /**
     * Adds a problem.
     *
     * @param path the property of the spec
     * @param what what was found
     * @param allowed what is allowed
     * @param fix the likely fix
     */
    public void add(PropertyPath path, String what, String allowed, String fix) {
        found.add(new Problem(Place.of(path), what, allowed, fix));
    }

    /**
     * Adds a problem whose fix is enough.
     *
     * @param path the property of the spec
     * @param what what was found
     * @param fix the likely fix
     */
    public void add(PropertyPath path, String what, String fix) {
        found.add(new Problem(Place.of(path), what, fix));
    }

    /**
     * Adds a problem.
     *
     * @param place where it is
     * @param what what was found
     * @param allowed what is allowed
     * @param fix the likely fix
     */
    public void add(Place place, String what, String allowed, String fix) {
        found.add(new Problem(place, what, allowed, fix));
    }

    /**
     * Adds a problem whose fix says what is allowed.
     *
     * @param place where it is
     * @param what what was found
     * @param fix the likely fix
     */
    public void add(Place place, String what, String fix) {
        found.add(new Problem(place, what, fix));
    }

    /**
     * Adds a problem.
     *
     * @param problem the problem
     */
    public void add(Problem problem) {
        found.add(problem);
    }

    /**
     * Checks a text by a regular expression.
     *
     * @param property the name of a component of the spec
     * @param text the text
     * @param form what it must match as a whole
     * @param what what it should be, such as {@code a namespace}
     * @param allowed what is allowed
     * @param fix the likely fix
     */
    public void match(String property, String text, Pattern form, String what, String allowed, String fix) {
        if (!form.matcher(text).matches()) {
            add(property, "\"" + text + "\" is not " + what, allowed, fix);
        }
    }

    /**
     * Checks a text by a regular expression.
     *
     * @param path the property of the spec
     * @param text the text
     * @param form what it must match as a whole
     * @param what what it should be, such as {@code a namespace}
     * @param allowed what is allowed
     * @param fix the likely fix
     */
    public void match(PropertyPath path, String text, Pattern form, String what, String allowed, String fix) {
        if (!form.matcher(text).matches()) {
            add(path, "\"" + text + "\" is not " + what, allowed, fix);
        }
    }

    /**
     * Creates a part of the input and keeps its problems instead of stopping at them.
     *
     * @param owner the property that holds the part, put in front of each problem's place
     * @param part creates the part
     * @param <T> the part's type
     * @return the part, or {@code null} when it had problems
     */
    public <T> @Nullable T collect(PropertyPath owner, Supplier<T> part) {
        try {
            return part.get();
        } catch (InvalidInputException e) {
            e.problems().forEach(problem -> found.add(problem.under(owner)));
            return null;
        }
    }

    /**
     * Makes a part of the input and keeps its problems, all of them at one place.
     *
     * @param place where the part is
     * @param part makes the part
     * @param <T> the part's type
     * @return the part, or {@code null} when it had problems
     */
    public <T> @Nullable T collect(Place place, Supplier<T> part) {
        try {
            return part.get();
        } catch (InvalidInputException e) {
            e.problems().forEach(problem -> found.add(problem.at(place)));
            return null;
        }
    }

    /**
     * Checks that each value of a list is given once.
     *
     * @param owner the property that holds the list; each problem's place is the property of a later value
     * @param values the values
     * @param what what one of them is, such as {@code zone}
     */
    public void once(PropertyPath owner, List<?> values, String what) {
        for (int i = 0; i < values.size(); i++) {
            if (values.indexOf(values.get(i)) < i) {
                add(owner.index(i), "duplicate " + what + " " + values.get(i), "remove one of them");
            }
        }
    }

    /**
     * Reads the values of a list and keeps the problems of each.
     *
     * @param owner the property that holds the list, put in front of each problem's place with the value's index
     * @param values the values
     * @param read reads one of them
     * @param <T> the type of what is read
     * @return what could be read, in the same order
     */
    public <T> List<T> collectEach(PropertyPath owner, List<String> values, Function<String, T> read) {
        List<T> parts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            T part = collect(owner.index(i), () -> read.apply(value));
            if (part != null) {
                parts.add(part);
            }
        }
        return parts;
    }

    /**
     * Creates a part of the input and keeps its problems, which have their places already.
     *
     * @param part creates the part
     * @param otherwise used instead of the part when it had problems
     * @param <T> the part's type
     * @return the part
     */
    public <T> T collect(Supplier<T> part, T otherwise) {
        try {
            return part.get();
        } catch (InvalidInputException e) {
            found.addAll(e.problems());
            return otherwise;
        }
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
     * The problems so far.
     *
     * @return the problems, in the order in which they were found
     */
    public List<Problem> found() {
        return List.copyOf(found);
    }

    /**
     * Ends the collection.
     *
     * @throws InvalidInputException with all problems, when there is at least one
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidInputException(found);
        }
    }
}
