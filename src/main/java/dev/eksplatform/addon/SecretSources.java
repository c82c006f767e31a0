package dev.eksplatform.addon;

import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.TerraformVariable;
import com.hashicorp.cdktf.TerraformVariableConfig;
import dev.eksplatform.internal.json.TerraformText;
import java.util.Map;
import software.constructs.Construct;

/** Where the secrets of a stack come from: variables, and ephemeral resources, of which Terraform keeps nothing. */
final class SecretSources {

    private static final String ID = "variable-";

    private final TerraformStack stack;

    SecretSources(Construct scope) {
        stack = TerraformStack.of(scope);
    }

    /** A reference to a value of a release, whose characters that {@code helm --set} reads as syntax are escaped. */
    String reference(String release, String path, SensitiveValue value) {
        return "${replace(" + expression(release, path, value) + ", \"/([\\\\\\\\,{}])/\", \"\\\\$1\")}";
    }

    private String expression(String release, String path, SensitiveValue value) {
        if (value.variable().isPresent()) {
            variable(value.variable().get());
            return "var." + value.variable().get();
        }
        String name = release + "_" + path.replaceAll("[^A-Za-z0-9]", "_");
        if (value.ssmParameter().isPresent()) {
            return ephemeral(
                            "aws_ssm_parameter",
                            name,
                            "arn",
                            value.ssmParameter().get())
                    + ".value";
        }
        String text = ephemeral(
                        "aws_secretsmanager_secret_version",
                        name,
                        "secret_id",
                        value.secretsManager().orElseThrow())
                + ".secret_string";
        return value.key()
                .map(key -> "jsondecode(" + text + ")[\"" + key + "\"]")
                .orElse(text);
    }

    private String ephemeral(String type, String name, String argument, String id) {
        String address = "ephemeral." + type + "." + name;
        stack.addOverride(address, Map.of(argument, TerraformText.escape(id)));
        return address;
    }

    /** A variable of which Terraform keeps nothing, unless it is also used where that is not possible. */
    String variable(String name) {
        if (stack.getNode().tryFindChild(ID + name) == null) {
            create(name).addOverride("ephemeral", true);
        }
        return "${var." + name + "}";
    }

    /** A variable whose value is in the state. */
    String kept(String name) {
        Construct known = (Construct) stack.getNode().tryFindChild(ID + name);
        TerraformVariable variable = known == null ? create(name) : (TerraformVariable) known;
        variable.addOverride("ephemeral", false);
        return "${var." + name + "}";
    }

    private TerraformVariable create(String name) {
        TerraformVariable variable = new TerraformVariable(
                stack,
                ID + name,
                TerraformVariableConfig.builder().type("string").sensitive(true).build());
        variable.overrideLogicalId(name);
        return variable;
    }
}
