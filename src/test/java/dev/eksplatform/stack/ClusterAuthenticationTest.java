package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the providers of platform and workloads get a token for the cluster. */
class ClusterAuthenticationTest {

    private static final String EXEC =
            "{\"api_version\":\"client.authentication.k8s.io/v1beta1\",\"args\":[\"eks\",\"get-token\","
                    + "\"--cluster-name\",\"shop\",\"--region\",\"eu-central-1\"],\"command\":\"aws\"}";
    private static final String TOKEN = "\"${data.aws_eks_cluster_auth.access_token_4E1BBEF3.token}\"";

    @TempDir
    private Path folder;

    private JsonNode platform(String... lines) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), """
                environment: shop
                region: eu-central-1
                account: "111122223333"
                cluster: {existing: {name: shop}}
                addons: {cert-manager: {}}
                """ + String.join("\n", lines));
        Path output = folder.resolve("out");
        Synthesis.write(List.of(Environment.read(file)), output);
        return TestJson.read(output.resolve("stacks/shop-platform/cdk.tf.json"));
    }

    private static void assertUsesExec(JsonNode stack) {
        assertThat(stack.at("/provider/kubernetes/0/exec/0")).hasToString(EXEC);
        assertThat(stack.at("/provider/helm/0/kubernetes/exec")).hasToString(EXEC);
        assertThat(stack.at("/provider/kubernetes/0/token").isMissingNode()).isTrue();
        assertThat(stack.at("/data/aws_eks_cluster_auth").isMissingNode()).isTrue();
    }

    private static void assertUsesToken(JsonNode stack) {
        assertThat(stack.at("/provider/kubernetes/0/token")).hasToString(TOKEN);
        assertThat(stack.at("/provider/helm/0/kubernetes/token")).hasToString(TOKEN);
        assertThat(stack.at("/data/aws_eks_cluster_auth/access_token_4E1BBEF3/name"))
                .hasToString("\"shop\"");
        assertThat(stack.path("provider").toString()).doesNotContain("exec");
    }

    @Test
    void isTheAwsCliByDefault() throws IOException {
        assertUsesExec(platform());
    }

    @Test
    void isATokenOnTheRunnersOfHcpTerraformWhichHaveNoAwsCli() throws IOException {
        assertUsesToken(platform("state: {cloud: {organization: acme}}"));
    }

    @Test
    void canBeChosen() throws IOException {
        assertUsesToken(platform("clusterAuthentication: token"));
        assertUsesExec(platform("clusterAuthentication: exec", "state: {cloud: {organization: acme}}"));
    }
}
