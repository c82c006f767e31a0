package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The statements of an IAM policy document in one shape: {@code effect}, {@code actions}, {@code notActions},
 * {@code resources}, {@code notResources}, {@code principals} ({@code type}, {@code value}) and {@code conditions}
 * ({@code operator} as written, {@code test} without qualifiers, {@code ifExists}, {@code set}, {@code key}, {@code
 * issuer} and {@code claim} left and right of the key's last colon, {@code values}).
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html">IAM policy grammar</a>
 */
final class IamStatements {

    private IamStatements() {}

    static List<Object> of(ConfigValue policy) {
        ArrayNode statements = JsonNodeFactory.instance.arrayNode();
        list(policy.node().path("Statement")).forEach(statement -> statements.add(statement(statement)));
        return RuleFunctions.toCel(policy.derived(statements).elements());
    }

    private static ObjectNode statement(JsonNode written) {
        ObjectNode statement = JsonNodeFactory.instance.objectNode();
        statement.set("effect", written.path("Effect"));
        statement.set("actions", list(written.path("Action")));
        statement.set("notActions", list(written.path("NotAction")));
        statement.set("resources", list(written.path("Resource")));
        statement.set("notResources", list(written.path("NotResource")));
        statement.set("principals", principals(written.path("Principal")));
        statement.set("conditions", conditions(written.path("Condition")));
        return statement;
    }

    private static ArrayNode principals(JsonNode written) {
        ArrayNode principals = JsonNodeFactory.instance.arrayNode();
        if (written.isTextual()) {
            principals.addObject().put("type", "*").set("value", written);
        }
        written.properties().forEach(entry -> list(entry.getValue())
                .forEach(value ->
                        principals.addObject().put("type", entry.getKey()).set("value", value)));
        return principals;
    }

    private static ArrayNode conditions(JsonNode written) {
        ArrayNode conditions = JsonNodeFactory.instance.arrayNode();
        written.properties().forEach(operator -> operator.getValue()
                .properties()
                .forEach(key -> conditions.add(condition(operator.getKey(), key.getKey(), key.getValue()))));
        return conditions;
    }

    private static ObjectNode condition(String operator, String key, JsonNode values) {
        int qualifier = operator.indexOf(':');
        String test = operator.substring(qualifier + 1);
        boolean ifExists = test.endsWith("IfExists");
        int colon = key.lastIndexOf(':');
        ObjectNode condition = JsonNodeFactory.instance.objectNode();
        condition.put("operator", operator);
        condition.put("set", qualifier < 0 ? "" : operator.substring(0, qualifier));
        condition.put("test", ifExists ? test.substring(0, test.length() - "IfExists".length()) : test);
        condition.put("ifExists", ifExists);
        condition.put("key", key);
        condition.put("issuer", colon < 0 ? "" : key.substring(0, colon));
        condition.put("claim", key.substring(colon + 1));
        condition.set("values", list(values));
        return condition;
    }

    private static ArrayNode list(JsonNode oneOrMany) {
        if (oneOrMany instanceof ArrayNode many) {
            return many;
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        if (!oneOrMany.isMissingNode() && !oneOrMany.isNull()) {
            list.add(oneOrMany);
        }
        return list;
    }
}
