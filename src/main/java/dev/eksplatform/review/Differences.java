package dev.eksplatform.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.plan.EmbeddedDocument;
import dev.eksplatform.plan.Marks;
import dev.eksplatform.plan.Secrets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares two values of a resource by meaning: documents inside texts are decoded, lists of named things compared by
 * name, and what only settles during apply is left out.
 */
final class Differences {

    private static final int LONGEST_TEXT = 1000;
    private static final int SHORT_LIST = 90;
    private static final List<String> NAMES =
            List.of("name", "key", "id", "device_name", "cidr_block", "mount_path", "resource_type", "host", "path");

    /** Attributes that only repeat another one. */
    private static final Map<String, String> MIRRORS = Map.of("tags_all", "tags", "object", "manifest");

    private final Secrets secrets;
    private final List<List<String>> replacePaths;
    private final Function<String, Optional<JsonNode>> deferredDocument;
    private final JsonNode expressions;
    private final List<Difference> found = new ArrayList<>();

    /**
     * Prepares one comparison.
     *
     * @param secrets what must not be shown
     * @param replacePaths the attributes that force a replacement
     * @param expressions what the configuration sets; a missing node when that is not known
     * @param deferredDocument the policy document an unknown attribute will hold, when its parts are known
     */
    Differences(
            Secrets secrets,
            List<List<String>> replacePaths,
            JsonNode expressions,
            Function<String, Optional<JsonNode>> deferredDocument) {
        this.secrets = secrets;
        this.replacePaths = replacePaths;
        this.expressions = expressions;
        this.deferredDocument = deferredDocument;
    }

    /** One side of the comparison. */
    record Side(JsonNode value, Marks unknown, Marks sensitive) {

        static final Side NOTHING = new Side(MissingNode.getInstance(), Marks.NONE, Marks.NONE);

        Side at(String key) {
            JsonNode part = value.isArray() ? value.path(Integer.parseInt(key)) : value.path(key);
            return new Side(part, unknown.at(key), sensitive.at(key));
        }

        Side with(JsonNode other) {
            return new Side(other, Marks.NONE, Marks.NONE);
        }

        boolean blank() {
            return !unknown.any() && Differences.blank(value);
        }
    }

    List<Difference> between(String type, Side before, Side after) {
        Set<String> attributes = new LinkedHashSet<>();
        before.value().fieldNames().forEachRemaining(attributes::add);
        after.value().fieldNames().forEachRemaining(attributes::add);
        attributes.addAll(after.unknown().parts().keySet());
        for (String attribute : new TreeSet<>(attributes)) {
            if (type.equals("helm_release") && attribute.equals("values")) {
                compare(List.of("values"), helmValues(before.at(attribute)), helmValues(after.at(attribute)));
            } else {
                compare(List.of(attribute), before.at(attribute), after.at(attribute));
            }
        }
        Set<String> shown = new LinkedHashSet<>();
        found.forEach(difference -> shown.add(root(difference.path())));
        found.removeIf(difference -> shown.contains(MIRRORS.getOrDefault(root(difference.path()), "")));
        return found;
    }

    private static String root(String path) {
        return path.split("[.\\[]", 2)[0];
    }

    /** Helm merges the documents of {@code values} in order, so that is what is compared. */
    private static Side helmValues(Side side) {
        if (!side.value().isArray() || side.unknown().any() || side.sensitive().any()) {
            return side;
        }
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        for (JsonNode text : side.value()) {
            Optional<JsonNode> document = EmbeddedDocument.yaml(text.asText(""));
            if (document.isEmpty() || !document.get().isObject()) {
                return side;
            }
            merge(merged, document.get());
        }
        return side.with(merged);
    }

    private static void merge(ObjectNode into, JsonNode from) {
        from.properties().forEach(entry -> {
            if (into.get(entry.getKey()) instanceof ObjectNode inner
                    && entry.getValue().isObject()) {
                merge(inner, entry.getValue());
            } else {
                into.set(entry.getKey(), entry.getValue().deepCopy());
            }
        });
    }

