package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.SourcePosition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads plan JSON in one pass. The prior state and the planned values repeat what the changes say and are as large as
 * these: they are looked through for secrets one resource at a time and not kept.
 */
final class PlanReader {

    private static final String FIX = "run `terraform show -json PLANFILE > plan.json` and give plan.json";

    private static final Pattern INDEX = Pattern.compile("\\[[^\\]]*\\]");

    private final String source;
    private final Problems problems = new Problems();
    private final Secrets.Collector secrets = new Secrets.Collector();
    private final List<ResourceChange> changes = new ArrayList<>();
    private final List<ResourceChange> drift = new ArrayList<>();
    private final List<OutputChange> outputs = new ArrayList<>();
    private final List<DeferredChange> deferred = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private Configuration configuration = Configuration.EMPTY;
    private JsonNode variables = MissingNode.getInstance();
    private JsonNode configured = MissingNode.getInstance();
    private final Map<String, ValueMarks> sensitive = new HashMap<>();
    private JsonNode formatVersion = MissingNode.getInstance();
    private boolean isPlan;
    private boolean complete = true;
    private boolean errored;

    private PlanReader(String source) {
        this.source = source;
    }

    static Plan read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(new Problem(Place.file(file), "no such file", FIX));
        }
        try (InputStream in = Files.newInputStream(file)) {
            return parse(in, file.toString());
        } catch (IOException e) {
            throw BoundedJson.unreadable(file.toString(), e);
        }
    }

    static Plan parse(InputStream json, String name) {
        try (JsonParser parser = BoundedJson.MAPPER.createParser(PlanInput.json(json, name))) {
            return new PlanReader(name).plan(parser);
        } catch (JsonProcessingException e) {
            throw BoundedJson.notJson(name, e, "the output of `terraform show -json PLANFILE`, format 1.x");
        } catch (IOException e) {
            throw BoundedJson.unreadable(name, e);
        }
    }

    private Plan plan(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new InvalidInputException(new Problem(Place.file(source), "JSON that is not an object", FIX));
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (field) {
                case "format_version" -> {
                    formatVersion = parser.readValueAsTree();
                    refuseOtherFormat();
                }
                case "@level" -> throw otherThanPlan("the log of `terraform plan -json`, not a plan");
                case "serial", "lineage" -> throw otherThanPlan("a state file, not a plan");
                case "resource_changes" -> elements(parser, field, node -> change(field, node, changes));
                case "resource_drift" -> elements(parser, field, node -> change(field, node, drift));
                case "deferred_changes" -> elements(parser, field, this::deferred);
                case "output_changes" -> outputs(tree(parser));
                case "checks" -> elements(parser, field, this::check);
                case "planned_values" -> {
                    isPlan = true;
                    stateValues(parser, token);
                }
                case "prior_state" -> stateValues(parser, token);
                case "variables" -> variables = tree(parser);
                case "configuration" -> {
                    configured = tree(parser);
                    configuration = Configuration.of(configured);
                }
                case "action_invocations" -> elements(parser, field, this::action);
                case "deferred_action_invocations" ->
                    elements(parser, field, node -> action(node.path("action_invocation")));
                case "complete" -> complete = tree(parser).asBoolean(true);
                case "errored" -> errored = tree(parser).asBoolean();
                default -> parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw new InvalidInputException(new Problem(Place.file(source), "more text after the plan's end", FIX));
        }
        refuseOtherFormat();
        if (!isPlan) {
            throw new InvalidInputException(new Problem(
                    Place.file(source), "JSON without planned_values and resource_changes: a state, not a plan", FIX));
        }
        problems.throwIfAny();
        ConfiguredSecrets.collect(configured, variables, sensitive, secrets);
        return new Plan(
                List.copyOf(changes),
                List.copyOf(drift),
                List.copyOf(outputs),
                List.copyOf(deferred),
                List.copyOf(checks),
                configuration,
                secrets.collected(),
                complete,
                errored);
    }

    private InvalidInputException otherThanPlan(String found) {
        return new InvalidInputException(
                new Problem(
                        Place.file(source),
                        found,
                        "run `terraform plan -out=PLANFILE`, then `terraform show -json PLANFILE > plan.json`, and give plan.json"));
    }

    private void refuseOtherFormat() {
        String version = formatVersion.asText("");
        if (version.isEmpty()) {
            throw new InvalidInputException(new Problem(Place.file(source), "JSON without format_version", FIX));
        }
        if (!version.matches("1\\.[0-9]{1,9}")) {
            throw new InvalidInputException(new Problem(
                    at(PropertyPath.of("format_version")),
                    version.matches("[0-9.]{1,20}") ? "\"" + version + "\"" : "not a version",
                    "1.x (any minor)",
                    "make the plan with a Terraform that writes format 1.x, or use a newer eks-platform"));
        }
    }

    private static JsonNode tree(JsonParser parser) throws IOException {
        JsonNode node = parser.readValueAsTree();
        return node == null ? NullNode.getInstance() : node;
    }

    private void elements(JsonParser parser, String field, Consumer<JsonNode> read) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            problems.add(at(PropertyPath.of(field)), "not an array", FIX);
            parser.skipChildren();
            return;
        }
        if ("resource_changes".equals(field)) {
            isPlan = true;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            read.accept(tree(parser));
        }
    }

    private void change(String field, JsonNode node, List<ResourceChange> into) {
        PropertyPath path = PropertyPath.of(field).index(into.size());
        JsonNode change = node.path("change");
        String type = node.path("type").asText("");
        String address = node.path("address").asText("");
        if (!change.isObject() || type.isEmpty() || address.isEmpty()) {
            problems.add(at(path), "a change without address, type or change", FIX);
            return;
        }
        Optional<Action> action = action(
                change,
                path.key("change").key("actions"),
                "no-op, create, read, update, delete, forget, and the replacements made of them");
        boolean objects = isObjectOrNull(change, "before", path) & isObjectOrNull(change, "after", path);
        if (!marksFit(change, path) || action.isEmpty() || !objects) {
            return;
        }
        BeforeAfter sides = BeforeAfter.of(change);
        sides.collect(secrets);
        secrets.addByNature(type, sides.before());
        secrets.addByNature(type, sides.after());
        into.add(new ResourceChange(
                address,
                text(node.path("previous_address")),
                node.path("module_address").asText(""),
                "data".equals(node.path("mode").asText()) ? ResourceMode.DATA : ResourceMode.MANAGED,
                type,
                node.path("name").asText(""),
                text(node.path("deposed")),
                action.get(),
                text(node.path("action_reason")),
                sides.before(),
                sides.after(),
                sides.unknown(),
                sides.sensitiveBefore(),
                sides.sensitiveAfter(),
                paths(change.path("replace_paths")),
                text(change.path("importing").path("id"))));
        ValueMarks flagged = sides.sensitiveBefore().or(sides.sensitiveAfter());
        if (flagged.any()) {
            sensitive.merge(INDEX.matcher(into.get(into.size() - 1).block()).replaceAll(""), flagged, ValueMarks::or);
        }
    }

    private Place at(PropertyPath path) {
        return new Place.InFile(SourcePosition.of(source), path);
    }

    private boolean isObjectOrNull(JsonNode change, String side, PropertyPath path) {
        JsonNode value = change.path(side);
        boolean right = value.isObject() || value.isNull() || value.isMissingNode();
        if (!right) {
            problems.add(
                    at(path.key("change").key(side)), "not an object", "the attributes of a resource, or null", FIX);
        }
        return right;
    }

    private boolean marksFit(JsonNode change, PropertyPath path) {
        return fits(change, "after", "after_unknown", path)
                & fits(change, "before", "before_sensitive", path)
                & fits(change, "after", "after_sensitive", path);
    }

    /** Marks of a list are by index, or they belong to another value. */
    private boolean fits(JsonNode change, String side, String marks, PropertyPath path) {
        boolean fits = fits(change.path(side), change.path(marks));
        if (!fits) {
            problems.add(
                    at(path.key("change").key(marks)),
                    "marks of an object, where " + side + " has a list",
                    "marks in the form of the value",
                    FIX);
        }
        return fits;
    }

    private static boolean fits(JsonNode value, JsonNode marks) {
        if (marks.isObject()) {
            for (Map.Entry<String, JsonNode> part : marks.properties()) {
                boolean misplaced = value.isArray() || !fits(value.path(part.getKey()), part.getValue());
                if (misplaced) {
                    return false;
                }
            }
        }
        for (int i = 0; marks.isArray() && i < marks.size(); i++) {
            if (!fits(value.path(i), marks.get(i))) {
                return false;
            }
        }
        return true;
    }

    private void deferred(JsonNode node) {
        List<ResourceChange> one = new ArrayList<>();
        change("deferred_changes", node.path("resource_change"), one);
        one.forEach(
                change -> deferred.add(new DeferredChange(node.path("reason").asText("unknown"), change)));
    }

    private void outputs(JsonNode node) {
        node.properties().forEach(entry -> {
            JsonNode change = entry.getValue();
            PropertyPath path = PropertyPath.of("output_changes", entry.getKey());
            Optional<Action> action = action(change, path, "no-op, create, update, delete");
            if (marksFit(change, path) && action.isPresent()) {
                BeforeAfter value = BeforeAfter.of(change);
                value.collect(secrets);
                outputs.add(new OutputChange(entry.getKey(), action.get(), value));
            }
        });
    }

    private Optional<Action> action(JsonNode change, PropertyPath path, String allowed) {
        Optional<Action> action = Action.of(Json.texts(change.path("actions")));
        if (action.isEmpty()) {
            problems.add(at(path), "actions this version does not know", allowed, "use a newer eks-platform");
        }
        return action;
    }

    private void check(JsonNode node) {
        List<String> messages = new ArrayList<>();
        for (JsonNode instance : node.path("instances")) {
            instance.path("problems")
                    .forEach(problem -> messages.add(problem.path("message").asText("")));
        }
        checks.add(new Check(
                node.path("address").path("to_display").asText(""),
                node.path("status").asText("unknown"),
                messages));
    }

    private void action(JsonNode node) {
        JsonNode values = node.path("config_values");
        secrets.add(values, ValueMarks.of(node.path("config_sensitive")));
        secrets.addByNature(node.path("type").asText(""), values);
    }

    /** Walks {@code values.root_module.resources} and child modules wherever they are, one resource at a time. */
    private void stateValues(JsonParser parser, JsonToken first) throws IOException {
        if (first != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (field) {
                case "values", "root_module" -> stateValues(parser, token);
                case "child_modules" -> {
                    while (token == JsonToken.START_ARRAY && parser.nextToken() != JsonToken.END_ARRAY) {
                        stateValues(parser, parser.currentToken());
                    }
                }
                case "outputs" ->
                    tree(parser).forEach(output -> {
                        if (output.path("sensitive").asBoolean()) {
                            secrets.add(output.path("value"));
                        }
                    });
                case "resources" -> {
                    while (token == JsonToken.START_ARRAY && parser.nextToken() != JsonToken.END_ARRAY) {
                        stateResource(tree(parser));
                    }
                }
                default -> parser.skipChildren();
            }
        }
    }

    private void stateResource(JsonNode node) {
        secrets.add(node.path("values"), ValueMarks.of(node.path("sensitive_values")));
        secrets.addByNature(node.path("type").asText(""), node.path("values"));
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
