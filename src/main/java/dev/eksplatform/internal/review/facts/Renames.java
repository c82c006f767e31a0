package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.ManifestForm;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.StackEvidence;
import java.util.ArrayList;
import java.util.HashMap;
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

    private final Map<String, List<ResourceChange>> created = new HashMap<>();

    Renames(StackEvidence stack) {
        stack.changes().stream()
                .filter(change -> change.action() == Action.CREATE)
                .forEach(change -> created.computeIfAbsent(change.type(), type -> new ArrayList<>())
                        .add(change));
    }

    /** The resource that creates the same as another one deletes. */
    Optional<ResourceChange> of(ResourceChange deleted) {
        return deleted.action() != Action.DELETE
                ? Optional.empty()
                : created.getOrDefault(deleted.type(), List.of()).stream()
                        .filter(other -> isSame(deleted, other))
                        .findFirst();
    }

    private static boolean isSame(ResourceChange deleted, ResourceChange other) {
        if (!ManifestForm.kind(deleted.type(), deleted.before()).isEmpty()) {
            return identity(deleted.type(), deleted.before()).equals(identity(other.type(), other.after()));
        }
        int same = 0;
        for (Map.Entry<String, JsonNode> attribute : other.after().properties()) {
            JsonNode young = attribute.getValue();
            if (!ABOUT.contains(attribute.getKey())
                    && !Side.isUnset(young)
                    && !other.unknown().at(attribute.getKey()).any()) {
                if (!young.equals(deleted.before().path(attribute.getKey()))) {
                    return false;
                }
                same += young.isBoolean() ? 0 : 1;
            }
        }
        return same > 0;
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
