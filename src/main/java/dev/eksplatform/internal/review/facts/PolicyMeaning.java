package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.plan.ValueMarks;
import dev.eksplatform.internal.review.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an IAM policy document says, whatever way it is written: order, one-element lists, repeated statements and the
 * case of actions mean nothing.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html">Grammar of the IAM
 *     JSON policy language</a>
 */
public final class PolicyMeaning {

    /** More single permissions than this are told by statement. */
    private static final int MANY = 400;

    private PolicyMeaning() {}

    static boolean isPolicy(JsonNode document) {
        JsonNode statements = document.path("Statement");
        return document.isObject()
                && statements.isContainerNode()
                && list(statements).stream().allMatch(JsonNode::isObject);
    }

    /**
     * One sentence for each single permission, by a key that is equal exactly when it means the same: the case of actions,
     * the order of values and {@code Sid} do not matter. The elements of a negation belong together.
     */
    static Map<String, String> sentences(JsonNode document) {
        Map<String, String> sentences = new TreeMap<>();
        version(document, sentences);
        for (JsonNode statement : list(document.path("Statement"))) {
            if (!statement.isObject()) {
                sentences.put(statement.toString(), statement.toString());
                continue;
            }
            List<String> actions = elements(statement, "Action", "NotAction");
            List<String> resources = elements(statement, "Resource", "NotResource");
            String effect = statement.path("Effect").asText("Allow");
            String tail = principals(statement) + conditions(statement);
            String rest = effect + " " + exact(statement);
            if ((long) actions.size() * Math.max(1, resources.size()) > MANY) {
                actions = List.of(joined(actions));
                resources = resources.isEmpty() ? resources : List.of(joined(resources));
            }
            for (String action : actions.isEmpty() ? List.of("") : actions) {
                for (String resource : resources.isEmpty() ? List.of("") : resources) {
                    String on = resource.isEmpty() ? "" : " on " + resource;
                    sentences.put(
                            action.toLowerCase(Locale.ROOT) + "\n" + resource + "\n" + rest,
                            effect + (action.isEmpty() ? "" : " " + action) + on + tail);
                }
            }
        }
        return sentences;
    }

    /**
     * Policy variables are read in policies of version 2012-10-17 only; where there is none, the version does not matter.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html">Version</a>
     */
    private static void version(JsonNode document, Map<String, String> sentences) {
        if (document.toString().contains("${")) {
            String version = document.path("Version").asText("2008-10-17");
            sentences.put("version\n" + version, "policy language of version " + version);
        }
    }

    private static List<String> elements(JsonNode statement, String name, String negated) {
        List<String> found = texts(statement.path(name));
        if (statement.has(negated)) {
            found.add("anything but " + joined(texts(statement.path(negated))));
        }
        return found;
    }

    private static String joined(List<String> texts) {
        return texts.stream().sorted().distinct().collect(Collectors.joining(", "));
    }

    /** What applies to all permissions of a statement, in an order of its own; what IAM does not know included. */
    private static String exact(JsonNode statement) {
        ObjectNode rest = ((ObjectNode) statement.deepCopy())
                .without(List.of("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource"));
        return ordered(rest).toString();
    }

