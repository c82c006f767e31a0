package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.kubernetes.Quantity;
import dev.eksplatform.internal.yaml.Binder;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.problem.InvalidInputException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What Kubernetes never changes in an object that exists, from {@code immutable-fields.yaml}. Terraform plans such a change of
 * a {@code kubernetes_manifest} in place, and the API server refuses it when everything before it is applied.
 *
 * @param objects the fields of each kind of object
 */
public record ImmutableFields(List<Entry> objects) {

    /** Read when the first Kubernetes object changes, and not before. */
    private static final class Table {

        private static final ImmutableFields FIELDS = Binder.ofProgram(ImmutableFields.class, "immutable-fields.yaml");
    }

    /**
     * The immutable fields of some kinds, by their paths in the manifest.
     *
     * @param kinds the kinds
     * @param group their API group; empty for the core group
     * @param fields what cannot change
     * @param defaults what omitting such a field means
     * @param set what can be left out but not set to another value
     * @param once what can be set once and then not change
     * @param smaller quantities that can only grow
     * @param except what can change in these fields
     * @param when values of the existing object with which they cannot change
     * @param unless values of the existing object with which they can change
     * @param fix what to do, where another name is not the advice
     * @param source where Kubernetes documents it
     */
    record Entry(
            List<String> kinds,
            String group,
            List<String> fields,
            Map<String, Object> defaults,
            List<String> set,
            List<String> once,
            List<String> smaller,
            List<String> except,
            Map<String, String> when,
            Map<String, String> unless,
            String fix,
            String source) {

        @Defaults
        static Entry of(List<String> kinds, String group, String source) {
            List<String> none = List.of();
            return new Entry(kinds, group, none, Map.of(), none, none, none, none, Map.of(), Map.of(), "", source);
        }

        private boolean appliesTo(String kind, JsonNode object) {
            return kinds.contains(kind)
                    && isOfGroup(object, group)
                    && holds(when, object)
                    && (unless.isEmpty() || !holds(unless, object));
        }

        private List<String> changed(JsonNode old, JsonNode young) {
            Predicate<String> differs = path -> !comparable(old, path).equals(comparable(young, path));
            return Stream.of(
                            fields.stream().filter(differs),
                            // what is left out, or set for the first time, is no other value
                            set.stream().filter(differs).filter(path -> !comparable(young, path)
                                    .isNull()),
                            once.stream().filter(differs).filter(path -> !comparable(old, path)
                                    .isNull()),
                            smaller.stream().filter(path -> isSmaller(at(young, path), at(old, path))))
                    .flatMap(paths -> paths)
                    .toList();
        }

        /** A field's value without what may change in it, and without what is not set; the default where nothing is left. */
        private JsonNode comparable(JsonNode manifest, String path) {
            JsonNode value = at(manifest, path).deepCopy();
            except.stream()
                    .filter(other -> other.startsWith(path + "."))
                    .map(other -> other.substring(path.length() + 1).split("\\."))
                    .forEach(steps -> remove(value, List.of(steps)));
            JsonNode set = pruned(value);
            return set.isNull() ? pruned(BoundedJson.MAPPER.valueToTree(defaults.get(path))) : set;
        }
    }

    /**
     * The immutable fields that an update changes.
     *
     * @param type the Terraform type
     * @param before the resource's attributes before
     * @param after its attributes after
     * @param unknown what of them is decided during apply
     * @return in the order of the table; empty for what is no Kubernetes object, is created or is another object afterwards
     */
    public static List<ImmutableField> changed(String type, JsonNode before, JsonNode after, ValueMarks unknown) {
        if (!type.startsWith("kubernetes_") || !before.isObject() || !after.isObject()) {
            return List.of();
        }
        String kind = ManifestForm.kind(type, before);
        if (kind.isEmpty() || !KubernetesIdentity.changed(type, before, after).isEmpty()) {
            return List.of();
        }
        JsonNode old = ManifestForm.manifest(type, before);
        JsonNode young = ManifestForm.manifest(type, after);
        ValueMarks marks = ManifestForm.marks(type, after, unknown);
        return Table.FIELDS.objects().stream()
                .filter(entry -> entry.appliesTo(kind, old))
                .flatMap(entry -> entry.changed(old, young).stream()
                        .map(path ->
                                new ImmutableField(kind, path, !at(marks, path).any(), entry.fix(), entry.source())))
                .toList();
    }

    /** A typed resource belongs to the API's own group. */
    private static boolean isOfGroup(JsonNode manifest, String group) {
        String version = manifest.path("apiVersion").asText("");
        int slash = version.lastIndexOf('/');
        return version.isEmpty() || (slash < 0 ? "" : version.substring(0, slash)).equals(group);
    }

    private static boolean holds(Map<String, String> conditions, JsonNode object) {
        return conditions.entrySet().stream()
                .allMatch(condition -> at(object, condition.getKey()).asText("").equals(condition.getValue()));
    }

    /** Goes through lists: a block that occurs once is one in a typed resource, and an element of any list loses the field. */
    private static void remove(JsonNode from, List<String> path) {
        if (from.isArray()) {
            from.forEach(element -> remove(element, path));
        } else if (path.size() > 1) {
            remove(from.path(path.get(0)), path.subList(1, path.size()));
        } else if (from instanceof ObjectNode object) {
            object.remove(path.get(0));
        }
    }

    /** Scalars as texts, without null, empty texts and containers in which nothing is set; null when nothing is left. */
    private static JsonNode pruned(JsonNode value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value.isArray()) {
            ArrayNode list = nodes.arrayNode();
            value.forEach(element -> list.add(pruned(element)));
            return list.isEmpty() ? nodes.nullNode() : list;
        }
        if (value.isObject()) {
            ObjectNode object = nodes.objectNode();
            value.properties().forEach(field -> {
                JsonNode inner = pruned(field.getValue());
                if (!inner.isNull()) {
                    object.set(field.getKey(), inner);
                }
            });
            return object.isEmpty() ? nodes.nullNode() : object;
        }
        String text = value.asText("");
        return text.isEmpty() || value.isNull() || value.isMissingNode() ? nodes.nullNode() : nodes.textNode(text);
    }

    private static JsonNode at(JsonNode manifest, String path) {
        JsonNode value = manifest;
        for (String step : path.split("\\.")) {
            value = (value.isArray() ? value.path(0) : value).path(step);
        }
        return value;
    }

    private static ValueMarks at(ValueMarks manifest, String path) {
        ValueMarks marks = manifest;
        for (String step : path.split("\\.")) {
            ValueMarks block = marks.at(0);
            marks = (block.any() ? block : marks).at(step);
        }
        return marks;
    }

    private static boolean isSmaller(JsonNode young, JsonNode old) {
        Optional<BigDecimal> before = quantity(old.asText(""));
        Optional<BigDecimal> after = quantity(young.asText(""));
        return before.isPresent() && after.isPresent() && after.get().compareTo(before.get()) < 0;
    }

    private static Optional<BigDecimal> quantity(String text) {
        try {
            return Optional.of(Quantity.parse(text).value());
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }
}
