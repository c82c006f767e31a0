package dev.eksplatform.internal.yaml;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a record of what a file gives for it, although parts of that could not be read or are refused by the record: those
 * are left out, so that they have their defaults, or their documentation's example when they are required.
 */
final class PartialRecord {

    private final RecordShape shape;
    private final Set<String> unsound;
    private final Set<RecordShape.Component> refused = new LinkedHashSet<>();
    private List<Problem> problems = List.of();
    private final @Nullable Object value;

    /**
     * Makes a record.
     *
     * @param given the components that could be read, by name
     * @param unsound the names of those that are not wholly what the file says
     */
    PartialRecord(RecordShape shape, Map<String, Object> given, Set<String> unsound) {
        this.shape = shape;
        this.unsound = unsound;
        this.value = make(new HashMap<>(given));
    }

    /** The record; empty when nothing stands in for a required component. */
    Optional<Object> value() {
        return Optional.ofNullable(value);
    }

    /** What the record refuses by itself, apart from what only follows from components that could not be read. */
    Optional<InvalidInputException> problems() {
        return problems.isEmpty() ? Optional.empty() : Optional.of(new InvalidInputException(problems));
    }

    /** The components that the record refuses. */
    Set<RecordShape.Component> refused() {
        return refused;
    }

    private @Nullable Object make(Map<String, Object> given) {
        boolean first = true;
        while (true) {
            if (!standIn(given)) {
                return null;
            }
            try {
                return shape.create(given);
            } catch (InvalidInputException e) {
                if (first) {
                    problems = e.problems().stream()
                            .filter(problem -> standsAlone(problem, given))
                            .toList();
                    first = false;
                }
                if (!leaveOut(e.problems(), given)) {
                    return null;
                }
            }
        }
    }

    /** Puts examples in for the required components that are not there; says whether all of them have one. */
    private boolean standIn(Map<String, Object> given) {
        for (RecordShape.Component component : shape.components()) {
            if (component.required() && !given.containsKey(component.name())) {
                Optional<Object> example = Binder.example(component);
                if (example.isEmpty()) {
                    return false;
                }
                given.put(component.name(), example.get());
            }
        }
        return true;
    }

    /** Leaves out the components that problems are about; says whether that made a difference. */
    private boolean leaveOut(List<Problem> found, Map<String, Object> given) {
        boolean changed = false;
        for (Problem problem : found) {
            Optional<RecordShape.Component> component = component(problem);
            if (component.isPresent() && refused.add(component.get())) {
                changed |= given.remove(component.get().name()) != null;
            }
        }
        return changed;
    }

    private Optional<RecordShape.Component> component(Problem problem) {
        return problem.place().typed() instanceof Place.InSpec spec
                        && !spec.path().steps().isEmpty()
                        && spec.path().steps().get(0) instanceof PropertyPath.Key key
                ? shape.byKeyOrName(key.name())
                : Optional.empty();
    }

    /**
     * Says whether a problem is there without the components that could not be read: when it shows with the component it
     * is about and the required ones alone. An optional component may be wrong because of a required one.
     */
    private boolean standsAlone(Problem problem, Map<String, Object> given) {
        if (unsound.isEmpty()) {
            return true;
        }
        Optional<RecordShape.Component> about = component(problem);
        boolean requiredUnsound = shape.components().stream()
                .anyMatch(component -> component.required() && unsound.contains(component.name()));
        if (about.isEmpty()
                || unsound.contains(about.get().name())
                || (requiredUnsound && !about.get().required())) {
            return false;
        }
        Map<String, Object> alone = new HashMap<>();
        shape.components().stream()
                .filter(component -> component.required() || component.equals(about.get()))
                .filter(component -> given.containsKey(component.name()))
                .forEach(component -> alone.put(component.name(), given.get(component.name())));
        try {
            shape.create(alone);
            return false;
        } catch (InvalidInputException e) {
            return e.problems().contains(problem);
        }
    }
}
