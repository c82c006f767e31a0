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
 * Creates a record although some of its components could not be read or are refused by the record: those get their
 * defaults, or the example of their documentation when they are required.
 */
final class PartialRecord {

    private final RecordShape shape;
    private final Set<String> unsound;
    private final Set<RecordShape.Component> refused = new LinkedHashSet<>();
    private List<Problem> problems = List.of();
    private final @Nullable Object value;

    /**
     * Creates a record.
     *
     * @param given the components that could be read, by name
     * @param unsound the names of those whose values are not entirely those of the file
     */
    PartialRecord(RecordShape shape, Map<String, Object> given, Set<String> unsound) {
        this.shape = shape;
        this.unsound = unsound;
        this.value = create(new HashMap<>(given));
    }

    /** The record; empty when there is nothing to use in place of a required component. */
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

    private @Nullable Object create(Map<String, Object> given) {
        boolean first = true;
        while (true) {
            if (!addExamples(given)) {
                return null;
            }
            try {
                return shape.create(given);
            } catch (InvalidInputException e) {
                if (first) {
                    problems = e.problems().stream()
                            .filter(problem -> isIndependent(problem, given))
                            .toList();
                    first = false;
                }
                if (!remove(e.problems(), given)) {
                    return null;
                }
            }
        }
    }

    /** Adds examples for the missing required components; false when one of them has no example. */
    private boolean addExamples(Map<String, Object> given) {
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

    /** Removes the components that problems are about; false when there was nothing to remove. */
    private boolean remove(List<Problem> found, Map<String, Object> given) {
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
        return problem.place() instanceof Place.InSpec spec
                        && !spec.path().steps().isEmpty()
                        && spec.path().steps().get(0) instanceof PropertyPath.Key key
                ? shape.byKeyOrName(key.name())
                : Optional.empty();
    }

    /**
     * Whether a problem is independent of the components that could not be read: the record refuses its component also
     * when only the required ones are given beside it. An optional component may be wrong because of a required one.
     */
    private boolean isIndependent(Problem problem, Map<String, Object> given) {
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
        Map<String, Object> few = new HashMap<>();
        shape.components().stream()
                .filter(component -> component.required() || component.equals(about.get()))
                .filter(component -> given.containsKey(component.name()))
                .forEach(component -> few.put(component.name(), given.get(component.name())));
        try {
            shape.create(few);
            return false;
        } catch (InvalidInputException e) {
            return e.problems().contains(problem);
        }
    }
}
