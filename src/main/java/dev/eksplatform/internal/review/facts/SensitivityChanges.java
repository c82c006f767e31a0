package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.plan.BeforeAfter;
import dev.eksplatform.internal.plan.ValueMarks;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Values that stay but become sensitive, or stop being so: then Terraform shows them. Such a change is an update although
 * nothing differs.
 */
final class SensitivityChanges {

    private static final int MOST = 6;

    private final List<String> found = new ArrayList<>();

    private SensitivityChanges() {}

    /**
     * The changes of a value's sensitivity, in words.
     *
     * @param value the value before and after
     * @return such as {@code only the mark changes: value becomes sensitive}; empty when nothing on both sides has another
     *     mark
     */
    static String of(BeforeAfter value) {
        SensitivityChanges changes = new SensitivityChanges();
        changes.compare(
                "", value.before(), value.after(), value.unknown(), value.sensitiveBefore(), value.sensitiveAfter());
        if (changes.found.isEmpty()) {
            return "";
        }
        boolean only = value.before().equals(value.after()) && !value.unknown().any();
        List<String> shown = changes.found.subList(0, Math.min(MOST, changes.found.size()));
        int more = changes.found.size() - shown.size();
        return (only ? "only the mark changes: " : "")
                + String.join(", ", shown)
                + (more == 0 ? "" : " and " + more + " more");
    }

    private void compare(
            String path, JsonNode before, JsonNode after, ValueMarks unknown, ValueMarks was, ValueMarks is) {
        boolean there = isSet(before) && (isSet(after) || unknown.any());
        if (!there || was.equals(is)) {
            return;
        }
        String name = path.isEmpty() ? "it" : path;
        if (is.whole()) {
            found.add((was.any() ? "all of " : "") + name + " becomes sensitive");
        } else if (was.whole()) {
            found.add((is.any() ? "part of " : "") + name + " is no longer sensitive");
        } else {
            Set<String> parts = new LinkedHashSet<>(was.parts().keySet());
            parts.addAll(is.parts().keySet());
            for (String part : parts) {
                compare(
                        path.isEmpty() ? part : path + "." + part,
                        ValueMarks.part(before, part),
                        ValueMarks.part(after, part),
                        unknown.at(part),
                        was.at(part),
                        is.at(part));
            }
        }
    }

    private static boolean isSet(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }
}
