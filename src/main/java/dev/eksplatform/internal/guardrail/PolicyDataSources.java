package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.plan.EmbeddedDocument;
import dev.eksplatform.internal.plan.Resource;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.plan.ValueMarks;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The policies that {@code data.aws_iam_policy_document} renders, in the place of references to them. What is not known of
 * a policy is a Terraform expression in it.
 *
 * @see <a href="https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document">
 *     aws_iam_policy_document</a>
 */
final class PolicyDataSources {

    private static final String DATA = "data.aws_iam_policy_document.";
    private static final String OPEN = "${unknown}";

    /** A reference to one policy, as synthesized, and as a plan lists the references of an expression. */
    private static final Pattern REFERENCE = Pattern.compile(
            "\\$\\{(data\\.aws_iam_policy_document\\.[A-Za-z0-9_-]+)(\\[[^]]*])?\\.(?:minified_)?json(, \\1(\\[[^]]*])?)?}");

    private final StackEvidence stack;
    private final boolean after;
    private final Set<String> open = new HashSet<>();

    private PolicyDataSources(StackEvidence stack, boolean after) {
        this.stack = stack;
        this.after = after;
    }

    /** Arguments with the policies that they refer to. */
    static JsonNode resolved(StackEvidence stack, boolean after, JsonNode arguments) {
        return new PolicyDataSources(stack, after).resolved(arguments);
    }

