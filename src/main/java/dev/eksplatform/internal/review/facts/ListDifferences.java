package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares two lists: named elements by name, others by value. */
final class ListDifferences {

    private static final int SHORT_LIST = 90;
    private static final List<String> NAMES =
            List.of("name", "key", "id", "device_name", "cidr_block", "mount_path", "resource_type", "host", "path");

    private final Differences differences;
    private final String type;

    /**
     * Prepares a comparison.
     *
     * @param differences compares elements, and takes what differs
     * @param type the resource's type
     */
    ListDifferences(Differences differences, String type) {
        this.differences = differences;
        this.type = type;
    }

    void compare(List<String> path, Side before, Side after) {
        JsonNode b = before.value();
        JsonNode a = after.value();
        if (scalars(b) && scalars(a) && !after.unknown().any()) {
            scalarLists(path, before, after);
            return;
        }
        int start = differences.count();
        String name = commonName(b, a);
        if (name != null) {
            Map<String, Integer> old = byName(b, name);
            Map<String, Integer> young = byName(a, name);
            Set<String> all = new LinkedHashSet<>(old.keySet());
            all.addAll(young.keySet());
            boolean single = all.size() == 1;
            for (String element : all) {
                element(
                        single && !NAMES.get(0).equals(name) ? path : Differences.index(path, element),
                        old.containsKey(element) ? before.at(String.valueOf(old.get(element))) : Side.NOTHING,
                        young.containsKey(element) ? after.at(String.valueOf(young.get(element))) : Side.NOTHING);
            }
        } else {
            // elements that are on both sides are equal wherever they stand
            List<Integer> restBefore = rest(before, after);
            List<Integer> restAfter = rest(after, before);
            for (int i = 0; i < Math.max(restBefore.size(), restAfter.size()); i++) {
                int shown = i < restAfter.size() ? restAfter.get(i) : restBefore.get(i);
                element(
                        b.size() <= 1 && a.size() <= 1 ? path : Differences.index(path, Integer.toString(shown)),
                        i < restBefore.size() ? before.at(String.valueOf(restBefore.get(i))) : Side.NOTHING,
                        i < restAfter.size() ? after.at(String.valueOf(restAfter.get(i))) : Side.NOTHING);
            }
        }
        if (differences.count() == start && b.size() != a.size()) {
            differences.add(path, before, after);
        }
        if (name != null && isOrderKept()) {
            order(path, names(b, name), names(a, name), UnaryOperator.identity());
        } else {
            List<String> old = texts(b);
            order(path, old, texts(a), element -> {
                int index = old.indexOf(element);
                return name == null
                        ? Integer.toString(index + 1)
                        : b.path(index).path(name).asText();
            });
        }
    }

    private static List<String> names(JsonNode list, String name) {
        return new ArrayList<>(byName(list, name).keySet());
    }

    /** An element that is added or removed is shown, however empty it is; the only one of a list as that list. */
    private void element(List<String> path, Side before, Side after) {
        int shown = differences.count();
        boolean only = !path.get(path.size() - 1).startsWith("[");
        boolean appears = before == Side.NOTHING || after == Side.NOTHING;
        if (!(only && appears && before.isUnset() && after.isUnset())) {
            differences.compare(path, before, after);
        }
        if (differences.count() == shown && !only && appears) {
            differences.add(path, before, after);
        }
    }

    /** A set is written in one order by Terraform, so equal elements in another order are those of a list. */
    private void order(List<String> path, List<String> before, List<String> after, UnaryOperator<String> name) {
        List<String> old = new ArrayList<>(before);
        List<String> young = new ArrayList<>(after);
        old.retainAll(new HashSet<>(after));
        young.retainAll(new HashSet<>(before));
        if (old.size() == young.size() && !old.equals(young)) {
            differences.addTexts(path, inOrder(old, name), inOrder(young, name));
        }
    }

    private static String inOrder(List<String> elements, UnaryOperator<String> name) {
        return "in the order " + elements.stream().map(name).collect(Collectors.joining(", "));
    }

    /** Whether lists are lists, none of them a set: then the order of elements that change besides can be compared, too. */
    private boolean isOrderKept() {
        return type.startsWith("kubernetes_") || type.equals("helm_release");
    }

    private void scalarLists(List<String> path, Side before, Side after) {
        List<String> old = Json.texts(before.redacted());
        List<String> young = Json.texts(after.redacted());
        String b = old.isEmpty() ? null : "[" + String.join(", ", old) + "]";
        String a = young.isEmpty() ? null : "[" + String.join(", ", young) + "]";
        boolean brief = (b == null || b.length() <= SHORT_LIST) && (a == null || a.length() <= SHORT_LIST);
        Set<String> removed = new LinkedHashSet<>(old);
        young.forEach(removed::remove);
        Set<String> added = new LinkedHashSet<>(young);
        old.forEach(added::remove);
        if (brief || removed.isEmpty() && added.isEmpty()) {
            differences.add(path, before, after);
            return;
        }
        removed.forEach(element -> differences.addTexts(path, differences.masked(element), null));
        added.forEach(element -> differences.addTexts(path, null, differences.masked(element)));
    }

    static boolean scalars(JsonNode list) {
        for (JsonNode element : list) {
            if (element.isContainerNode() || element.asText().length() > 300) {
                return false;
            }
        }
        return true;
    }

    /** The property that identifies the elements of both lists. */
    private static @Nullable String commonName(JsonNode b, JsonNode a) {
        for (String name : NAMES) {
            if (tellsApart(b, name) && tellsApart(a, name)) {
                return name;
            }
        }
        return null;
    }

    private static boolean tellsApart(JsonNode list, String name) {
        return byName(list, name).size() == list.size();
    }

    private static Map<String, Integer> byName(JsonNode list, String name) {
        Map<String, Integer> indices = new LinkedHashMap<>();
        for (int i = 0; i < list.size(); i++) {
            String text = list.path(i).path(name).asText("");
            if (!text.isEmpty()) {
                indices.putIfAbsent(text, i);
            }
        }
        return indices;
    }

    /** The indices of the elements of one list that are not in the other; what is not known is in no other. */
    private static List<Integer> rest(Side side, Side other) {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < other.value().size(); i++) {
            if (!other.unknown().at(i).any()) {
                counts.merge(other.value().get(i).toString(), 1, Integer::sum);
            }
        }
        List<Integer> rest = new ArrayList<>();
        for (int i = 0; i < side.value().size(); i++) {
            String element = side.value().get(i).toString();
            if (!side.unknown().at(i).any() && counts.getOrDefault(element, 0) > 0) {
                counts.merge(element, -1, Integer::sum);
            } else {
                rest.add(i);
            }
        }
        return rest;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(element -> texts.add(element.toString()));
        return texts;
    }
}