    private void compare(List<String> path, Side before, Side after) {
        if (before.sensitive().whole() || after.sensitive().whole()) {
            if (!before.value().equals(after.value()) && !(before.blank() && after.blank())) {
                add(path, before.blank() ? null : Secrets.MASK, after.blank() ? null : Secrets.MASK);
            }
            return;
        }
        if (after.unknown().whole()) {
            unknown(path, before);
            return;
        }
        boolean onlyDefault = after.blank() && zero(before.value()) && expressions.isObject() && !isConfigured(path);
        if (onlyDefault || (before.blank() && after.blank())) {
            return;
        }
        if (documents(path, before, after)) {
            return;
        }
        JsonNode b = before.value();
        JsonNode a = after.value();
        boolean objects = (b.isObject() || blank(b)) && (a.isObject() || blank(a)) && (b.isObject() || a.isObject());
        boolean arrays = (b.isArray() || blank(b)) && (a.isArray() || blank(a)) && (b.isArray() || a.isArray());
        if (objects) {
            Set<String> keys = new LinkedHashSet<>();
            b.fieldNames().forEachRemaining(keys::add);
            a.fieldNames().forEachRemaining(keys::add);
            keys.addAll(after.unknown().parts().keySet());
            for (String key : keys) {
                compare(append(path, key), before.at(key), after.at(key));
            }
        } else if (arrays) {
            lists(path, before, after);
        } else if (!b.asText().equals(a.asText()) || b.isContainerNode() != a.isContainerNode()) {
            add(path, text(b), text(a));
        }
    }

    private void unknown(List<String> path, Side before) {
        Optional<JsonNode> document = path.size() == 1 ? deferredDocument.apply(path.get(0)) : Optional.empty();
        if (document.isPresent()) {
            JsonNode old = EmbeddedDocument.json(before.value().asText("")).orElse(MissingNode.getInstance());
            policies(path, old, document.get());
        } else if (isConfigured(path)) {
            add(path, text(before.value()), Difference.UNKNOWN);
        }
    }

    /** Compares two texts as the documents they hold. */
    private boolean documents(List<String> path, Side before, Side after) {
        boolean texts = before.value().isTextual() || after.value().isTextual();
        if (!texts || before.value().isContainerNode() || after.value().isContainerNode()) {
            return false;
        }
        Optional<JsonNode> b = EmbeddedDocument.json(before.value().asText(""));
        Optional<JsonNode> a = EmbeddedDocument.json(after.value().asText(""));
        boolean comparable = (b.isPresent() || blank(before.value())) && (a.isPresent() || blank(after.value()));
        if (!comparable || (b.isEmpty() && a.isEmpty())) {
            return false;
        }
        JsonNode old = b.orElse(MissingNode.getInstance());
        JsonNode young = a.orElse(MissingNode.getInstance());
        if (PolicyMeaning.isPolicy(old) || PolicyMeaning.isPolicy(young)) {
            policies(path, old, young);
        } else {
            compare(path, before.with(old), after.with(young));
        }
        return true;
    }

    private void policies(List<String> path, JsonNode before, JsonNode after) {
        Map<String, String> old = PolicyMeaning.sentences(before);
        Map<String, String> young = PolicyMeaning.sentences(after);
        old.forEach((key, sentence) -> {
            if (!young.containsKey(key)) {
                add(path, text(sentence), null);
            }
        });
        young.forEach((key, sentence) -> {
            if (!old.containsKey(key)) {
                add(path, null, text(sentence));
            }
        });
    }

    private void lists(List<String> path, Side before, Side after) {
        JsonNode b = before.value();
        JsonNode a = after.value();
        boolean scalars = scalars(b) && scalars(a);
        if (scalars && !after.unknown().any()) {
            scalarLists(path, b, a);
            return;
        }
        String name = commonName(b, a);
        if (name != null) {
            Map<String, Integer> old = byName(b, name);
            Map<String, Integer> young = byName(a, name);
            Set<String> all = new LinkedHashSet<>(old.keySet());
            all.addAll(young.keySet());
            boolean single = all.size() == 1;
            for (String element : all) {
                compare(
                        single && !NAMES.get(0).equals(name) ? path : index(path, element),
                        old.containsKey(element) ? before.at(String.valueOf(old.get(element))) : Side.NOTHING,
                        young.containsKey(element) ? after.at(String.valueOf(young.get(element))) : Side.NOTHING);
            }
            return;
        }
        // elements that are on both sides are equal wherever they stand
        List<Integer> restBefore = rest(b, a);
        List<Integer> restAfter = rest(a, b);
        for (int i = 0; i < Math.max(restBefore.size(), restAfter.size()); i++) {
            int shown = i < restAfter.size() ? restAfter.get(i) : restBefore.get(i);
            compare(
                    b.size() <= 1 && a.size() <= 1 ? path : index(path, Integer.toString(shown)),
                    i < restBefore.size() ? before.at(String.valueOf(restBefore.get(i))) : Side.NOTHING,
                    i < restAfter.size() ? after.at(String.valueOf(restAfter.get(i))) : Side.NOTHING);
        }
    }

