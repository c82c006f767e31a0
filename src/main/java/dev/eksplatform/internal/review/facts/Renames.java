package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.ManifestForm;
import dev.eksplatform.internal.plan.ObjectChanges;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.ResourceMode;
import dev.eksplatform.internal.plan.StackEvidence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what is deleted at one address and created again at another: a block that was renamed without a {@code moved} block.
 * Kubernetes objects are the same by kind, namespace and name, anything else when no known value differs.
 */
final class Renames {

    /** Attributes that do not say which object it is. */
    private static final Set<String> ABOUT = Set.of("tags", "tags_all", "timeouts", "description", "region");

    /** By type, by the names of the known plain attributes, by their values. */
    private final Map<String, Map<List<String>, Map<List<String>, List<ResourceChange>>>> created = new HashMap<>();

    Renames(StackEvidence stack) {
        stack.changes().stream()
                .filter(change -> change.mode() == ResourceMode.MANAGED)
                .flatMap(change -> ObjectChanges.of(change).stream())
                .filter(change -> change.action() == Action.CREATE)
                .forEach(this::add);
    }

    private void add(ResourceChange change) {
        List<String> known = known(change);
        created.computeIfAbsent(change.type(), type -> new LinkedHashMap<>())
                .computeIfAbsent(known, names -> new HashMap<>())
                .computeIfAbsent(values(change.type(), change.after(), known), values -> new ArrayList<>())
                .add(change);
    }

    /** The resource that creates the same as another one deletes. */
    Optional<ResourceChange> of(ResourceChange deleted) {
        if (deleted.action() != Action.DELETE) {
            return Optional.empty();
        }
        return created.getOrDefault(deleted.type(), Map.of()).entrySet().stream()
                .flatMap(
                        names -> names
                                .getValue()
                                .getOrDefault(values(deleted.type(), deleted.before(), names.getKey()), List.of())
                                .stream())
                .filter(other -> containsAll(deleted, other))
                .findFirst();
    }

    /** The attributes that say which resource it is; none for a Kubernetes object, which has a name. */
    private static List<String> known(ResourceChange change) {
        return ManifestForm.kind(change.type(), change.after()).isEmpty()
                ? change.after().properties().stream()
                        .filter(attribute -> attribute.getValue().isValueNode() && isKnown(change, attribute))
                        .map(Map.Entry::getKey)
                        .toList()
                : List.of();
    }

    private static boolean isKnown(ResourceChange change, Map.Entry<String, JsonNode> attribute) {
        return !ABOUT.contains(attribute.getKey())
                && !Side.isUnset(attribute.getValue())
                && !change.unknown().at(attribute.getKey()).any();
    }

    private static List<String> values(String type, JsonNode values, List<String> names) {
        return ManifestForm.kind(type, values).isEmpty()
                ? names.stream().map(name -> values.path(name).toString()).toList()
                : identity(type, values);
    }

    private static boolean containsAll(ResourceChange deleted, ResourceChange other) {
        if (!ManifestForm.kind(deleted.type(), deleted.before()).isEmpty()) {
            return true;
        }
        return other.after().properties().stream()
                        .filter(attribute -> isKnown(other, attribute))
                        .allMatch(attribute ->
                                attribute.getValue().equals(deleted.before().path(attribute.getKey())))
                && other.after().properties().stream()
                        .anyMatch(attribute -> isKnown(other, attribute)
                                && !attribute.getValue().isBoolean());
    }

    private static List<String> identity(String type, JsonNode values) {
        JsonNode manifest = ManifestForm.manifest(type, values);
        JsonNode block = manifest.path("metadata");
        JsonNode metadata = block.isArray() ? block.path(0) : block;
        return List.of(
                ManifestForm.kind(type, values),
                ManifestForm.group(type, values),
                metadata.path("namespace").asText(""),
                metadata.path("name").asText(""));
    }
}
