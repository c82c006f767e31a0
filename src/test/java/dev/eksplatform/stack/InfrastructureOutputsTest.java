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
    void allOfThem_WithIdsAndArnsForOtherConfigurations() throws IOException {
        Map<String, String> outputs = outputs("""
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
                cluster: {version: "1.36", outputs: all, remoteNetwork: {nodeNetworks: [10.80.0.0/16]}}
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                fargate: {batch: {selectors: [{namespace: batch}]}}
                identities:
                  shop/orders: {policies: [AmazonS3ReadOnlyAccess]}
                """);
        assertThat(outputs)
                .containsOnlyKeys(
                        "cluster_arn",
                        "cluster_certificate_authority_data",
                        "cluster_endpoint",
                        "cluster_name",
                        "cluster_role_arn",
                        "cluster_security_group_id",
                        "control_plane_subnet_ids",
                        "fargate_role_arns",
                        "hybrid_activation_command",
                        "hybrid_node_role_arn",
                        "kms_key_arn",
                        "log_group_name",
                        "node_role_arns",
                        "node_security_group_id",
                        "oidc_issuer_url",
                        "oidc_provider_arn",
                        "private_subnet_ids",
                        "public_subnet_ids",
                        "role_arns",
                        "service_cidr",
                        "update_kubeconfig_command",
                        "vpc_id")
                .containsEntry("cluster_arn", "\"${aws_eks_cluster.cluster_A4C38409.arn}\"")
                .containsEntry(
                        "cluster_security_group_id",
                        "\"${aws_eks_cluster.cluster_A4C38409.vpc_config[0].cluster_security_group_id}\"")
                .containsEntry(
                        "service_cidr",
                        "\"${aws_eks_cluster.cluster_A4C38409.kubernetes_network_config[0].service_ipv4_cidr}\"")
                .containsEntry("log_group_name", "\"/aws/eks/shop/cluster\"")
                .containsEntry("cluster_role_arn", "\"${aws_iam_role.cluster_role_219ADFAC.arn}\"")
                .containsEntry("kms_key_arn", "\"${aws_kms_key.cluster_key_330FAAD3.arn}\"")
                .containsEntry("control_plane_subnet_ids", outputs.get("private_subnet_ids"));
    }

    @Test
    void theServicesOfAnIpv6ClusterHaveAnIpv6Block() throws IOException {
        assertThat(outputs("""
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b], ipv6: amazon-provided}
                cluster: {version: "1.36", outputs: all, ipFamily: ipv6}
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                """))
                .containsEntry(
                        "service_cidr",
                        "\"${aws_eks_cluster.cluster_A4C38409.kubernetes_network_config[0].service_ipv6_cidr}\"");
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
