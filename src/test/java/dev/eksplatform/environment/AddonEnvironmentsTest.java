package dev.eksplatform.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Add-ons that do not fit to the cluster of their environment. */
class AddonEnvironmentsTest {

    private static final String START = """
            environment: shop
            region: eu-central-1
            account: "111122223333"
            network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
            """;

    @TempDir
    private Path folder;

    private List<String> problems(String rest) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), START + rest);
        return ProblemsOf.making(() -> Environment.read(file).resolved()).stream()
                .map(problem -> problem.substring(problem.lastIndexOf("shop.yaml:")))
                .toList();
    }

    @Test
    void falcoNeedsNodes() throws IOException {
        String fargate = """
                cluster: {version: "1.36"}
                fargate: {all: {selectors: [{namespace: falco}, {namespace: kube-system}]}}
                addons: {falco: {}}
                """;

        assertThat(problems(fargate))
                .containsExactly(
                        "shop.yaml:7:17 addons.falco: falco does not run on Fargate, and the environment has no"
                                + " node group; fix: add a node group, or remove it");
        assertThat(problems(fargate + "nodeGroups: {general: {instanceTypes: [m7g.large]}}\n"))
                .isEmpty();
        assertThat(problems("""
                cluster: {version: "1.36", autoMode: {}}
                addons: {falco: {}}
                """)).isEmpty();
    }

    @Test
    void argoCdIsNotBesideTheCapability() throws IOException {
        assertThat(problems("""
                cluster:
                  version: "1.36"
                  capabilities: {argocd: {identityCenterInstance: "arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071"}}
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                addons: {argo-cd: {}}
                """))
                .containsExactly("shop.yaml:9:19 addons.argo-cd: a second Argo CD beside the capability of the cluster;"
                        + " fix: remove one of them");
    }
}
