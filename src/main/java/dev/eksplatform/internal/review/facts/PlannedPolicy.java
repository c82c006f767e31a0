package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.iam.document.Condition;
import dev.eksplatform.iam.document.Effect;
import dev.eksplatform.iam.document.Patterns;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.PolicyReader;
import dev.eksplatform.iam.document.Principals;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.EmbeddedDocument;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.plan.ValueMarks;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.problem.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The IAM policies in a plan: JSON documents, and data sources that render one. What is not known yet is the text {@link
 * Difference#UNKNOWN}.
 */
final class PlannedPolicy {

    private static final Pattern DATA_SOURCE =
            Pattern.compile("\\$\\{(data\\.aws_iam_policy_document\\.[A-Za-z0-9_-]+)\\.(?:minified_)?json}");

    private PlannedPolicy() {}

    /**
     * What can be read of a policy.
     *
     * @param known whether it is complete; else other statements are known after apply
     * @param statements the statements that can be read
     * @param unreadable the others, as compact JSON
     */
    record Read(boolean known, List<Statement> statements, List<String> unreadable) {

        static final Read NOTHING = new Read(true, List.of(), List.of());
        static final Read UNKNOWN = new Read(false, List.of(), List.of());

        /** The policy with the statements of another one, which replace those with the same Sid. */
        private Read with(Read other, boolean override) {
            Set<String> sids = override ? sids(other) : Set.of();
            List<Statement> all = new ArrayList<>(statements);
            all.removeIf(statement -> statement.sid() != null && sids.contains(statement.sid()));
            all.addAll(other.statements);
            List<String> both = new ArrayList<>(unreadable);
            both.addAll(other.unreadable);
            return new Read(known && other.known, all, both);
        }

        private static Set<String> sids(Read policy) {
            return policy.statements.stream()
                    .map(Statement::sid)
                    .filter(sid -> sid != null && !sid.isEmpty())
                    .collect(Collectors.toSet());
        }
    }

    /** The policy that an attribute holds on one side of a change. */
    static Read read(StackEvidence stack, ResourceChange change, String attribute, boolean after) {
        if (after && change.unknown().at(attribute).any()) {
            return deferred(stack, change, attribute);
        }
        JsonNode value = (after ? change.after() : change.before()).path(attribute);
        return value.isTextual() ? ofText(stack, value.textValue(), after) : Read.NOTHING;
    }

    /** The policy in a text; as it is configured, where there is no plan. */
    static Read ofText(StackEvidence stack, String text, boolean after) {
        if (text.isBlank()) {
            return Read.NOTHING;
        }
        boolean planned = stack.plan().isPresent();
        Matcher source = DATA_SOURCE.matcher(text);
        if (!planned && source.matches()) {
            return stack.at(source.group(1))
                    .map(data -> ofDocument(stack, after ? data.after() : data.before(), ValueMarks.NONE, after))
                    .orElse(Read.UNKNOWN);
        }
        Optional<JsonNode> json = EmbeddedDocument.json(text);
        return json.map(document -> ofJson(planned ? document : evaluated(document)))
                .orElseGet(() -> planned ? new Read(true, List.of(), List.of(text)) : Read.UNKNOWN);
    }

    private static Read ofJson(JsonNode document) {
        List<Statement> statements = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        boolean variables =
                !PolicyDocument.CURRENT_VERSION.equals(document.path("Version").asText());
        JsonNode stated = document.path("Statement");
        for (JsonNode one : stated.isArray() ? stated : List.of(stated)) {
            Optional<Statement> statement =
                    PolicyReader.readable(LocatedJson.of(Json.values(one))).get(0);
            statement.ifPresentOrElse(
                    known -> statements.add(variables ? literal(known) : known),
                    () -> unreadable.add(Json.compact(one)));
        }
        return stated.isMissingNode() ? Read.NOTHING : new Read(true, statements, unreadable);
    }

    /** A statement of the language of 2008, in which variables are plain text. */
    private static Statement literal(Statement statement) {
        Patterns resources = statement.resources();
        return resources == null
                ? statement
                : new Statement(
                        statement.sid(),
                        statement.effect(),
                        statement.principals(),
                        statement.actions(),
                        new Patterns(
                                resources.except(),
                                resources.values().stream()
                                        .map(value -> value.contains("${") ? value + " (literally)" : value)
                                        .toList()),
                        statement.conditions());
    }

    /** The policy that is known after apply: of the data sources that render it, else as the configuration writes it. */
    private static Read deferred(StackEvidence stack, ResourceChange change, String attribute) {
        Set<String> references = stack.references(change.block(), attribute);
        List<String> sources = references.stream()
                .filter(reference ->
                        reference.matches("(module\\..*\\.)?data\\.aws_iam_policy_document\\.[A-Za-z0-9_-]+"))
                .toList();
        boolean others = references.stream()
                .anyMatch(reference -> sources.stream().noneMatch(source -> Difference.isWithin(reference, source)));
        Optional<Read> rendered = sources.size() == 1
                ? instance(stack.instances(inModule(change, sources.get(0))), change)
                        .map(data -> ofDocument(stack, data.after(), data.unknown(), true))
                : Optional.empty();
        if (rendered.isPresent()) {
            return others
                    ? new Read(
                            false, rendered.get().statements(), rendered.get().unreadable())
                    : rendered.get();
        }
        return EmbeddedDocument.json(
                        stack.arguments(change.block()).path(attribute).asText(""))
                .map(written -> ofJson(evaluated(written)))
                .orElse(Read.UNKNOWN);
    }

    private static String inModule(ResourceChange change, String block) {
        return change.module().isEmpty() ? block : change.module() + "." + block;
    }

    /** The instance with the key of the resource that uses it, or the only one. */
    private static Optional<ResourceChange> instance(List<ResourceChange> instances, ResourceChange user) {
        return instances.size() == 1
                ? Optional.of(instances.get(0))
                : instances.stream()
                        .filter(one -> key(one).equals(key(user)) && !key(one).isEmpty())
                        .findFirst();
    }

    private static String key(ResourceChange change) {
        return change.address()
                .substring(Math.min(change.address().length(), change.block().length()));
    }

    /** The document of a data source with the documents that it includes. */
    private static Read ofDocument(StackEvidence stack, JsonNode values, ValueMarks unknown, boolean after) {
        if (!values.isObject()) {
            return Read.UNKNOWN;
        }
        JsonNode written = stack.plan().isPresent() ? values : evaluated(values);
        Read own = new Read(true, ofDataSource(written, unknown).statements(), List.of());
        Read read = included(stack, values, unknown, List.of("source_json", "source_policy_documents"), after)
                .with(own, true);
        return read.with(
                included(stack, values, unknown, List.of("override_json", "override_policy_documents"), after), true);
    }

    private static Read included(
            StackEvidence stack, JsonNode values, ValueMarks unknown, List<String> attributes, boolean after) {
        Read read = Read.NOTHING;
        for (String attribute : attributes) {
            List<String> texts = Json.texts(values.path(attribute));
            boolean open = unknown.at(attribute).any();
            for (int i = 0; i < texts.size(); i++) {
                read = unknown.at(attribute).at(i).any() || texts.get(i).equals("null")
                        ? read
                        : read.with(ofText(stack, texts.get(i), after), true);
            }
            read = open ? read.with(Read.UNKNOWN, false) : read;
        }
        return read;
    }

    /** The policy in a JSON document; empty when the document is not a policy by the grammar of IAM. */
    static Optional<PolicyDocument> of(JsonNode document) {
        Problems departures = new Problems();
        PolicyDocument policy = PolicyDocument.read(Json.values(document), departures);
        return departures.isEmpty() ? Optional.of(policy) : Optional.empty();
    }

    /**
     * The policy that an attribute will hold after apply, unknown parts marked: of the data source that renders it, else as
     * the configuration writes it.
     */
    static Optional<PolicyDocument> deferred(StackEvidence stack, String block, String attribute) {
        return stack.references(block, attribute).stream()
                .flatMap(reference -> stack.instances(reference).stream())
                .filter(change -> change.type().equals("aws_iam_policy_document") && change.action() == Action.READ)
                .map(change -> ofDataSource(change.after(), change.unknown()))
                .findFirst()
                .or(() -> EmbeddedDocument.json(
                                stack.arguments(block).path(attribute).asText(""))
                        .map(PlannedPolicy::evaluated)
                        .flatMap(PlannedPolicy::of));
    }

    /** A document of the configuration, with the results of its expressions, which are not known yet, in their place. */
    static JsonNode evaluated(JsonNode node) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (node.isTextual()) {
            return nodes.textNode(evaluated(node.textValue()));
        }
        if (node.isArray()) {
            ArrayNode list = nodes.arrayNode();
            node.forEach(element -> list.add(evaluated(element)));
            return list;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode object = nodes.objectNode();
        node.properties().forEach(field -> object.set(evaluated(field.getKey()), evaluated(field.getValue())));
        return object;
    }

    private static String evaluated(String text) {
        return TerraformTemplate.parts(text).stream()
                .map(part -> part.expression() ? Difference.UNKNOWN : part.text())
                .collect(Collectors.joining());
    }

    /**
     * The document that {@code data.aws_iam_policy_document} renders: a plan has its arguments even when it is read during
     * apply.
     *
     * @see <a href="https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document">
     *     aws_iam_policy_document</a>
     */
    static PolicyDocument ofDataSource(JsonNode values, ValueMarks unknown) {
        List<Statement> statements = new ArrayList<>();
        List<JsonNode> blocks = list(values.path("statement"));
        for (int i = 0; i < blocks.size(); i++) {
            statements.add(statement(blocks.get(i), unknown.at("statement").at(i)));
        }
        return new PolicyDocument(
                values.path("version").textValue() == null
                        ? PolicyDocument.CURRENT_VERSION
                        : values.path("version").textValue(),
                null,
                statements);
    }

    private static Statement statement(JsonNode block, ValueMarks marks) {
        Patterns actions = patterns(block, marks, "actions");
        List<Condition> conditions = new ArrayList<>();
        List<JsonNode> blocks = list(block.path("condition"));
        for (int i = 0; i < blocks.size(); i++) {
            JsonNode condition = blocks.get(i);
            ValueMarks unknown = marks.at("condition").at(i);
            conditions.add(new Condition(
                    condition.path("test").asText(),
                    unknown.at("variable").any()
                            ? Difference.UNKNOWN
                            : condition.path("variable").asText(),
                    texts(condition.path("values"), unknown.at("values"))));
        }
        return new Statement(
                block.path("sid").textValue(),
                "Deny".equals(block.path("effect").textValue()) ? Effect.DENY : Effect.ALLOW,
                principals(block, marks),
                actions == null ? Patterns.of() : actions,
                patterns(block, marks, "resources"),
                conditions);
    }

    /** The blocks of a name; Terraform's JSON syntax has a single one without a list. */
    private static List<JsonNode> list(JsonNode blocks) {
        List<JsonNode> all = new ArrayList<>();
        if (blocks.isObject()) {
            all.add(blocks);
        } else {
            blocks.forEach(all::add);
        }
        return all;
    }

    private static @Nullable Patterns patterns(JsonNode block, ValueMarks marks, String element) {
        for (boolean except : List.of(false, true)) {
            String name = except ? "not_" + element : element;
            List<String> values = texts(block.path(name), marks.at(name));
            if (!values.isEmpty()) {
                return new Patterns(except, values);
            }
        }
        return null;
    }

    private static @Nullable Principals principals(JsonNode block, ValueMarks marks) {
        for (boolean except : List.of(false, true)) {
            String name = except ? "not_principals" : "principals";
            Map<String, List<String>> byKind = new LinkedHashMap<>();
            List<JsonNode> blocks = list(block.path(name));
            for (int i = 0; i < blocks.size(); i++) {
                JsonNode principals = blocks.get(i);
                byKind.computeIfAbsent(principals.path("type").asText(), kind -> new ArrayList<>())
                        .addAll(texts(
                                principals.path("identifiers"),
                                marks.at(name).at(i).at("identifiers")));
            }
            if (!byKind.isEmpty()) {
                return new Principals(except, byKind);
            }
        }
        return null;
    }

    private static List<String> texts(JsonNode values, ValueMarks unknown) {
        if (unknown.whole()) {
            return List.of(Difference.UNKNOWN);
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            texts.add(unknown.at(i).any() ? Difference.UNKNOWN : values.get(i).asText());
        }
        return texts;
    }
}
