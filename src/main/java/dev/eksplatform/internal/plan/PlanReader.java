package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Reads plan JSON in one pass. The prior state and the planned values repeat what the changes say and are as large as
 * these: the resources of the planned values are skipped, and of the prior state what no change has is kept. Source: {@code
 * internal/command/jsonplan} of Terraform, which makes all three of the same changes.
 */
final class PlanReader {

    private static final String FIX = ChangeReader.FIX;

    /** What says nothing about changes, or is only a copy of what other fields say. */
    private static final Set<String> WITHOUT_EFFECT = Set.of("terraform_version", "timestamp");

    private static final Pattern TIMESTAMP =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|[+-]\\d\\d:\\d\\d)");

    private static final Pattern INDEX = Pattern.compile("\\[[^\\]]*\\]");

    private final String source;
    private final Problems problems = new Problems();
    private final Secrets.Collector secrets = new Secrets.Collector();
    private final ChangeReader reader;
    private final Set<String> fields = new HashSet<>();
    private final List<ResourceChange> changes = new ArrayList<>();
    private final Set<String> listed = new HashSet<>();
    private final List<ResourceChange> drift = new ArrayList<>();
    private final List<OutputChange> outputs = new ArrayList<>();
    private final List<DeferredChange> deferred = new ArrayList<>();
    private final List<ActionInvocation> invocations = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final List<Resource> priorState = new ArrayList<>();
    private final Map<String, Set<String>> relevant = new HashMap<>();
    private final List<String> unknownFields = new ArrayList<>();
    private Configuration configuration = Configuration.EMPTY;
    private JsonNode variables = MissingNode.getInstance();
    private JsonNode configured = MissingNode.getInstance();
    private final Map<String, ValueMarks> sensitive = new HashMap<>();
    private JsonNode formatVersion = MissingNode.getInstance();
    private boolean isPlan;
    private boolean complete = true;
    private boolean errored;
    private Optional<String> timestamp = Optional.empty();
    private boolean applyable = true;

    private PlanReader(String source) {
        this.source = source;
        this.reader = new ChangeReader(source, problems, secrets);
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
            return new PlanReader(name).bounded(parser);
        } catch (JsonProcessingException e) {
            throw BoundedJson.notJson(name, e, "the output of `terraform show -json PLANFILE`, format 1.x");
        } catch (IOException e) {
            throw BoundedJson.unreadable(name, e);
        }
    }

    private Plan bounded(JsonParser parser) throws IOException {
        try {
            return plan(parser);
        } catch (StreamConstraintsException e) {
            throw BoundedJson.outOfBounds(e.getOriginalMessage(), parser.currentLocation());
        } catch (NumberFormatException e) {
            throw BoundedJson.outOfBounds("Number", parser.currentLocation());
        }
    }

    private Plan plan(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new InvalidInputException(new Problem(Place.file(source), "JSON that is not an object", FIX));
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            if (!fields.add(field)) {
                throw new InvalidInputException(
                        new Problem(reader.at(PropertyPath.of(field)), "twice in the same plan", FIX));
            }
            JsonToken token = parser.nextToken();
            switch (field) {
                case "format_version" -> {
                    formatVersion = BoundedJson.tree(parser);
                    refuseOtherFormat();
                }
                case "@level" -> throw otherThanPlan("the log of `terraform plan -json`, not a plan");
                case "serial", "lineage" -> throw otherThanPlan("a state file, not a plan");
                case "resource_changes" ->
                    elements(parser, field, (path, node) -> reader.resource(path, node)
                            .ifPresent(change -> {
                                flag(change);
                                changes.add(change);
                                listed.add(change.address());
                            }));
                case "resource_drift" ->
                    elements(parser, field, (path, node) -> reader.resource(path, node)
                            .ifPresent(change -> {
                                flag(change);
                                drift.add(change);
                            }));
                case "deferred_changes" ->
                    elements(parser, field, (path, node) -> reader.resource(
                                    path.key("resource_change"), node.path("resource_change"))
                            .ifPresent(change -> {
                                flag(change);
                                deferred.add(new DeferredChange(reason(node), change));
                            }));
                case "action_invocations" ->
                    elements(parser, field, (path, node) -> reader.invocation(path, node, Optional.empty())
                            .ifPresent(invocations::add));
                case "deferred_action_invocations" ->
                    elements(parser, field, (path, node) -> reader.invocation(
                                    path.key("action_invocation"),
                                    node.path("action_invocation"),
                                    Optional.of(reason(node)))
                            .ifPresent(invocations::add));
                case "output_changes" ->
                    object(parser, field).properties().forEach(entry -> reader.output(entry.getKey(), entry.getValue())
                            .ifPresent(outputs::add));
                case "checks" ->
                    elements(parser, field, (path, node) -> reader.check(path, node)
                            .ifPresent(checks::add));
                case "planned_values" -> {
                    isPlan = true;
                    if (isObject(parser, field)) {
                        plannedValues(parser);
                    }
                }
                case "prior_state" -> {
                    if (isObject(parser, field)) {
                        stateValues(parser, token);
                    }
                }
                case "relevant_attributes" -> elements(parser, field, (path, node) -> relevant(node));
                case "variables" -> variables = object(parser, field);
                case "configuration" -> {
                    configured = object(parser, field);
                    configuration = Configuration.of(configured);
                }
                case "complete" -> complete = flag(parser, field, true);
                case "errored" -> errored = flag(parser, field, false);
                case "applyable" -> applyable = flag(parser, field, true);
                case "timestamp" ->
                    timestamp = Optional.of(BoundedJson.tree(parser).asText())
                            .filter(text -> TIMESTAMP.matcher(text).matches());
                default -> unknown(parser, field);
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
        unknownFields.addAll(reader.unknownFields());
        ConfiguredSecrets.collect(configured, variables, sensitive, secrets);
        return new Plan(
                List.copyOf(changes),
                List.copyOf(drift),
                List.copyOf(outputs),
                List.copyOf(deferred),
                List.copyOf(invocations),
                List.copyOf(checks),
                priorState.stream()
                        .filter(resource -> !listed.contains(resource.address()))
                        .toList(),
                relevant,
                List.copyOf(unknownFields),
                configuration,
                secrets.collected(),
                complete,
                errored,
                applyable,
                timestamp);
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
                    reader.at(PropertyPath.of("format_version")),
                    version.matches("[0-9.]{1,20}") ? "\"" + version + "\"" : "not a version",
                    "1.x (any minor)",
                    "make the plan with a Terraform that writes format 1.x, or use a newer eks-platform"));
        }
    }

    /** Reads the elements of a list one at a time: that of the changes is the largest part of a plan. */
    private void elements(JsonParser parser, String field, BiConsumer<PropertyPath, JsonNode> read) throws IOException {
        PropertyPath path = PropertyPath.of(field);
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            problems.add(reader.at(path), "not an array", FIX);
            parser.skipChildren();
            return;
        }
        if ("resource_changes".equals(field)) {
            isPlan = true;
        }
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            read.accept(path.index(i), BoundedJson.tree(parser));
        }
    }

    private boolean isObject(JsonParser parser, String field) throws IOException {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.START_OBJECT && token != JsonToken.VALUE_NULL) {
            problems.add(reader.at(PropertyPath.of(field)), "not an object", FIX);
            parser.skipChildren();
        }
        return token == JsonToken.START_OBJECT;
    }

    private JsonNode object(JsonParser parser, String field) throws IOException {
        return isObject(parser, field) ? BoundedJson.tree(parser) : MissingNode.getInstance();
    }

    private boolean flag(JsonParser parser, String field, boolean absent) throws IOException {
        JsonToken token = parser.currentToken();
        if (!token.isBoolean() && token != JsonToken.VALUE_NULL) {
            problems.add(reader.at(PropertyPath.of(field)), "neither true nor false", FIX);
            parser.skipChildren();
        }
        return token.isBoolean() ? parser.getBooleanValue() : absent;
    }

    private void unknown(JsonParser parser, String field) throws IOException {
        if (WITHOUT_EFFECT.contains(field)) {
            parser.skipChildren();
            return;
        }
        if (ChangeReader.hasEffect(BoundedJson.tree(parser))) {
            unknownFields.add(field);
        }
    }

    private static String reason(JsonNode node) {
        return node.path("reason").asText("unknown");
    }

    private void relevant(JsonNode node) {
        JsonNode attribute = node.path("attribute");
        relevant.computeIfAbsent(node.path("resource").asText(""), resource -> new HashSet<>())
                .add(attribute.isArray() ? attribute.path(0).asText("") : attribute.asText(""));
    }

    /** What of the configuration of a resource must not be shown is known from its instances. */
    private void flag(ResourceChange change) {
        ValueMarks flagged = change.sensitiveBefore().or(change.sensitiveAfter());
        if (flagged.any()) {
            sensitive.merge(INDEX.matcher(change.block()).replaceAll(""), flagged, ValueMarks::or);
        }
    }

    /** Its resources are those of the changes, without what is not known. */
    private void plannedValues(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            if (field.equals("outputs")) {
                flaggedOutputs(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void flaggedOutputs(JsonParser parser) throws IOException {
        BoundedJson.tree(parser).forEach(output -> {
            if (output.path("sensitive").asBoolean()) {
                secrets.add(output.path("value"));
            }
        });
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
                    parser.skipChildren();
                }
                case "outputs" -> flaggedOutputs(parser);
                case "resources" -> {
                    while (token == JsonToken.START_ARRAY && parser.nextToken() != JsonToken.END_ARRAY) {
                        priorResource(parser);
                    }
                    parser.skipChildren();
                }
                default -> parser.skipChildren();
            }
        }
    }

    /** A resource, which is skipped when a change has it already: Terraform writes the changes first, and the address first. */
    private void priorResource(JsonParser parser) throws IOException {
        ObjectNode resource = BoundedJson.MAPPER.createObjectNode();
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            boolean known = listed.contains(resource.path("address").asText(""));
            if (known) {
                parser.skipChildren();
            } else {
                resource.set(field, BoundedJson.tree(parser));
            }
        }
        prior(resource);
    }

    private void prior(JsonNode node) {
        String address = node.path("address").asText("");
        boolean fits = reader.fits(node, "values", "sensitive_values", () -> PropertyPath.of("prior_state", address));
        if (listed.contains(address) || !fits) {
            return;
        }
        String type = node.path("type").asText("");
        secrets.add(node.path("values"), ValueMarks.of(node.path("sensitive_values")));
        secrets.addByNature(type, node.path("values"));
        ResourceMode mode = ChangeReader.mode(node);
        if (mode == ResourceMode.MANAGED) {
            priorState.add(new Resource(
                    mode, type, node.path("name").asText(""), address, node.path("values"), Optional.empty()));
        }
    }
}
