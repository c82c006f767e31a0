package dev.eksplatform.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallNodesTest {

    @TempDir
    private Path folder;

    private List<String> warnings(String group, String addons) throws IOException {
        Path file = folder.resolve("shop.yaml");
        Files.writeString(file, """
                environment: shop
                region: eu-central-1
                account: "111122223333"
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
                cluster: {version: "1.36", addons: ADDONS}
                nodeGroups:
                  general: GROUP
                """.replace("ADDONS", addons).replace("GROUP", group));
        return Environment.read(file).warnings().stream()
                .map(Problem::toString)
                .map(text -> text.replace(folder + "/", ""))
                .toList();
    }

    @Test
    void aNodeWithHardlyAnyPodsIsReported() throws IOException {
        assertThat(warnings("{instanceTypes: [t3.large, t3.nano]}", "{}"))
                .containsExactly(
                        "shop.yaml:7:39 nodeGroups.general.instanceTypes[1]: a node of type t3.nano runs 4 pods, and"
                                + " EKS add-ons take 2 of them; fix: use a larger type, such as t3.medium or m7g.large");
    }

    @Test
    void driversTakePodsOfEachNode() throws IOException {
        assertThat(warnings("{instanceTypes: [m7g.medium]}", "{}")).isEmpty();
        String most =
                "{eks-pod-identity-agent: {}, aws-ebs-csi-driver: {}, aws-efs-csi-driver: {}, metrics-server: {}}";
        assertThat(warnings("{instanceTypes: [m7g.medium]}", most)).isEmpty();
        assertThat(warnings("{instanceTypes: [t3.nano]}", most).get(0)).contains("EKS add-ons take 5 of them");
    }

    @Test
    void prefixesGiveANodeMorePods() throws IOException {
        assertThat(warnings(
                        "{instanceTypes: [t3.nano]}",
                        "{vpc-cni: {configuration: {env: {ENABLE_PREFIX_DELEGATION: \"true\"}}}}"))
                .isEmpty();
    }
}
