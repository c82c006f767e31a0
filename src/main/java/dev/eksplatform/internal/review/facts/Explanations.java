package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.plan.EmbeddedDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Resources that explain what appears in others: a security group's rules and a role's policies are also listed in the group
 * and the role, and appear there after the rule or attachment was created.
 */
final class Explanations {

    private final List<Set<String>> texts = new ArrayList<>();
    private final Map<String, Set<Integer>> byText = new HashMap<>();

    /** Adds a resource with its values. */
    void add(JsonNode values) {
        Set<String> all = new HashSet<>();
        values.forEach(value -> {
            if (value.isValueNode() && !Side.isUnset(value)) {
                all.add(value.asText());
            } else if (value.isArray()) {
                all.addAll(Json.texts(value));
            }
        });
        all.forEach(text -> byText.computeIfAbsent(text, key -> new HashSet<>()).add(texts.size()));
        texts.add(all);
    }

    /** Says whether a resource created every element that was added to a list, and no element was removed. */
    boolean explain(JsonNode before, JsonNode after) {
        if (!after.isArray() || !(before.isArray() || Side.isUnset(before))) {
            return false;
        }
        for (JsonNode element : before) {
            if (!contains(after, element)) {
                return false;
            }
        }
        for (JsonNode element : after) {
            if (!contains(before, element) && !explains(element)) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(JsonNode list, JsonNode element) {
        for (JsonNode other : list) {
            if (DriftedValue.same(other, element)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one resource holds the ARN that is the element, or all of its texts. */
    private boolean explains(JsonNode element) {
        List<String> needed = new ArrayList<>();
        leaves(element, needed);
        needed.removeIf(text -> text.equals("false")
                || text.equals("0")
                || EmbeddedDocument.json(text).isPresent());
        if (element.path("self").asBoolean()) {
            needed.remove("true");
        }
        Set<Integer> candidates = Set.of();
        for (String text : needed) {
            Set<Integer> holders = byText.getOrDefault(text, Set.of());
            candidates = candidates.isEmpty() || holders.size() < candidates.size() ? holders : candidates;
        }
        return candidates.stream().anyMatch(holder -> texts.get(holder).containsAll(needed));
    }

    private static void leaves(JsonNode node, List<String> into) {
        if (node.isContainerNode()) {
            node.forEach(part -> leaves(part, into));
        } else if (!Side.isUnset(node)) {
            into.add(node.asText());
        }
    }
}
