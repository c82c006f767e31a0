package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The changes of the single objects of a manifest of kind {@code List}, or of another kind of list. */
public final class ObjectChanges {

    private static final String MANIFEST = "manifest";

    /** An object of a list. */
    private record Item(JsonNode object, ValueMarks unknown, ValueMarks sensitive) {

        static final Item NONE = new Item(NullNode.getInstance(), ValueMarks.NONE, ValueMarks.NONE);

        JsonNode values() {
            return object.isObject() ? JsonNodeFactory.instance.objectNode().set(MANIFEST, object) : object;
        }

        ValueMarks unknownValues() {
            return within(unknown);
        }

        ValueMarks sensitiveValues() {
            return within(sensitive);
        }

        private static ValueMarks within(ValueMarks marks) {
            return marks.any() ? ValueMarks.of(Map.of(MANIFEST, marks)) : ValueMarks.NONE;
        }
    }

    private ObjectChanges() {}

    /**
     * The changes that a change consists of.
     *
     * @param change the change of a resource
     * @return one for each object of a list, at the address of the resource and in the form of {@code kubernetes_manifest}; for
     *     any other resource, and for a list whose items are not known, the change itself
     */
    public static List<ResourceChange> of(ResourceChange change) {
        if (!ManifestForm.isManifest(change.type())
                || !mayBeList(change)
                || !isList(object(change, change.before())) && !isList(object(change, change.after()))) {
            return List.of(change);
        }
        Map<List<String>, Item> before = new LinkedHashMap<>();
        Map<List<String>, Item> after = new LinkedHashMap<>();
        boolean known = collect(
                        object(change, change.before()),
                        ValueMarks.NONE,
                        marks(change, change.sensitiveBefore()),
                        before)
                & collect(
                        object(change, change.after()),
                        marks(change, change.unknown()),
                        marks(change, change.sensitiveAfter()),
                        after);
        if (!known) {
            return List.of(change);
        }
        Set<List<String>> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .map(name -> change(change, before.getOrDefault(name, Item.NONE), after.getOrDefault(name, Item.NONE)))
                .toList();
    }

    private static JsonNode object(ResourceChange change, JsonNode values) {
        return ManifestForm.manifest(change.type(), values);
    }

    /** A provider that has the manifest as a text marks all of it. */
    private static ValueMarks marks(ResourceChange change, ValueMarks marks) {
        return marks.at(change.type().equals(ManifestForm.KUBECTL) ? "yaml_body" : MANIFEST);
    }

    /** Parsing every manifest only to see that it is no list would take long. */
    private static boolean mayBeList(ResourceChange change) {
        return !change.type().equals(ManifestForm.KUBECTL)
                || change.before().path("yaml_body").asText("").contains("List")
                || change.after().path("yaml_body").asText("").contains("List");
    }

    private static boolean isList(JsonNode object) {
        return object.path("kind").asText("").endsWith("List") && object.has("items");
    }

    /** Gathers objects; false when some are known after apply. */
    private static boolean collect(
            JsonNode object, ValueMarks unknown, ValueMarks sensitive, Map<List<String>, Item> into) {
        if (unknown.whole()) {
            return false;
        }
        if (!isList(object)) {
            if (object.isObject()) {
                into.put(name(object, into), new Item(object, unknown, sensitive));
            }
            return !unknown.at("items").any();
        }
        JsonNode items = object.path("items");
        ValueMarks open = unknown.at("items");
        boolean known = !open.whole() && !items.isTextual();
        for (int i = 0; i < items.size(); i++) {
            known &= collect(items.path(i), open.at(i), sensitive.at("items").at(i), into);
        }
        return known;
    }

    private static List<String> name(JsonNode object, Map<List<String>, Item> taken) {
        JsonNode metadata = object.path("metadata");
        List<String> name = new ArrayList<>(List.of(
                object.path("apiVersion").asText(""),
                object.path("kind").asText(""),
                metadata.path("namespace").asText(""),
                metadata.path("name").asText("")));
        if (taken.containsKey(name)) {
            name.add(Integer.toString(taken.size()));
        }
        return name;
    }

    private static ResourceChange change(ResourceChange whole, Item before, Item after) {
        return new ResourceChange(
                whole.address(),
                whole.previousAddress(),
                whole.module(),
                whole.mode(),
                "kubernetes_manifest",
                whole.name(),
                whole.deposed(),
                action(whole.action(), before, after),
                whole.reason(),
                before.values(),
                after.values(),
                after.unknownValues(),
                before.sensitiveValues(),
                after.sensitiveValues(),
                List.of(),
                Optional.empty(),
                false,
                false);
    }

    private static Action action(Action whole, Item before, Item after) {
        if (!after.object().isObject()) {
            return whole == Action.FORGET || whole == Action.REPLACE_FORGET_OLD ? Action.FORGET : Action.DELETE;
        }
        if (!before.object().isObject()) {
            return Action.CREATE;
        }
        boolean same =
                before.object().equals(after.object()) && !after.unknown().any();
        return whole == Action.UPDATE && same ? Action.NO_OP : whole;
    }
}
