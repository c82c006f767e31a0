package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.ImmutableField;
import dev.eksplatform.internal.plan.ManifestForm;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.Versions;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.facts.BundledYaml;
import dev.eksplatform.internal.review.facts.ChangeNote;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a change means for a running platform, from {@code consequences.yaml}.
 *
 * @param severity how bad it is
 * @param summary a few words for the headline
 * @param meaning what happens
 * @param advice what to do about it; empty when there is nothing to say
 * @param attributes the attributes it comes from; empty when it comes from the action alone
 */
public record Consequence(Severity severity, String summary, String meaning, String advice, List<String> attributes) {

    /** The end of an object that a replacement has left over. */
    public static final Consequence DEPOSED = new Consequence(
            Severity.LOW,
            "a deposed object is deleted",
            "It is left over from a replacement that failed half way; the object that took its place stays.",
            "",
            List.of());

    /** What helps with most objects that cannot change and hold no data. */
    private static final String FIX =
            "Undo it; or give the object another name, so that a new one is made before the old one"
                    + " goes; or replace it, with a gap in between: terraform plan -replace='ADDRESS'.";

    private static final JsonNode TABLE = BundledYaml.read("/dev/eksplatform/internal/guardrail/consequences.yaml");

    /** What this change means; empty when it harms nobody. */
    public static Optional<Consequence> of(ResourceChange change, List<Difference> differences) {
        Action action = change.action();
        JsonNode entry = entry(change);
        if (action.replaces() || action == Action.DELETE) {
            String key = action == Action.REPLACE_CREATE_FIRST && entry.has("madeAnewFirst")
                    ? "madeAnewFirst"
                    : action.replaces() ? "replaced" : "deleted";
            JsonNode found =
                    entry.has(key) ? entry.path(key) : TABLE.path("default").path(key);
            return Optional.of(read(found));
        }
        if (action == Action.FORGET) {
            return Optional.of(new Consequence(
                    Severity.LOW,
                    "something is left behind without an owner",
                    "It stays as it is, but Terraform no longer looks after it.",
                    "Delete it by hand when it is no longer needed.",
                    List.of()));
        }
        Set<String> changed = differences.stream()
                .map(difference -> difference.path().split("[.\\[]", 2)[0])
                .collect(Collectors.toSet());
        for (JsonNode update : entry.path("updated")) {
            List<String> attributes = Json.texts(update.path("attributes"));
            boolean matches = attributes.stream()
                    .filter(changed::contains)
                    .anyMatch(attribute -> !update.path("downgrade").asBoolean() || isDowngrade(change, attribute));
            if (action == Action.UPDATE && matches) {
                return Optional.of(read(update));
            }
        }
        return Optional.empty();
    }

    private static boolean isDowngrade(ResourceChange change, String attribute) {
        return Versions.isDowngrade(
                change.before().path(attribute).asText(""),
                change.after().path(attribute).asText(""));
    }

    /** What it means that the API server will refuse an update; empty when it will not, or when that is not known. */
    public static Optional<Consequence> refused(ResourceChange change) {
        List<ImmutableField> fields = ChangeNote.refused(change).stream()
                .filter(ImmutableField::known)
                .toList();
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        ImmutableField first = fields.get(0);
        String names = fields.stream().map(ImmutableField::field).collect(Collectors.joining(", "));
        String root = change.type().equals("kubernetes_manifest") ? "manifest." : "";
        return Optional.of(new Consequence(
                Severity.HIGH,
                "Kubernetes does not allow " + names + " of a " + first.kind() + " to change",
                "The API server refuses it (" + first.source()
                        + "): the apply fails there, with everything before it done.",
                (first.fix().isEmpty() ? FIX : first.fix()).replace("ADDRESS", change.address()),
                fields.stream().map(field -> root + field.field()).toList()));
    }

    /** Whether an attribute is one that this comes from. */
    public boolean comesFrom(String path) {
        return attributes.stream()
                .anyMatch(attribute -> path.startsWith(attribute)
                        && (path.length() == attribute.length() || ".[".indexOf(path.charAt(attribute.length())) >= 0));
    }

    /** Says whether a difference in this attribute is known to force a replacement. */
    public static boolean forcesReplacement(String type, String attribute) {
        for (JsonNode entry : TABLE.path("resources")) {
            if (entry.path("type").asText().equals(type)) {
                return Json.texts(entry.path("replacing")).contains(attribute);
            }
        }
        return false;
    }

    private static JsonNode entry(ResourceChange change) {
        JsonNode values = change.before().isObject() ? change.before() : change.after();
        String kind = ManifestForm.kind(change.type(), values);
        String key = kind.isEmpty() ? "type" : "kinds";
        for (JsonNode entry : TABLE.path("resources")) {
            if (Json.texts(entry.path(key)).contains(kind.isEmpty() ? change.type() : kind)) {
                return entry;
            }
        }
        return change.type().startsWith("kubernetes_") ? TABLE.path("object") : TABLE.path("none");
    }

    private static Consequence read(JsonNode node) {
        return new Consequence(
                Severity.of(node.path("severity").asText()),
                node.path("short").asText(),
                node.path("meaning").asText(),
                node.path("advice").asText(),
                Json.texts(node.path("attributes")));
    }
}