    private JsonNode resolved(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue().contains(DATA)
                    ? policy(node.textValue())
                            .<JsonNode>map(policy -> JsonNodeFactory.instance.textNode(policy.toString()))
                            .orElse(node)
                    : node;
        }
        if (!node.isContainerNode() || !node.toString().contains(DATA)) {
            return node;
        }
        if (node.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> list.add(resolved(element)));
            return list;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(field -> object.set(field.getKey(), resolved(field.getValue())));
        return object;
    }

    private Optional<ObjectNode> policy(String reference) {
        Matcher matcher = REFERENCE.matcher(reference);
        if (!matcher.matches() || !open.add(matcher.group(1))) {
            return Optional.empty();
        }
        String block = matcher.group(1);
        List<ResourceChange> read = after && stack.plan().isPresent() ? stack.instances(block) : List.of();
        Optional<ObjectNode> policy = read.size() == 1
                ? Optional.of(rendered(read.get(0).after(), read.get(0).unknown()))
                : stack.configured(block, after).map(Resource::values).map(values -> rendered(values, ValueMarks.NONE));
        open.remove(block);
        return policy;
    }

    private ObjectNode rendered(JsonNode values, ValueMarks unknown) {
        ArrayNode statements = JsonNodeFactory.instance.arrayNode();
        documents(values, unknown, "source_policy_documents", statements);
        ArrayNode own = JsonNodeFactory.instance.arrayNode();
        JsonNode blocks = values.path("statement");
        for (int i = 0; i < count(blocks); i++) {
            own.add(statement(block(blocks, i), unknown.at("statement").at(i)));
        }
        own.forEach(statement -> override(statements, statement));
        documents(values, unknown, "override_policy_documents", statements);
        boolean generated = values.path("dynamic").has("statement")
                || unknown.at("statement").whole();
        if (generated || statements.isEmpty()) {
            statements.add(OPEN);
        }
        ObjectNode policy = JsonNodeFactory.instance.objectNode();
        policy.put("Version", values.path("version").asText("2012-10-17"));
        policy.set("Statement", statements);
        return policy;
    }

    /** The statements of other documents; one with the Sid of an earlier one replaces it. */
    private void documents(JsonNode values, ValueMarks unknown, String attribute, ArrayNode into) {
        JsonNode documents = values.path(attribute);
        if (unknown.at(attribute).any() || documents.isTextual()) {
            into.add(OPEN);
            return;
        }
        for (JsonNode document : documents) {
            Optional<? extends JsonNode> policy = policy(document.asText())
                    .<JsonNode>map(known -> known)
                    .or(() -> EmbeddedDocument.json(document.asText()));
            JsonNode statements = policy.<JsonNode>map(known -> known.path("Statement"))
                    .orElse(JsonNodeFactory.instance.textNode(OPEN));
            if (statements.isArray()) {
                statements.forEach(statement -> override(into, statement));
            } else {
                into.add(statements);
            }
        }
    }

    private static void override(ArrayNode statements, JsonNode statement) {
        String sid = statement.path("Sid").asText("");
        for (int i = 0; i < statements.size() && !sid.isEmpty(); i++) {
            if (statements.get(i).path("Sid").asText("").equals(sid)) {
                statements.set(i, statement);
                return;
            }
        }
        statements.add(statement);
    }

    private static ObjectNode statement(JsonNode block, ValueMarks unknown) {
        ObjectNode statement = JsonNodeFactory.instance.objectNode();
        if (!block.path("sid").asText("").isEmpty()) {
            statement.put("Sid", block.path("sid").asText());
        }
        statement.put(
                "Effect",
                unknown.at("effect").any() ? OPEN : block.path("effect").asText("Allow"));
        texts(statement, "Action", block, unknown, "actions");
        texts(statement, "NotAction", block, unknown, "not_actions");
        texts(statement, "Resource", block, unknown, "resources");
        texts(statement, "NotResource", block, unknown, "not_resources");
        principals(statement, "Principal", block, unknown, "principals");
        principals(statement, "NotPrincipal", block, unknown, "not_principals");
        conditions(statement, block, unknown);
        for (String generated : List.of("principals", "not_principals", "condition")) {
            if (block.path("dynamic").has(generated) || unknown.at(generated).whole()) {
                statement.put(OPEN, OPEN);
            }
        }
        return statement;
    }

    private static ArrayNode texts(JsonNode values, ValueMarks unknown) {
        ArrayNode texts = JsonNodeFactory.instance.arrayNode();
        if (unknown.whole() || values.isTextual()) {
            return texts.add(unknown.whole() ? OPEN : values.asText());
        }
        for (int i = 0; i < values.size(); i++) {
            // the data source writes policy variables with an ampersand
            texts.add(unknown.at(i).any() ? OPEN : values.get(i).asText().replace("&{", "$${"));
        }
        return texts;
    }

    private static void texts(
            ObjectNode statement, String element, JsonNode block, ValueMarks unknown, String attribute) {
        ArrayNode texts = texts(block.path(attribute), unknown.at(attribute));
        if (!texts.isEmpty()) {
            statement.set(element, texts);
        }
    }

    private static JsonNode block(JsonNode blocks, int index) {
        return blocks.isObject() ? blocks : blocks.get(index);
    }

    private static int count(JsonNode blocks) {
        return blocks.isObject() ? 1 : blocks.size();
    }

    private static void principals(
            ObjectNode statement, String element, JsonNode block, ValueMarks unknown, String attribute) {
        JsonNode blocks = block.path(attribute);
        for (int i = 0; i < count(blocks); i++) {
            JsonNode principals = block(blocks, i);
            String type = principals.path("type").asText();
            ArrayNode identifiers = texts(
                    principals.path("identifiers"), unknown.at(attribute).at(i).at("identifiers"));
            ObjectNode kinds = statement.withObject("/" + element);
            kinds.withArray("/" + (type.equals("*") ? "AWS" : type)).addAll(identifiers);
        }
    }

    private static void conditions(ObjectNode statement, JsonNode block, ValueMarks unknown) {
        JsonNode blocks = block.path("condition");
        for (int i = 0; i < count(blocks); i++) {
            JsonNode condition = block(blocks, i);
            ValueMarks marks = unknown.at("condition").at(i);
            String test = marks.at("test").any() ? OPEN : condition.path("test").asText();
            String variable = marks.at("variable").any()
                    ? OPEN
                    : condition.path("variable").asText();
            ObjectNode conditions = statement.has("Condition")
                    ? (ObjectNode) statement.get("Condition")
                    : statement.putObject("Condition");
            ObjectNode keys = conditions.has(test) ? (ObjectNode) conditions.get(test) : conditions.putObject(test);
            ArrayNode values = texts(condition.path("values"), marks.at("values"));
            if (keys.has(variable)) {
                ((ArrayNode) keys.get(variable)).addAll(values);
            } else {
                keys.set(variable, values);
            }
        }
    }
}
