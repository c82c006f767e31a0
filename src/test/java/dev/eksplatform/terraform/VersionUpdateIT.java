package dev.eksplatform.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.stack.Synthesis;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * An environment whose {@code cluster.version} is raised is upgraded by one apply: control plane, add-ons, nodes, and then the
 * add-ons that need nodes. EKS, as it is played here, refuses any other order.
 */
@RequiresPrograms({"terraform", "python3", "node"})
class VersionUpdateIT {

    private static final Path ENVIRONMENT = Path.of("src/test/resources/terraform/upgrade.yaml");
    private static final Path OUTPUT = Path.of("target", "version-update");

    @Test
    void nodesAndAddonsFollowTheCluster_InOrder_AndThenNothingChanges() throws IOException {
        TerraformRunner.delete(OUTPUT);
        Path made = synthesized("1.35");
        Path upgraded = synthesized("1.36");
        try (Moto aws = Moto.start("111122223333")) {
            TerraformRunner terraform = TerraformRunner.of("version-update", made, aws);
            terraform.init();
            terraform.validate();
            terraform.apply();
            assertThat(terraform.planDetailed()).as("the plan after the apply").isEmpty();

            terraform.replaceStack(synthesized("1.37"));
            assertThat(terraform.applyFailing())
                    .contains("Unsupported Kubernetes minor version update from 1.35 to 1.37");
            terraform.replaceStack(withNodesAhead(made));
            assertThat(terraform.applyFailing()).contains("Requested Nodegroup version 1.36 is not compatible");
            assertThat(aws.eksUpdates()).as("refused").isEmpty();

            terraform.replaceStack(upgraded);
            assertThat(terraform.planDetailed()).isPresent();
            assertThat(versions(terraform.showJson()))
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "aws_eks_cluster", "1.36",
                            "vpc-cni", "v1.21.1-eksbuild.3",
                            "kube-proxy", "v1.36.0-eksbuild.2",
                            "eks-pod-identity-agent", "v1.3.10-eksbuild.1",
                            "coredns", "v1.13.1-eksbuild.1",
                            "aws-ebs-csi-driver", "v1.52.0-eksbuild.1",
                            "general-", "1.36 1.36.1-20261101",
                            "batch-", "1.36 1.50.0-1a2b3c4d",
                            "windows-", "1.36 1.36-2026.11.10"));

            terraform.apply();
            List<String> updates = aws.eksUpdates().stream()
                    .map(update -> update.replaceFirst("(general|batch|windows)-[0-9a-f]+", "$1"))
                    .toList();
            assertThat(updates.get(0)).isEqualTo("UpdateClusterVersion shop 1.36");
            assertThat(updates.subList(1, 4))
                    .containsExactlyInAnyOrder(
                            "UpdateAddon vpc-cni v1.21.1-eksbuild.3",
                            "UpdateAddon kube-proxy v1.36.0-eksbuild.2",
                            "UpdateAddon eks-pod-identity-agent v1.3.10-eksbuild.1");
            assertThat(updates.subList(4, 7))
                    .containsExactlyInAnyOrder(
                            "UpdateNodegroupVersion general 1.36.1-20261101",
                            "UpdateNodegroupVersion batch 1.50.0-1a2b3c4d",
                            "UpdateNodegroupVersion windows 1.36-2026.11.10");
            assertThat(updates.subList(7, updates.size()))
                    .containsExactlyInAnyOrder(
                            "UpdateAddon coredns v1.13.1-eksbuild.1",
                            "UpdateAddon aws-ebs-csi-driver v1.52.0-eksbuild.1");

            assertThat(terraform.planDetailed()).as("the second plan").isEmpty();
        }
    }

    private static Path synthesized(String version) throws IOException {
        Path folder = OUTPUT.resolve(version);
        Files.createDirectories(folder);
        Path file = Files.writeString(
                folder.resolve("shop.yaml"),
                Files.readString(ENVIRONMENT).replace("version: \"1.35\"", "version: \"" + version + "\""));
        Synthesis.write(List.of(Environment.read(file)), folder.resolve("cdktf.out"));
        return folder.resolve("cdktf.out/stacks/shop-infrastructure/cdk.tf.json");
    }

    /** What synth refuses: nodes that are newer than the control plane. */
    private static Path withNodesAhead(Path stack) throws IOException {
        ObjectNode root = (ObjectNode) TestJson.read(stack);
        root.at("/resource/aws_eks_node_group").forEach(group -> {
            if (group.path("node_group_name_prefix").asText().equals("general-")) {
                ((ObjectNode) group).put("version", "1.36").remove("release_version");
            }
        });
        Path folder = Files.createDirectories(OUTPUT.resolve("ahead"));
        return Files.writeString(folder.resolve("cdk.tf.json"), root.toPrettyString());
    }

    /** The versions that a plan changes, as it shows them: of the cluster, of each add-on, of each node group. */
    private static Map<String, String> versions(JsonNode plan) {
        Map<String, String> versions = new TreeMap<>();
        for (JsonNode change : plan.path("resource_changes")) {
            if (change.at("/change/actions/0").asText().equals("update")) {
                JsonNode after = change.at("/change/after");
                assertThat(change.at("/change/after_sensitive/release_version").asBoolean())
                        .isFalse();
                switch (change.path("type").asText()) {
                    case "aws_eks_addon" ->
                        versions.put(
                                after.path("addon_name").asText(),
                                after.path("addon_version").asText());
                    case "aws_eks_node_group" ->
                        versions.put(
                                after.path("node_group_name_prefix").asText(),
                                after.path("version").asText() + " "
                                        + after.path("release_version").asText());
                    default ->
                        versions.put(
                                change.path("type").asText(),
                                after.path("version").asText());
                }
            }
        }
        return versions;
    }
}
