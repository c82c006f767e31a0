package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.iam.document.Condition;
import dev.eksplatform.iam.document.Effect;
import dev.eksplatform.iam.document.Patterns;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Principals;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.EmbeddedDocument;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.plan.ValueMarks;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.problem.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The IAM policies in a plan: JSON documents, and data sources that render one. What is not known yet is the text {@link
 * Difference#UNKNOWN}.
 */
final class PlannedPolicy {

    private PlannedPolicy() {}

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
        JsonNode blocks = values.path("statement");
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
        for (int i = 0; i < block.path("condition").size(); i++) {
            JsonNode condition = block.path("condition").get(i);
            ValueMarks unknown = marks.at("condition").at(i);
            conditions.add(new Condition(
                    condition.path("test").asText(),
                    unknown.at("variable").any()
                            ? Difference.UNKNOWN
                            : condition.path("variable").asText(),
                    texts(condition.path("values"), unknown.at("values"))));
        }
        return new Statement(
                null,
                "Deny".equals(block.path("effect").textValue()) ? Effect.DENY : Effect.ALLOW,
                principals(block, marks),
                actions == null ? Patterns.of() : actions,
                patterns(block, marks, "resources"),
                conditions);
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
            for (int i = 0; i < block.path(name).size(); i++) {
                JsonNode principals = block.path(name).get(i);
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