    private static JsonNode ordered(JsonNode node) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (node.isObject()) {
            ObjectNode object = nodes.objectNode();
            Map<String, JsonNode> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), ordered(field.getValue())));
            fields.forEach(object::set);
            return object;
        }
        ArrayNode list = nodes.arrayNode();
        list(node).stream()
                .map(element -> element.isContainerNode() ? element.toString() : element.asText())
                .sorted()
                .distinct()
                .forEach(list::add);
        return list;
    }

    private static String principals(JsonNode statement) {
        List<String> names = new ArrayList<>();
        principals(statement.path("Principal"), "", names);
        principals(statement.path("NotPrincipal"), "anybody but ", names);
        names.sort(null);
        return names.isEmpty() ? "" : " by " + String.join(", ", names);
    }

    private static void principals(JsonNode principal, String prefix, List<String> into) {
        if (principal.isTextual()) {
            into.add(prefix + principal.asText());
        }
        principal.properties().forEach(entry -> texts(entry.getValue())
                .forEach(text -> into.add(prefix + entry.getKey() + " " + text)));
    }

    static String conditions(JsonNode statement) {
        List<String> found = new ArrayList<>();
        statement.path("Condition").properties().forEach(operator -> operator.getValue()
                .properties()
                .forEach(key -> {
                    List<String> values = texts(key.getValue());
                    values.sort(null);
                    found.add(key.getKey() + " " + operator.getKey() + " " + String.join(" or ", values));
                }));
        found.sort(null);
        return found.isEmpty() ? "" : " when " + String.join(" and ", found);
    }

    static List<JsonNode> list(JsonNode node) {
        List<JsonNode> nodes = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(nodes::add);
        } else if (!node.isMissingNode() && !node.isNull()) {
            nodes.add(node);
        }
        return nodes;
    }

    public static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        list(node).forEach(element -> texts.add(element.asText()));
        return texts;
    }

    /**
     * The document that {@code data.aws_iam_policy_document} will make: the plan knows its arguments even when it reads
     * it only during apply.
     *
     * @see <a href="https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document">
     *     aws_iam_policy_document</a>
     */
    static JsonNode ofDataSource(JsonNode values, ValueMarks unknown) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        ArrayNode statements = nodes.arrayNode();
        JsonNode blocks = values.path("statement");
        for (int i = 0; i < blocks.size(); i++) {
            JsonNode block = blocks.get(i);
            ValueMarks marks = unknown.at("statement").at(i);
            ObjectNode statement = statements.addObject();
            statement.put("Effect", block.path("effect").asText("Allow").replace("null", "Allow"));
            put(statement, "Action", block.path("actions"), marks.at("actions"));
            put(statement, "NotAction", block.path("not_actions"), marks.at("not_actions"));
            put(statement, "Resource", block.path("resources"), marks.at("resources"));
            put(statement, "NotResource", block.path("not_resources"), marks.at("not_resources"));
            principals(statement, "Principal", block.path("principals"), marks.at("principals"));
            principals(statement, "NotPrincipal", block.path("not_principals"), marks.at("not_principals"));
            ObjectNode conditions = nodes.objectNode();
            for (int c = 0; c < block.path("condition").size(); c++) {
                JsonNode condition = block.path("condition").get(c);
                ValueMarks of = marks.at("condition").at(c);
                String variable = of.at("variable").any()
                        ? Difference.UNKNOWN + "#" + (c + 1)
                        : condition.path("variable").asText();
                put(
                        conditions.withObjectProperty(condition.path("test").asText()),
                        variable,
                        condition.path("values"),
                        of.at("values"));
            }
            if (!conditions.isEmpty()) {
                statement.set("Condition", conditions);
            }
        }
        ObjectNode document = nodes.objectNode();
        document.set("Statement", statements);
        return document;
    }

    private static void principals(ObjectNode statement, String name, JsonNode blocks, ValueMarks marks) {
        for (int p = 0; p < blocks.size(); p++) {
            JsonNode block = blocks.get(p);
            put(
                    statement.withObjectProperty(name),
                    block.path("type").asText(),
                    block.path("identifiers"),
                    marks.at(p).at("identifiers"));
        }
    }

    private static void put(ObjectNode into, String name, JsonNode values, ValueMarks unknown) {
        if (unknown.whole()) {
            into.put(name, Difference.UNKNOWN);
            return;
        }
        if (!values.isArray()) {
            return;
        }
        ArrayNode list = into.withArrayProperty(name);
        for (int i = 0; i < values.size(); i++) {
            list.add(unknown.at(i).any() ? Difference.UNKNOWN : values.get(i).asText());
        }
    }
}
