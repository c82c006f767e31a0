package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads the single changes, invocations and checks of a plan; what does not have their form is a problem at its path. */
final class ChangeReader {

    static final String FIX = "run `terraform show -json PLANFILE > plan.json` and give plan.json";

    /** @see <a href="https://developer.hashicorp.com/terraform/internals/json-format">Terraform: JSON output format</a> */
    private static final Set<String> FIELDS = Set.of(
            "address",
            "previous_address",
            "module_address",
            "mode",
            "type",
            "name",
            "index",
            "provider_name",
            "deposed",
            "change",
            "action_reason");

    private static final Set<String> FIELDS_OF_CHANGE = Set.of(
            "actions",
            "before",
            "after",
            "after_unknown",
            "before_sensitive",
            "after_sensitive",
            "replace_paths",
            "importing",
            "generated_config",
            "identity",
            "before_identity",
            "after_identity");

    private final Set<String> unknownFields = new TreeSet<>();
    private final String source;
    private final Problems problems;
    private final Secrets.Collector secrets;

    ChangeReader(String source, Problems problems, Secrets.Collector secrets) {
        this.source = source;
        this.problems = problems;
        this.secrets = secrets;
    }

    Optional<ResourceChange> resource(PropertyPath path, JsonNode node) {
        JsonNode change = node.path("change");
        String type = node.path("type").asText("");
        String address = node.path("address").asText("");
        if (!change.isObject() || type.isEmpty() || address.isEmpty()) {
            problems.add(at(path), "a change without address, type or change", FIX);
            return Optional.empty();
        }
        note("resource_changes[].", node, FIELDS);
        note("resource_changes[].change.", change, FIELDS_OF_CHANGE);
        PropertyPath inside = path.key("change");
        Optional<Action> action = action(
                change,
                inside.key("actions"),
                "no-op, create, read, update, delete, forget, open, renew, close, and the replacements made of them");
        boolean objects = isObjectOrNull(change, "before", inside) & isObjectOrNull(change, "after", inside);
        if (!marksFit(change, inside) || action.isEmpty() || !objects) {
            return Optional.empty();
        }
        BeforeAfter sides = BeforeAfter.of(change);
        sides.collect(secrets);
        secrets.addByNature(type, sides);
        return Optional.of(new ResourceChange(
                address,
                text(node.path("previous_address")),
                node.path("module_address").asText(""),
                mode(node),
                type,
                node.path("name").asText(""),
                text(node.path("deposed")).filter(key -> !key.isEmpty()),
                action.get(),
                text(node.path("action_reason")).filter(reason -> !reason.isEmpty()),
                sides.before(),
                sides.after(),
                sides.unknown(),
                sides.sensitiveBefore(),
                sides.sensitiveAfter(),
                paths(change.path("replace_paths")),
                importing(change.path("importing")),
                !change.path("generated_config").asText("").isEmpty(),
                identityChanges(change.path("before_identity"), change.path("after_identity"))));
    }

    /** The fields of changes that have a value and that this version does not know. */
    Set<String> unknownFields() {
        return unknownFields;
    }