    private void scalarLists(List<String> path, JsonNode b, JsonNode a) {
        List<String> old = PolicyMeaning.texts(b);
        List<String> young = PolicyMeaning.texts(a);
        if (old.equals(young)) {
            return;
        }
        String before = old.isEmpty() ? null : String.join(", ", old);
        String after = young.isEmpty() ? null : String.join(", ", young);
        boolean brief =
                (before == null || before.length() <= SHORT_LIST) && (after == null || after.length() <= SHORT_LIST);
        Set<String> removed = new LinkedHashSet<>(old);
        young.forEach(removed::remove);
        Set<String> added = new LinkedHashSet<>(young);
        old.forEach(added::remove);
        if (brief || (removed.isEmpty() && added.isEmpty())) {
            add(path, before == null ? null : text("[" + before + "]"), after == null ? null : text("[" + after + "]"));
            return;
        }
        removed.forEach(element -> add(path, text(element), null));
        added.forEach(element -> add(path, null, text(element)));
    }

    private static boolean scalars(JsonNode list) {
        for (JsonNode element : list) {
            if (element.isContainerNode() || element.asText().length() > 300) {
                return false;
            }
        }
        return true;
    }

    /** The property by which the elements of both lists can be told apart. */
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

    /** The indices of the elements of one list that are not in the other. */
    private static List<Integer> rest(JsonNode list, JsonNode other) {
        Map<String, Integer> counts = new TreeMap<>();
        other.forEach(element -> counts.merge(element.toString(), 1, Integer::sum));
        List<Integer> rest = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String element = list.get(i).toString();
            if (counts.getOrDefault(element, 0) > 0) {
                counts.merge(element, -1, Integer::sum);
            } else {
                rest.add(i);
            }
        }
        return rest;
    }

    private void add(List<String> path, @Nullable String before, @Nullable String after) {
        if (before == null && after == null) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (String step : path) {
            text.append(step.startsWith("[") || text.isEmpty() ? "" : ".").append(step);
        }
        found.add(new Difference(secrets.masked(text.toString()), before, after, forces(path)));
    }

    private boolean forces(List<String> path) {
        List<String> names = names(path);
        return replacePaths.stream()
                .map(Differences::names)
                .anyMatch(forcing -> !forcing.isEmpty()
                        && names.size() >= forcing.size()
                        && names.subList(0, forcing.size()).equals(forcing));
    }

    private static List<String> names(List<String> path) {
        return path.stream()
                .filter(step -> !step.startsWith("[") && !step.chars().allMatch(Character::isDigit))
                .toList();
    }

    /** Says whether the configuration sets this attribute; what it does not set is the provider's to decide. */
    private boolean isConfigured(List<String> path) {
        if (!expressions.isObject()) {
            return true;
        }
        JsonNode node = expressions;
        for (String step : names(path)) {
            while (node.isArray()) {
                node = node.path(0);
            }
            if (node.has("constant_value") || node.has("references")) {
                return true;
            }
            node = node.path(step);
        }
        return !node.isMissingNode();
    }

    private static List<String> append(List<String> path, String step) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private static List<String> index(List<String> path, String element) {
        return append(path, "[" + element + "]");
    }

    /** Null, an empty text and an empty container all mean that nothing is set. */
    static boolean blank(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return true;
        }
        if (value.isTextual()) {
            return value.textValue().isEmpty();
        }
        if (!value.isContainerNode()) {
            return false;
        }
        for (JsonNode part : value) {
            if (!blank(part)) {
                return false;
            }
        }
        return true;
    }

    /** What a provider reads back for something that is not set. */
    private static boolean zero(JsonNode value) {
        return blank(value) || (value.isNumber() && value.asDouble() == 0) || (value.isBoolean() && !value.asBoolean());
    }

    private @Nullable String text(JsonNode value) {
        if (blank(value)) {
            return null;
        }
        if (value.isArray() && scalars(value)) {
            return text("[" + String.join(", ", PolicyMeaning.texts(value)) + "]");
        }
        return text(value.isContainerNode() ? value.toString() : value.asText());
    }

    /** Masked before it is shortened, so that no half of a secret stays. */
    private String text(String value) {
        String masked = secrets.masked(value);
        return masked.length() <= LONGEST_TEXT
                ? masked
                : masked.substring(0, LONGEST_TEXT) + "… (" + (masked.length() - LONGEST_TEXT) + " more characters)";
    }
}
