package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.json.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The secrets in the configuration that a plan repeats: variables that are sensitive or ephemeral, in the module that says so
 * and in those that pass their value on, and constants of sensitive arguments.
 */
final class ConfiguredSecrets {

    private final Map<String, ValueMarks> sensitive;
    private final Secrets.Collector into;

    private ConfiguredSecrets(Map<String, ValueMarks> sensitive, Secrets.Collector into) {
        this.sensitive = sensitive;
        this.into = into;
    }

    /**
     * Gathers them.
     *
     * @param configuration as the plan repeats it
     * @param variables the values of the root module's variables
     * @param sensitive the attributes that Terraform flags, by the address of the block without any index
     * @param into takes the secrets
     */
    static void collect(
            JsonNode configuration, JsonNode variables, Map<String, ValueMarks> sensitive, Secrets.Collector into) {
        ConfiguredSecrets secrets = new ConfiguredSecrets(sensitive, into);
        configuration
                .path("provider_config")
                .forEach(provider -> into.addByNature("provider", constants(provider.path("expressions"))));
        for (List<String> path : secrets.module("", configuration.path("root_module"))) {
            JsonNode value = variables.path(path.get(0)).path("value");
            for (String step : path.subList(1, path.size())) {
                value = value.path(step);
            }
            into.add(value, ValueMarks.WHOLE);
        }
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        variables
                .properties()
                .forEach(variable ->
                        values.set(variable.getKey(), variable.getValue().path("value")));
        into.addByNature("variable", values);
    }

    /** Returns the variables of the module, or parts of them, whose values are secret. */
    private Set<List<String>> module(String prefix, JsonNode module) {
        Set<List<String>> secret = new LinkedHashSet<>();
        module.path("variables").properties().forEach(variable -> {
            JsonNode initial = variable.getValue().path("default");
            if (isSecret(variable.getValue())) {
                secret.add(List.of(variable.getKey()));
                into.add(initial, ValueMarks.WHOLE);
            } else {
                into.addByNature(
                        "variable", JsonNodeFactory.instance.objectNode().set(variable.getKey(), initial));
            }
        });
        for (JsonNode output : module.path("outputs")) {
            if (isSecret(output)) {
                into.add(constants(output.path("expression")));
            }
        }
        for (JsonNode resource : module.path("resources")) {
            block(
                    resource,
                    sensitive.getOrDefault(prefix + resource.path("address").asText(), ValueMarks.NONE));
        }
        module.path("actions").forEach(action -> block(action, ValueMarks.NONE));
        module.path("module_calls").properties().forEach(call -> {
            JsonNode body = call.getValue();
            into.addByNature("module", constants(body.path("expressions")));
            for (List<String> inner : module(prefix + "module." + call.getKey() + ".", body.path("module"))) {
                JsonNode argument = body.path("expressions").path(inner.get(0));
                into.add(constants(argument), ValueMarks.WHOLE);
                passedOn(argument, secret);
            }
        });
        return secret;
    }

    private static boolean isSecret(JsonNode declaration) {
        return declaration.path("sensitive").asBoolean()
                || declaration.path("ephemeral").asBoolean();
    }

    private void block(JsonNode block, ValueMarks marks) {
        JsonNode constants = constants(block.path("expressions"));
        into.addByNature(block.path("type").asText(""), constants);
        into.add(constants, marks);
        block.path("provisioners")
                .forEach(provisioner -> into.addByNature("provisioner", constants(provisioner.path("expressions"))));
    }

    /** The variables that an argument refers to; Terraform lists {@code var.a.b} and {@code var.a} for the former. */
    private static void passedOn(JsonNode argument, Set<List<String>> secret) {
        List<String> references = Json.texts(argument.path("references"));
        for (String reference : references) {
            boolean whole = references.stream().anyMatch(other -> other.startsWith(reference + "."));
            if (reference.startsWith("var.") && !whole) {
                secret.add(List.of(reference.substring("var.".length()).split("\\.")));
            }
        }
    }

    /** What is written as a constant: {@code {password: {constant_value: x}} -> {password: x}}. */
    private static JsonNode constants(JsonNode expression) {
        if (expression.has("references")) {
            return NullNode.getInstance();
        }
        if (expression.has("constant_value")) {
            return expression.get("constant_value");
        }
        if (expression.isArray()) {
            ArrayNode blocks = JsonNodeFactory.instance.arrayNode();
            expression.forEach(block -> blocks.add(constants(block)));
            return blocks;
        }
        ObjectNode block = JsonNodeFactory.instance.objectNode();
        expression.properties().forEach(entry -> block.set(entry.getKey(), constants(entry.getValue())));
        return block;
    }
}
