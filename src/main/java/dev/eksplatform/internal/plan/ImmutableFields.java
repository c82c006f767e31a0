package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.internal.kubernetes.Quantity;
import dev.eksplatform.problem.InvalidInputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Kubernetes never changes in an object that exists, from {@code immutable-fields.yaml}. Terraform plans such a change of
 * a {@code kubernetes_manifest} in place, and the API server refuses it when everything before it is applied.
 */
public final class ImmutableFields {

    private ImmutableFields() {}

    /** Read when the first Kubernetes object changes, and not before. */
    private static final class Table {

        private static final JsonNode KINDS = EmbeddedDocument.yaml(
                        ProgramFile.read(ImmutableFields.class, "immutable-fields.yaml"))
                .orElseThrow();
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
        List<ImmutableField> changed = new ArrayList<>();
        for (JsonNode entry : Table.KINDS) {
            if (contains(entry.path("kinds"), kind)
                    && isOfGroup(old, entry.path("group").asText())
                    && applies(entry, old)) {
                collect(entry, kind, old, young, marks, changed);
            }
        }
        return changed;
    }

    private static boolean contains(JsonNode list, String text) {
        for (JsonNode element : list) {
            if (element.asText().equals(text)) {
                return true;
            }
        }
        return false;
    }

    /** A typed resource belongs to the API's own group. */
    private static boolean isOfGroup(JsonNode manifest, String group) {
        String version = manifest.path("apiVersion").asText("");
        int slash = version.lastIndexOf('/');
        return version.isEmpty() || (slash < 0 ? "" : version.substring(0, slash)).equals(group);
    }

    private static boolean applies(JsonNode entry, JsonNode object) {
        return holds(entry.path("when"), object)
                && (entry.path("unless").isMissingNode() || !holds(entry.path("unless"), object));
    }

    private static boolean holds(JsonNode conditions, JsonNode object) {
        for (Map.Entry<String, JsonNode> condition : conditions.properties()) {
            if (!at(object, condition.getKey())
                    .asText("")
                    .equals(condition.getValue().asText())) {
                return false;
            }
        }
        return true;
    }

    private static void collect(
            JsonNode entry, String kind, JsonNode old, JsonNode young, ValueMarks marks, List<ImmutableField> into) {
        JsonNode except = entry.path("except");
        for (JsonNode field : entry.path("fields")) {
            String path =
                    field.isTextual() ? field.asText() : field.path("path").asText();
            JsonNode before = comparable(old, path, field.path("default"), except);
            JsonNode after = comparable(young, path, field.path("default"), except);
            if (!before.equals(after)) {
                into.add(field(entry, kind, path, at(marks, path)));
            }
        }
        // what is left out, or set for the first time, is no other value
        entry.path("set").forEach(path -> {
            JsonNode after = comparable(young, path.asText());
            if (!after.isNull() && !after.equals(comparable(old, path.asText()))) {
                into.add(field(entry, kind, path.asText(), at(marks, path.asText())));
            }
        });
        entry.path("once").forEach(path -> {
            JsonNode before = comparable(old, path.asText());
            if (!before.isNull() && !before.equals(comparable(young, path.asText()))) {
                into.add(field(entry, kind, path.asText(), at(marks, path.asText())));
            }
        });
        entry.path("smaller").forEach(path -> {
            Optional<BigDecimal> before = quantity(at(old, path.asText()).asText(""));
            Optional<BigDecimal> after = quantity(at(young, path.asText()).asText(""));
            if (before.isPresent() && after.isPresent() && after.get().compareTo(before.get()) < 0) {
                into.add(field(entry, kind, path.asText(), ValueMarks.NONE));
            }
        });
    }

    private static ImmutableField field(JsonNode entry, String kind, String path, ValueMarks marks) {
        return new ImmutableField(
                kind,
                path,
                entry.path("data").asBoolean(),
                !marks.any(),
                entry.path("fix").asText(),
                entry.path("source").asText());
    }

    private static JsonNode comparable(JsonNode manifest, String path) {
        return comparable(manifest, path, MissingNode.getInstance(), MissingNode.getInstance());
    }

    /** A field's value without what may change in it, and without what is not set; the default where nothing is left. */
    private static JsonNode comparable(JsonNode manifest, String path, JsonNode otherwise, JsonNode except) {
        JsonNode value = at(manifest, path);
        if (!except.isEmpty() && value.isContainerNode()) {
            JsonNode copy = value.deepCopy();
            except.forEach(other -> {
                if (other.asText().startsWith(path + ".")) {
                    remove(
                            copy,
                            List.of(other.asText().substring(path.length() + 1).split("\\.")));
                }
            });
            value = copy;
        }
        JsonNode set = pruned(value);
        return set.isNull() && !otherwise.isMissingNode() ? pruned(otherwise) : set;
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

    private static Optional<BigDecimal> quantity(String text) {
        try {
            return Optional.of(Quantity.parse(text).value());
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }
}
