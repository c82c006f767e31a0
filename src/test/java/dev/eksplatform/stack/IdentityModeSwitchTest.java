package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.environment.ResolvedEnvironment;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One word switches every identity of an environment, and what is explained is what is synthesized. */
class IdentityModeSwitchTest {

    private static final Path STACKS = Path.of("stacks");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theWordChangesTrustAssociationsAgentProviderAndAnnotationsAlone() throws IOException {
        copyStacks();
        Path flipped = folder.resolve("stacks/ostoy-eks.yaml");
        String text = Files.readString(flipped);
        assertThat(text).containsOnlyOnce("\nidentity: irsa ");
        Files.writeString(flipped, text.replace("\nidentity: irsa ", "\nidentity: pod-identity "));

        JsonNode before = synthesize(STACKS.resolve("ostoy-eks.yaml"), "before");
        JsonNode after = synthesize(flipped, "after");

        assertThat(differences(before.path("ostoy-eks-infrastructure"), after.path("ostoy-eks-infrastructure")))
                .containsExactly(
                        "+ data.aws_eks_addon_version.cluster_eks-pod-identity-agent_version_FD94E1D2",
                        "- locals.cluster_oidc_issuer_AF3EE276",
                        "+ aws_eks_addon.cluster_aws-ebs-csi-driver_addon_F27C098F pod_identity_association",
                        "- aws_eks_addon.cluster_aws-ebs-csi-driver_addon_F27C098F service_account_role_arn",
                        "+ aws_eks_addon.cluster_eks-pod-identity-agent_addon_D3D96F2D",
                        // Nodes come after the agent, as after everything that each of them runs: no change in AWS.
                        "~ aws_eks_node_group.node-groups_general_node-group_A5649AA9 depends_on",
                        "+ aws_eks_pod_identity_association"
                                + ".identities_ack-system_ack-s3-controller_association_E634E729",
                        "+ aws_eks_pod_identity_association"
                                + ".identities_kube-system_aws-load-balancer-controller_association_25087C57",
                        "+ aws_eks_pod_identity_association.identities_ostoy-demo_ostoy-sa_association_D8AE627D",
                        "- aws_iam_openid_connect_provider.cluster_oidc_provider_379459AE",
                        "~ aws_iam_role.identities_ack-system_ack-s3-controller_role_C5197E2A assume_role_policy",
                        "~ aws_iam_role.identities_kube-system_aws-load-balancer-controller_role_F2DB3A7D"
                                + " assume_role_policy",
                        "~ aws_iam_role.identities_kube-system_ebs-csi-controller-sa_role_F24576C1 assume_role_policy",
                        "~ aws_iam_role.identities_ostoy-demo_ostoy-sa_role_A49DE41B assume_role_policy");
        assertThat(differences(before.path("ostoy-eks-platform"), after.path("ostoy-eks-platform")))
                .containsExactly(
                        "- kubernetes_service_account_v1"
                                + ".service-accounts_ack-system_ack-s3-controller_service-account_F169911F"
                                + " metadata.annotations",
                        "- kubernetes_service_account_v1"
                                + ".service-accounts_kube-system_aws-load-balancer-controller_service-account_CE67F64B"
                                + " metadata.annotations",
                        "- kubernetes_service_account_v1"
                                + ".service-accounts_ostoy-demo_ostoy-sa_service-account_3CFD970B metadata.annotations");
        assertThat(differences(before.path("ostoy-eks-workloads"), after.path("ostoy-eks-workloads")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"irsa-workshop", "pod-identity", "ostoy-eks", "ostoy-rosa"})
    void theTrustThatIsExplainedIsTheTrustThatIsSynthesized(String name) {
        Path file = STACKS.resolve(name + ".yaml");
        ResolvedEnvironment environment = Environment.read(file).resolved();
        JsonNode roles = synthesize(file, name).path(name + "-infrastructure").at("/resource/aws_iam_role");

        assertThat(environment.identities()).isNotEmpty().allSatisfy(resolved -> {
            String role = resolved.identity().roleName().toString();
            List<String> synthesized = new ArrayList<>();
            roles.forEach(one -> {
                if (one.path("name").asText().equals(role)) {
                    synthesized.add(one.path("assume_role_policy")
                            .asText()
                            .replaceAll(
                                    "\\$\\{aws_iam_openid_connect_provider\\.[^}]*}",
                                    environment.issuer().providerArn())
                            .replaceAll(
                                    "\\$\\{local\\.cluster_oidc_issuer[^}]*}",
                                    environment.issuer().issuer()));
                }
            });
            assertThat(synthesized)
                    .containsExactly(
                            environment.trust(resolved.identity()).orElseThrow().toTerraformJson());
        });
    }

    private void copyStacks() throws IOException {
        try (Stream<Path> files = Files.walk(STACKS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(file.toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private JsonNode synthesize(Path file, String output) {
        ObjectNode stacks = JsonNodeFactory.instance.objectNode();
        for (Synthesis.Written written : Synthesis.write(
                        List.of(Environment.read(file)), folder.resolve("out-" + output))
                .written()) {
            stacks.set(written.stack(), TestJson.read(written.file()));
        }
        return stacks;
    }

    /** A line for each resource that came, went, or changed in an attribute; then what else changed, first of all. */
    private static List<String> differences(JsonNode before, JsonNode after) {
        List<String> found = new ArrayList<>();
        for (String block : new TreeSet<>(List.of("data", "locals", "output", "provider", "terraform"))) {
            compare(block, "", before.path(block), after.path(block), found);
        }
        for (String type : fields(before.path("resource"), after.path("resource"))) {
            JsonNode old = before.path("resource").path(type);
            JsonNode now = after.path("resource").path(type);
            for (String name : fields(old, now)) {
                String address = type + "." + name;
                if (!old.has(name) || !now.has(name)) {
                    found.add((now.has(name) ? "+ " : "- ") + address);
                } else {
                    compare(address + " ", "", old.path(name), now.path(name), found);
                }
            }
        }
        return found;
    }

    private static void compare(String address, String path, JsonNode old, JsonNode now, List<String> found) {
        if (!old.isObject() || !now.isObject()) {
            if (!old.equals(now)) {
                String sign = old.isMissingNode() ? "+ " : now.isMissingNode() ? "- " : "~ ";
                if (!old.isMissingNode() || !now.isMissingNode()) {
                    report(sign, address, path, old.isMissingNode() ? now : old, found);
                }
            }
            return;
        }
        for (String field : fields(old, now)) {
            if (!field.equals("//")) {
                compare(address, path.isEmpty() ? field : path + "." + field, old.path(field), now.path(field), found);
            }
        }
    }

    private static void report(String sign, String address, String path, JsonNode value, List<String> found) {
        if (path.isEmpty() && value.isObject()) {
            value.fieldNames().forEachRemaining(name -> found.add(sign + address + "." + name));
        } else {
            found.add(sign + address + (address.endsWith(" ") ? "" : ".") + path);
        }
    }

    private static Set<String> fields(JsonNode one, JsonNode other) {
        Set<String> names = new TreeSet<>();
        one.fieldNames().forEachRemaining(names::add);
        other.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
