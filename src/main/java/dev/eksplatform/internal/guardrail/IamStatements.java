package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.iam.document.Condition;
import dev.eksplatform.iam.document.ConditionOperator;
import dev.eksplatform.iam.document.Patterns;
import dev.eksplatform.iam.document.Principals;
import dev.eksplatform.iam.document.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements of an IAM policy document for rules: {@code effect}, {@code actions}, {@code notActions}, {@code
 * resources}, {@code notResources}, {@code principals} and {@code notPrincipals} ({@code type}, {@code value}) and {@code
 * conditions} ({@code operator} as written, {@code test} without qualifiers, {@code ifExists}, {@code set}, {@code key},
 * {@code issuer} and {@code claim} left and right of the key's last colon, {@code values}).
 */
final class IamStatements {

    private IamStatements() {}

    /** One element per statement; unknown for a statement that cannot be read completely. */
    static List<Object> of(ConfigValue policy) {
        return ReadPolicy.of(policy.node()).statements().stream()
                .map(statement -> statement
                        .map(known -> policy.derived(statement(known)).toCel())
                        .orElse(ConfigValue.UNKNOWN))
                .toList();
    }

    private static ObjectNode statement(Statement read) {
        ObjectNode statement = JsonNodeFactory.instance.objectNode();
        statement.put("effect", read.effect().text());
        patterns(statement, "actions", "notActions", read.actions());
        patterns(statement, "resources", "notResources", read.resources());
        Principals principals = read.principals();
        ArrayNode named = statement.putArray("principals");
        ArrayNode excepted = statement.putArray("notPrincipals");
        if (principals != null) {
            principals.each().forEach(principal -> (principals.except() ? excepted : named)
                    .addObject()
                    .put("type", principal.getKey())
                    .put("value", principal.getValue()));
        }
        ArrayNode conditions = statement.putArray("conditions");
        read.conditions().forEach(condition -> conditions.add(condition(condition)));
        return statement;
    }

    private static void patterns(ObjectNode statement, String plain, String negated, @Nullable Patterns patterns) {
        ArrayNode named = statement.putArray(plain);
        ArrayNode excepted = statement.putArray(negated);
        if (patterns != null) {
            patterns.values().forEach((patterns.except() ? excepted : named)::add);
        }
    }

    private static ObjectNode condition(Condition read) {
        ConditionOperator operator = ConditionOperator.parse(read.operator()).orElseThrow();
        int colon = read.key().lastIndexOf(':');
        ObjectNode condition = JsonNodeFactory.instance.objectNode();
        condition.put("operator", read.operator());
        condition.put("set", operator.set().text());
        condition.put("test", operator.comparison().text());
        condition.put("ifExists", operator.ifExists());
        condition.put("key", read.key());
        condition.put("issuer", colon < 0 ? "" : read.key().substring(0, colon));
        condition.put("claim", read.key().substring(colon + 1));
        ArrayNode values = condition.putArray("values");
        read.values().forEach(values::add);
        return condition;
    }
}
