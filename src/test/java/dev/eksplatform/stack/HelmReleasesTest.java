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

/** Charts of an environment's own: what reaches Helm of their values, and what comes before what. */
class HelmReleasesTest {

    private static final String START = """
            environment: shop
            region: eu-central-1
            account: "111122223333"
            cluster: {existing: {name: shop}}
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void valuesReachHelmAsHelmWouldReadThem() throws IOException {
        JsonNode release = platform("""
                addons:
                  helm:
                    web:
                      chart: web
                      repository: https://charts.example.com
                      chartVersion: 1.0.0
                      namespace: web
                      values:
                        off: [no, yes, 0644, 1_000, 1.10, 1e3, 22:30, 2024-01-01, ~, "no"]
                        account: 111122223333
                        big: 12345678901234567890
                        nodeSelector: null
                        text: "${HOME} %{IP} $${x}"
                """).at("/helm_release").iterator().next();

        assertThat(release.path("values").get(0).asText())
                .isEqualTo("{\"account\":111122223333,\"big\":12345678901234567890,"
                        + "\"false\":[false,true,420,1000,1.1,1000,\"22:30\",\"2024-01-01\",null,\"no\"],"
                        + "\"nodeSelector\":null,\"text\":\"$${HOME} %%{IP} $$${x}\"}");
    }

    @Test
    void aServiceAccountOfThePlatformComesBeforeTheReleaseThatUsesIt() throws IOException {
        JsonNode resources = platform("""
                addons:
                  helm:
                    external-dns:
                      {chart: external-dns, repository: https://charts.example.com, chartVersion: 1.0.0, namespace: dns}
                identities:
                  dns/external-dns: {policies: [AmazonRoute53FullAccess]}
                """);

        assertThat(only(resources, "helm_release").path("values").get(0).asText())
                .isEqualTo("{\"serviceAccount\":{\"create\":false,\"name\":\"external-dns\"}}");
        assertThat(only(resources, "helm_release").path("depends_on").toString())
                .contains("kubernetes_service_account_v1.");
    }

    @Test
    void theAnnotationOfOneThatAReleaseMakesComesAfterIt() throws IOException {
        JsonNode resources = platform("""
                addons:
                  helm:
                    web: {chart: web, repository: https://charts.example.com, chartVersion: 1.0.0, namespace: web}
                identities:
                  web/web: {serviceAccount: existing, policies: [AmazonS3ReadOnlyAccess]}
                """);

        assertThat(only(resources, "kubernetes_annotations").path("depends_on").toString())
                .contains("helm_release.");
        assertThat(only(resources, "helm_release").path("depends_on").toString())
                .doesNotContain("kubernetes_annotations.");
    }

    private JsonNode platform(String rest) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), START + rest);
        Synthesis.write(List.of(Environment.read(file)), folder.resolve("out"));
        return TestJson.read(folder.resolve("out/stacks/shop-platform/cdk.tf.json"))
                .path("resource");
    }

    private static JsonNode only(JsonNode resources, String type) {
        assertThat(resources.path(type)).as(type).hasSize(1);
        return resources.path(type).iterator().next();
    }
}
