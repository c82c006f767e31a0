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

/** An ACK controller by its name: a chart on EKS, an operator on ROSA, with the same role. */
class AckControllersTest {

    private static final String START = """
            environment: shop
            region: eu-central-1
            account: "111122223333"
            addons:
              ack:
                dynamodb: {chartVersion: 1.5.2, policies: [AmazonDynamoDBFullAccess], roleName: ack-dynamodb}
            """;

    private static final String ROLE = "arn:aws:iam::111122223333:role/ack-dynamodb";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void onEksItIsAChartWhoseServiceAccountIsMadeBefore() throws IOException {
        JsonNode platform = synthesize("cluster: {existing: {name: shop}}\n", "shop-platform");

        JsonNode release = one(platform, "helm_release");
        assertThat(release.path("repository").asText()).isEqualTo("oci://public.ecr.aws/aws-controllers-k8s");
        assertThat(release.path("chart").asText()).isEqualTo("dynamodb-chart");
        assertThat(release.path("version").asText()).isEqualTo("1.5.2");
        assertThat(release.path("values").get(0).asText())
                .contains("\"serviceAccount\":{\"create\":false,\"name\":\"ack-dynamodb-controller\"}");
        JsonNode account = one(platform, "kubernetes_service_account_v1");
        assertThat(account.at("/metadata/annotations/eks.amazonaws.com~1role-arn")
                        .asText())
                .isEqualTo(ROLE);
        assertThat(release.path("depends_on").toString()).contains("kubernetes_service_account_v1.");
    }

    @Test
    void onRosaItIsASubscriptionWhoseServiceAccountIsAnnotatedInPlace() throws IOException {
        String rosa =
                "cluster: {rosa: {name: shop, issuer: rh-oidc.s3.us-east-1.amazonaws.com/2a1b, kubeContext: shop}}\n";
        JsonNode platform = synthesize(rosa, "shop-platform");
        JsonNode workloads = synthesize(rosa, "shop-workloads");

        assertThat(platform.path("resource").has("helm_release")).isFalse();
        assertThat(platform.path("resource").has("kubernetes_service_account_v1"))
                .isFalse();
        assertThat(platform.at("/resource/kubernetes_manifest").toString())
                .contains("\"kind\":\"Subscription\"", "\"name\":\"ack-dynamodb-controller\"", "\"Manual\"");
        assertThat(one(platform, "kubernetes_config_map_v1")
                        .at("/metadata/name")
                        .asText())
                .isEqualTo("ack-dynamodb-user-config");
        assertThat(one(platform, "kubernetes_secret_v1").at("/metadata/name").asText())
                .isEqualTo("ack-dynamodb-user-secrets");
        JsonNode annotations = one(workloads, "kubernetes_annotations");
        assertThat(annotations.at("/metadata/name").asText()).isEqualTo("ack-dynamodb-controller");
        assertThat(annotations
                        .path("annotations")
                        .path("eks.amazonaws.com/role-arn")
                        .asText())
                .isEqualTo(ROLE);
    }

    @Test
    void whatOpenShiftWritesIsNoChange() throws IOException {
        String rosa = """
                cluster: {rosa: {name: shop, issuer: rh-oidc.s3.us-east-1.amazonaws.com/2a1b, kubeContext: shop}}
                identities:
                  shop/orders: {policies: [AmazonS3ReadOnlyAccess]}
                """;
        JsonNode platform = synthesize(rosa, "shop-platform");

        JsonNode provider = platform.at("/provider/kubernetes/0");
        assertThat(provider.path("ignore_annotations").toString()).isEqualTo("[\"^([a-z.]+\\\\.)?openshift\\\\.io/\"]");
        assertThat(provider.path("ignore_labels").toString())
                .isEqualTo("[\"^olm\\\\.operatorgroup\\\\.uid/\",\"^operators\\\\.coreos\\\\.com/\"]");
        assertThat(one(platform, "kubernetes_service_account_v1")
                        .at("/lifecycle/ignore_changes")
                        .toString())
                .isEqualTo("[\"image_pull_secret\",\"secret\"]");
    }

    private static JsonNode one(JsonNode stack, String type) {
        JsonNode resources = stack.path("resource").path(type);
        assertThat(resources).hasSize(1);
        return resources.elements().next();
    }

    private JsonNode synthesize(String more, String stack) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), START + more);
        for (Synthesis.Written written : Synthesis.write(List.of(Environment.read(file)), folder.resolve("out"))
                .written()) {
            if (written.stack().equals(stack)) {
                return TestJson.read(written.file());
            }
        }
        throw new AssertionError("no stack " + stack);
    }
}
