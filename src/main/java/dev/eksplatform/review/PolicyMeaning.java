package dev.eksplatform.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.plan.Marks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an IAM policy document says, whatever way it is written: order, one-element lists, repeated statements and the
 * case of actions mean nothing.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html">Grammar of the IAM
 *     JSON policy language</a>
 */
final class PolicyMeaning {

    /** More single permissions than this are told by statement. */
    private static final int MANY = 400;

    private PolicyMeaning() {}

    static boolean isPolicy(JsonNode document) {
        return document.isObject() && document.path("Statement").isContainerNode();
    }

    /** One sentence for each single permission, by a key that ignores case. */
    static Map<String, String> sentences(JsonNode document) {
        Map<String, String> sentences = new TreeMap<>();
        for (JsonNode statement : list(document.path("Statement"))) {
            List<String> actions = elements(statement, "Action", "NotAction", "anything but ");
            List<String> resources = elements(statement, "Resource", "NotResource", "anything but ");
            String effect = statement.path("Effect").asText("Allow");
            String tail = principals(statement) + conditions(statement);
            if ((long) actions.size() * Math.max(1, resources.size()) > MANY) {
                actions = List.of(String.join(", ", actions));
                resources = resources.isEmpty() ? resources : List.of(String.join(", ", resources));
            }
            for (String action : actions) {
                for (String resource : resources.isEmpty() ? List.of("") : resources) {
                    String on = resource.isEmpty() ? "" : " on " + resource;
                    sentences.put(
                            effect + " " + action.toLowerCase(Locale.ROOT) + on + tail,
                            effect + " " + action + on + tail);
                }
            }
        }
        return sentences;
    }

    private static List<String> elements(JsonNode statement, String name, String negated, String prefix) {
        List<String> found = texts(statement.path(name));
        texts(statement.path(negated)).forEach(text -> found.add(prefix + text));
        return found;
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

    static List<String> texts(JsonNode node) {
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
    static JsonNode ofDataSource(JsonNode values, Marks unknown) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        ArrayNode statements = nodes.arrayNode();
        JsonNode blocks = values.path("statement");
        for (int i = 0; i < blocks.size(); i++) {
            JsonNode block = blocks.get(i);
            Marks marks = unknown.at("statement").at(i);
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
                Marks of = marks.at("condition").at(c);
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

    private static void principals(ObjectNode statement, String name, JsonNode blocks, Marks marks) {
        for (int p = 0; p < blocks.size(); p++) {
            JsonNode block = blocks.get(p);
            put(
                    statement.withObjectProperty(name),
                    block.path("type").asText(),
                    block.path("identifiers"),
                    marks.at(p).at("identifiers"));
        }
    }

    private static void put(ObjectNode into, String name, JsonNode values, Marks unknown) {
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
