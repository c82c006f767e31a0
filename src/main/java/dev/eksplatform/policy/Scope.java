package dev.eksplatform.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The resources a rule can look up beside its own: those of one stack, or of the whole review. */
final class Scope {

    private final Map<String, List<Subject>> byType = new HashMap<>();

    /** Resources that will be there after apply; those to be deleted are left out. */
    Scope(Collection<Subject> subjects) {
        for (Subject subject : subjects) {
            if (!subject.isDeleted()) {
                byType.computeIfAbsent(subject.type(), type -> new ArrayList<>())
                        .add(subject);
            }
        }
    }

    List<Subject> resources(String type) {
        return byType.getOrDefault(type, List.of());
    }
}
