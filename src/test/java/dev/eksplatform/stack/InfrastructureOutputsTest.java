package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfrastructureOutputsTest {

    @TempDir
    private Path folder;

    private Map<String, String> outputs(String environment) throws IOException {
        Path file = Files.writeString(
                folder.resolve("shop.yaml"),
                "environment: shop\nregion: eu-central-1\naccount: \"111122223333\"\n" + environment);
        Path output = folder.resolve("out");
        Synthesis.write(List.of(Environment.read(file)), output);
        JsonNode outputs = TestJson.read(output.resolve("stacks/shop-infrastructure/cdk.tf.json"))
                .path("output");
        Map<String, String> values = new LinkedHashMap<>();
        outputs.properties().forEach(entry -> {
            assertThat(entry.getValue().path("description").asText()).isNotBlank();
            values.put(entry.getKey(), entry.getValue().path("value").toString());
        });
        return values;
    }

    @Test
    void ofAClusterThatIsMade() throws IOException {
        assertThat(outputs("""
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
                cluster: {version: "1.36", addons: {aws-ebs-csi-driver: {}}}
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                identities:
                  shop/orders: {policies: [AmazonS3ReadOnlyAccess]}
                """))
                .containsExactly(
                        Map.entry(
                                "cluster_certificate_authority_data",
                                "\"${aws_eks_cluster.cluster_A4C38409.certificate_authority[0].data}\""),
                        Map.entry("cluster_endpoint", "\"${aws_eks_cluster.cluster_A4C38409.endpoint}\""),
                        Map.entry("cluster_name", "\"${aws_eks_cluster.cluster_A4C38409.name}\""),
                        Map.entry(
                                "oidc_issuer_url",
                                "\"${aws_eks_cluster.cluster_A4C38409.identity[0].oidc[0].issuer}\""),
                        Map.entry(
                                "private_subnet_ids",
                                "[\"${aws_subnet.network_private-eu-central-1a_29F48933.id}\","
                                        + "\"${aws_subnet.network_private-eu-central-1b_50C40B77.id}\"]"),
                        Map.entry(
                                "public_subnet_ids",
                                "[\"${aws_subnet.network_public-eu-central-1a_08DBF8A4.id}\","
                                        + "\"${aws_subnet.network_public-eu-central-1b_077E88A5.id}\"]"),
                        Map.entry(
                                "role_arns",
                                "{\"kube-system/ebs-csi-controller-sa\":"
                                        + "\"arn:aws:iam::111122223333:role/shop-kube-system-ebs-csi-controller-sa\","
                                        + "\"shop/orders\":\"arn:aws:iam::111122223333:role/shop-shop-orders\"}"),
                        Map.entry(
                                "update_kubeconfig_command",
                                "\"aws eks update-kubeconfig --region eu-central-1 --name shop\""),
                        Map.entry("vpc_id", "\"${aws_vpc.network_vpc_4E8F0223.id}\""));
    }

    @Test
    void ofAClusterThatExists() throws IOException {
        assertThat(outputs("cluster: {existing: {name: old}}\n"))
                .containsExactly(
                        Map.entry(
                                "cluster_certificate_authority_data",
                                "\"${data.aws_eks_cluster.cluster_A4C38409.certificate_authority[0].data}\""),
                        Map.entry("cluster_endpoint", "\"${data.aws_eks_cluster.cluster_A4C38409.endpoint}\""),
                        Map.entry("cluster_name", "\"old\""),
                        Map.entry(
                                "oidc_issuer_url",
                                "\"${data.aws_eks_cluster.cluster_A4C38409.identity[0].oidc[0].issuer}\""),
                        Map.entry(
                                "update_kubeconfig_command",
                                "\"aws eks update-kubeconfig --region eu-central-1 --name old\""));
    }

    @Test
    void ofRosa() throws IOException {
        assertThat(outputs("""
                cluster: {rosa: {name: shop, issuer: "https://oidc.example.com/abc", kubeContext: shop}}
                identities:
                  shop/orders: {policies: [AmazonS3ReadOnlyAccess]}
                """))
                .containsExactly(
                        Map.entry("cluster_name", "\"shop\""),
                        Map.entry("oidc_issuer_url", "\"https://oidc.example.com/abc\""),
                        Map.entry(
                                "role_arns", "{\"shop/orders\":\"arn:aws:iam::111122223333:role/shop-shop-orders\"}"));
    }
}
