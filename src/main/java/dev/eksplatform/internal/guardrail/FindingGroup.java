package dev.eksplatform.internal.guardrail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The findings of one rule, which are shown together.
 *
 * @param findings at least one, in the order of the review, all with the same message
 */
public record FindingGroup(List<PlacedFinding> findings) {

    /** The findings by rule, in the order in which each rule comes first. */
    public static List<FindingGroup> of(List<PlacedFinding> findings) {
        Map<List<String>, List<PlacedFinding>> groups = new LinkedHashMap<>();
        findings.forEach(placed -> groups.computeIfAbsent(
                        List.of(placed.finding().rule(), placed.finding().message()), key -> new ArrayList<>())
                .add(placed));
        return groups.values().stream().map(FindingGroup::new).toList();
    }

    /** What is the same for all of them. */
    public PlacedFinding first() {
        return findings.get(0);
    }
}
