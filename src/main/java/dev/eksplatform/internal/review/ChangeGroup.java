package dev.eksplatform.internal.review;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The changes of one part of a stack.
 *
 * @param stack the stack
 * @param part the construct directly under the stack, or the kind of part when constructs are not known
 * @param changes its changes, riskiest first
 */
public record ChangeGroup(String stack, String part, List<Change> changes) {

    /** The part that outputs are shown in. */
    public static final String OUTPUTS = "Outputs";

    /** The part that invocations of actions are shown in. */
    public static final String ACTIONS = "Actions";

    /** The part that data sources and ephemeral resources are shown in. */
    public static final String READS = "Read during apply";

    /**
     * What happens in the part.
     *
     * @return such as {@code 1 replaced, 2 changed}
     */
    public String summary() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        changes.forEach(change -> counts.merge(change.inShort(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }
}