    private void note(String of, JsonNode node, Set<String> known) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!known.contains(field.getKey()) && hasEffect(field.getValue())) {
                unknownFields.add(of + field.getKey());
            }
        }
    }

    /** A field without a value has no effect. */
    static boolean hasEffect(JsonNode value) {
        return value.isContainerNode()
                ? !value.isEmpty()
                : !List.of("null", "false", "").contains(value.asText());
    }

    static ResourceMode mode(JsonNode node) {
        return switch (node.path("mode").asText("")) {
            case "data" -> ResourceMode.DATA;
            case "ephemeral" -> ResourceMode.EPHEMERAL;
            default -> ResourceMode.MANAGED;
        };
    }

    /** What is imported is imported, whatever the plan says about its id. */
    private static Optional<String> importing(JsonNode importing) {
        if (importing.isMissingNode() || importing.isNull()) {
            return Optional.empty();
        }
        JsonNode identity = importing.path("identity");
        if (identity.isObject()) {
            return Optional.of(identity.properties().stream()
                    .map(part -> part.getKey() + " = "
                            + (part.getValue().isContainerNode()
                                    ? part.getValue().toString()
                                    : part.getValue().asText()))
                    .collect(Collectors.joining(", ")));
        }
        return Optional.of(
                importing.path("unknown").asBoolean()
                        ? "an id known after apply"
                        : importing.path("id").asText(""));
    }

    private static boolean identityChanges(JsonNode before, JsonNode after) {
        return before.isObject() && after.isObject() && !before.equals(after);
    }

    Optional<OutputChange> output(String name, JsonNode change) {
        PropertyPath path = PropertyPath.of("output_changes", name);
        if (!change.isObject()) {
            problems.add(at(path), "not an object", "the change of an output", FIX);
            return Optional.empty();
        }
        note("output_changes.*.", change, FIELDS_OF_CHANGE);
        Optional<Action> action = action(change, path.key("actions"), "no-op, create, update, delete");
        if (!marksFit(change, path) || action.isEmpty()) {
            return Optional.empty();
        }
        BeforeAfter value = BeforeAfter.of(change);
        value.collect(secrets);
        return Optional.of(new OutputChange(name, action.get(), value));
    }

    Optional<ActionInvocation> invocation(PropertyPath path, JsonNode node, Optional<String> deferred) {
        String type = node.path("type").asText("");
        String address = node.path("address").asText("");
        if (type.isEmpty() || address.isEmpty()) {
            problems.add(at(path), "an action without address or type", FIX);
            return Optional.empty();
        }
        boolean fits = fits(node, "config_values", "config_sensitive", () -> path)
                & fits(node, "config_values", "config_unknown", () -> path);
        if (!fits) {
            return Optional.empty();
        }
        BeforeAfter configuration = BeforeAfter.created(
                node.path("config_values"), node.path("config_unknown"), node.path("config_sensitive"));
        configuration.collect(secrets);
        secrets.addByNature(type, configuration.after());
        JsonNode event = node.path("lifecycle_action_trigger");
        return Optional.of(new ActionInvocation(
                address,
                type,
                ActionInvocation.configured(event.path("action_trigger_event").asText("")),
                event.path("triggering_resource_address")
                        .asText(node.path("invoke_action_trigger")
                                .path("calling_resource_address")
                                .asText("")),
                ActionInvocation.configured(event.path("on_failure").asText("")),
                configuration,
                deferred));
    }

    Optional<Check> check(PropertyPath path, JsonNode node) {
        String address = node.path("address").path("to_display").asText("");
        String status = node.path("status").asText("");
        if (address.isEmpty() || status.isEmpty()) {
            problems.add(at(path), "a check without address or status", FIX);
            return Optional.empty();
        }
        List<String> messages = new ArrayList<>();
        for (JsonNode instance : node.path("instances")) {
            String one = instance.path("address").path("to_display").asText(address);
            String where = one.equals(address) ? "" : one + ": ";
            instance.path("problems")
                    .forEach(problem ->
                            messages.add(where + problem.path("message").asText("")));
            // the status of the whole is the worst of its instances
            String other = instance.path("status").asText("");
            status = other.equals("error") || other.equals("fail") && status.equals("pass") ? other : status;
        }
        return Optional.of(new Check(address, status, List.copyOf(messages)));
    }

    Place at(PropertyPath path) {
        return new Place.InFile(SourcePosition.of(source), path);
    }

    private boolean isObjectOrNull(JsonNode change, String side, PropertyPath path) {
        JsonNode value = change.path(side);
        boolean right = value.isObject() || value.isNull() || value.isMissingNode();
        if (!right) {
            problems.add(at(path.key(side)), "not an object", "the attributes of a resource, or null", FIX);
        }
        return right;
    }

    private boolean marksFit(JsonNode change, PropertyPath path) {
        return fits(change, "after", "after_unknown", () -> path)
                & fits(change, "before", "before_sensitive", () -> path)
                & fits(change, "after", "after_sensitive", () -> path);
    }

    /** Marks of another form would be those of another value, and what is sensitive would be shown. */
    boolean fits(JsonNode change, String side, String marks, Supplier<PropertyPath> path) {
        boolean fits = fits(change.path(side), change.path(marks));
        if (!fits) {
            problems.add(
                    at(path.get().key(marks)),
                    "marks that do not have the form of " + side,
                    "true and false in the form of the value",
                    FIX);
        }
        return fits;
    }

    private static boolean fits(JsonNode value, JsonNode marks) {
        if (marks.isObject()) {
            for (Map.Entry<String, JsonNode> part : marks.properties()) {
                boolean misplaced = isOther(value, value.isObject()) && marks(part.getValue())
                        || value.isArray()
                        || !fits(value.path(part.getKey()), part.getValue());
                if (misplaced) {
                    return false;
                }
            }
            return true;
        }
        for (int i = 0; marks.isArray() && i < marks.size(); i++) {
            boolean misplaced =
                    isOther(value, value.isArray()) && marks(marks.get(i)) || !fits(value.path(i), marks.get(i));
            if (misplaced) {
                return false;
            }
        }
        return marks.isArray() || marks.isBoolean() || marks.isNull() || marks.isMissingNode();
    }

    /** A value of which not all is known is left out, or null. */
    private static boolean isOther(JsonNode value, boolean ofTheForm) {
        return !ofTheForm && !value.isMissingNode() && !value.isNull();
    }

    private static boolean marks(JsonNode marks) {
        return ValueMarks.of(marks).any();
    }

    private Optional<Action> action(JsonNode change, PropertyPath path, String allowed) {
        Optional<Action> action = Action.of(Json.texts(change.path("actions")));
        if (action.isEmpty()) {
            problems.add(at(path), "actions this version does not know", allowed, "use a newer eks-platform");
        }
        return action;
    }

    private static Optional<String> text(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node.asText());
    }

    private static List<List<String>> paths(JsonNode array) {
        List<List<String>> paths = new ArrayList<>();
        array.forEach(path -> paths.add(Json.texts(path)));
        return List.copyOf(paths);
    }
}
