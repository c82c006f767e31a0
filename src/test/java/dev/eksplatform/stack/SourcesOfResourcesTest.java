package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.environment.Environment;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A finding is fixed where its resource is written. */
class SourcesOfResourcesTest {

    private static final String ENVIRONMENT = """
            environment: shop
            region: eu-central-1
            account: "111122223333"
            network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
            cluster: {version: "1.36", endpoint: {public: [203.0.113.0/24]}}
            nodeGroups:
              general: {instanceTypes: [m7g.large], size: {min: 2, desired: 2, max: 6}}
            addons:
              cert-manager: {}
              helm:
                external-dns:
                  chart: external-dns
                  repository: https://kubernetes-sigs.github.io/external-dns/
                  chartVersion: 1.15.0
                  namespace: external-dns
            identities:
              shop/orders:
                policies:
                  - AmazonS3ReadOnlyAccess
                  - AmazonSQSReadOnlyAccess
                policy:
                  Statement: [{Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::orders/*"}]
              shop/reports:
                buckets: {reports: read}
            """;

    @TempDir
    private Path folder;

    @Test
    void chartsPoliciesAndNamespacesHaveALineOfTheirOwn() throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), ENVIRONMENT);
        Map<String, String> lines = new HashMap<>();
        for (Synthesis.Written stack : Synthesis.write(List.of(Environment.read(file)), folder.resolve("out"))
                .written()) {
            TestJson.texts(stack.file().resolveSibling("sources.json"))
                    .forEach((address, place) -> lines.put(
                            address.replaceFirst("_[0-9A-F]{8}$", ""),
                            place.substring(place.indexOf(".yaml:") + 6).split(":")[0]));
        }
        assertThat(lines)
                .containsEntry("helm_release.addons_cert-manager_release", "9")
                .containsEntry("helm_release.addons_external-dns_release", "12")
                .containsEntry("kubernetes_namespace_v1.namespaces_external-dns_namespace", "12")
                .containsEntry("kubernetes_namespace_v1.namespaces_shop_namespace", "18")
                .containsEntry(
                        "aws_iam_role_policy_attachment.identities_shop_orders_attach-AmazonS3ReadOnlyAccess", "19")
                .containsEntry(
                        "aws_iam_role_policy_attachment.identities_shop_orders_attach-AmazonSQSReadOnlyAccess", "20")
                .containsEntry("aws_iam_policy.identities_shop_orders_policy", "22")
                .containsEntry("aws_iam_policy.identities_shop_reports_policy", "24");
    }

    /** The example of docs/files.md: two environments with one base. */
    @Test
    void resourcesOfAnIncludedFileHaveTheirLineThere() throws IOException {
        Path examples = Path.of("examples/environments");
        Map<String, String> sources = new HashMap<>();
        for (String name : List.of("dev", "prod")) {
            for (Synthesis.Written stack : Synthesis.write(
                            List.of(Environment.read(examples.resolve(name + ".yaml"))), folder.resolve("out"))
                    .written()) {
                TestJson.texts(stack.file().resolveSibling("sources.json"))
                        .forEach((address, place) -> sources.put(
                                stack.stack() + " " + address.replaceFirst("_[0-9A-F]{8}$", ""),
                                place.substring(examples.toString().length() + 1)));
            }
        }
        assertThat(sources)
                .containsEntry("shop-dev-infrastructure aws_vpc.network_vpc", "dev.yaml:7:10 network")
                .containsEntry(
                        "shop-dev-infrastructure aws_eks_node_group.node-groups_spot_node-group",
                        "base/common.yaml:14:9 nodeGroups.spot")
                .containsEntry(
                        "shop-prod-infrastructure aws_eks_node_group.node-groups_general_node-group",
                        "prod.yaml:15:12 nodeGroups.general")
                .doesNotContainKey("shop-prod-infrastructure aws_eks_node_group.node-groups_spot_node-group")
                .containsEntry(
                        "shop-prod-platform helm_release.addons_cert-manager_release",
                        "base/common.yaml:16:17 addons.cert-manager")
                .containsEntry(
                        "shop-prod-workloads kubernetes_manifest.manifests_configmap-settings-shop_object",
                        "base/app/settings.yaml:1:1");
    }
}
