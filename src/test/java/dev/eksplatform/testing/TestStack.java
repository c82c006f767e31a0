package dev.eksplatform.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.aws.provider.AwsProvider;
import com.hashicorp.cdktf.providers.helm.provider.HelmProvider;
import com.hashicorp.cdktf.providers.kubernetes.provider.KubernetesProvider;
import dev.eksplatform.construct.Account;
import dev.eksplatform.iam.AccountId;
import dev.eksplatform.internal.json.Json;
import java.util.List;

/** Stacks with every provider, to try constructs in. */
public final class TestStack {

    private TestStack() {}

    /** A stack of account 111122223333 in eu-central-1. */
    public static TerraformStack make() {
        return make("eu-central-1");
    }

    public static TerraformStack make(String region) {
        TerraformStack stack = withoutAccount();
        Account.declare(stack, AccountId.parse("111122223333"), region);
        return stack;
    }

    /** A stack whose account Terraform has to look up. */
    public static TerraformStack withoutAccount() {
        TerraformStack stack = new TerraformStack(StackAssertions.app(), "test");
        new AwsProvider(stack, "aws");
        new KubernetesProvider(stack, "kubernetes");
        new HelmProvider(stack, "helm");
        return stack;
    }

    /** What constructs made in a stack: its configuration without providers, backend and CDKTF's own notes. */
    public static JsonNode configuration(TerraformStack stack) {
        ObjectNode root = (ObjectNode) TestJson.read(StackAssertions.synthesize(stack));
        withoutNotes(root);
        JsonNode tls = root.at("/terraform/required_providers/tls");
        root.remove(List.of("provider", "terraform"));
        if (!tls.isMissingNode()) {
            root.set("tls", tls);
        }
        return root;
    }

    /** As {@link #configuration}, compared with the file {@code constructs/<name>.json}. */
    public static void checkGolden(String name, TerraformStack stack) {
        Golden.check("constructs/" + name + ".json", Json.pretty(TestJson.plain(configuration(stack))) + "\n");
    }

    private static void withoutNotes(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("//");
        }
        node.forEach(TestStack::withoutNotes);
    }
}
