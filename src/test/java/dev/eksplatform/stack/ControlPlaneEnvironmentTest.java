package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of the control plane, from the text of an environment to the Terraform JSON. */
class ControlPlaneEnvironmentTest {

    @TempDir
    private Path folder;

    private JsonNode infrastructure(String cluster, String more) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), """
                environment: shop
                region: eu-central-1
                account: "111122223333"
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                %s
                cluster:
                  version: "1.36"
                """.formatted(more) + cluster.indent(2));
        Path output = folder.resolve("out");
        Synthesis.write(List.of(Environment.read(file)), output);
        return TestJson.read(output.resolve("stacks/shop-infrastructure/cdk.tf.json"));
    }

    private static String version(JsonNode stack) {
        return stack.at("/terraform/required_providers/aws/version").asText();
    }

    private static JsonNode only(JsonNode stack, String type) {
        return stack.at("/resource/" + type).elements().next();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            upgradePolicy: standard                            | >= 5.100.0, < 7.0.0
            zonalShift: true                                   | >= 5.100.0, < 7.0.0
            serviceCidr: 172.20.0.0/16                         | >= 5.100.0, < 7.0.0
            deletionProtection: true                           | >= 5.100.0, < 7.0.0
            deletionProtection: terraform                      | >= 5.100.0, < 7.0.0
            deletionProtection: eks                            | >= 6.9.0, < 7.0.0
            controlPlaneTier: tier-xl                          | >= 6.23.0, < 7.0.0
            remoteNetwork: {nodeNetworks: [10.80.0.0/16]}      | >= 5.100.0, < 7.0.0
            kubeApiServerConfig: {eventTtlMinutes: 30}         | >= 6.64.0, < 7.0.0
            kubeSchedulerConfig: {resourceWeights: {cpu: 1}}   | >= 6.64.0, < 7.0.0
            kubeControllerManagerConfig: {terminatedPodGcThreshold: 10} | >= 6.64.0, < 7.0.0
            """)
    void aSettingNeedsTheFirstProviderThatHasIt(String setting, String versions) throws IOException {
        assertThat(version(infrastructure(setting, ""))).isEqualTo(versions);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            deletionProtection: eks                     | 9:23 cluster.deletionProtection: aws_eks_cluster.deletion_protection needs provider aws 6.9.0 or newer
            controlPlaneTier: tier-xl                   | 9:21 cluster.controlPlaneTier: aws_eks_cluster.control_plane_scaling_config needs provider aws 6.23.0 or newer
            kubeApiServerConfig: {eventTtlMinutes: 30}  | 9:24 cluster.kubeApiServerConfig: aws_eks_cluster.kube_api_server_config needs provider aws 6.64.0 or newer
            """)
    void aPinnedProviderWithoutASettingIsAnErrorAtTheSetting(String setting, String problem) {
        assertThatThrownBy(() -> infrastructure(setting, "providers: {aws: 5.100.0}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(folder.resolve("shop.yaml") + ":" + problem
                        + "; allowed: 5.100.0, by providers.aws; fix: change providers.aws, or remove the attribute");
    }

    @Test
    void rolesAnywhereNeedAProviderWithSessionNames() {
        assertThatThrownBy(() -> infrastructure("""
                        remoteNetwork:
                          nodeNetworks: [10.80.0.0/16]
                          nodeRole: {rolesAnywhere: {privateCaArn: "arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/1234abcd-12ab-34cd-56ef-1234567890ab"}}
                        """, "providers: {aws: 5.100.0}"))
                .hasMessageContaining(
                        ":10:5 cluster.remoteNetwork: aws_rolesanywhere_profile.accept_role_session_name needs"
                                + " provider aws 6.25.0 or newer");
    }

    @Test
    void trueProtectsInEks_WhereTheAllowedProvidersCan() throws IOException {
        JsonNode cluster =
                only(infrastructure("deletionProtection: true", "providers: {aws: ~> 6.20}"), "aws_eks_cluster");
        assertThat(cluster.path("deletion_protection").booleanValue()).isTrue();
        assertThat(cluster.path("lifecycle")).hasToString("{\"prevent_destroy\":true}");
        cluster = only(infrastructure("deletionProtection: true", ""), "aws_eks_cluster");
        assertThat(cluster.has("deletion_protection")).isFalse();
        assertThat(cluster.path("lifecycle")).hasToString("{\"prevent_destroy\":true}");
    }

    @Test
    void keysRolesAccessAndRulesOfAFile() throws IOException {
        JsonNode stack = infrastructure("""
                kmsKey: {alias: platform/shop, rotationPeriodDays: 180}
                logs: {class: infrequent-access, keepOnDestroy: true}
                role: {name: shop-control-plane}
                tags: {criticality: high}
                securityGroupTags: {criticality: low}
                securityGroupIds: [sg-0a1b2c3d]
                access:
                  arn:aws:iam::111122223333:role/dev:
                    policies: [AmazonEKSViewPolicy, {name: AmazonEKSEditPolicy, namespaces: [shop]}]
                  arn:aws:iam::111122223333:role/own-nodes: {type: ec2-windows}
                identityProviders:
                  company: {issuerUrl: "https://login.example.com", clientId: kubernetes}
                securityGroupRules:
                  node: {metrics: {direction: ingress, fromPort: 9100, group: self, reason: Metrics of nodes}}
                """, "");
        assertThat(only(stack, "aws_kms_alias").path("name").asText()).isEqualTo("alias/platform/shop");
        assertThat(stack.at("/resource/aws_cloudwatch_log_group").findValuesAsText("log_group_class"))
                .containsExactly("INFREQUENT_ACCESS");
        assertThat(stack.at("/resource/aws_iam_role").findValuesAsText("name")).contains("shop-control-plane");
        assertThat(only(stack, "aws_eks_cluster").path("tags")).hasToString("{\"criticality\":\"high\"}");
        assertThat(only(stack, "aws_ec2_tag").path("value").asText()).isEqualTo("low");
        assertThat(stack.at("/resource/aws_eks_access_entry").findValuesAsText("type"))
                .containsExactly("EC2_WINDOWS");
        assertThat(stack.at("/resource/aws_eks_access_policy_association").findValuesAsText("access_scope"))
                .hasSize(2);
        assertThat(only(stack, "aws_eks_identity_provider_config")
                        .at("/oidc/issuer_url")
                        .asText())
                .isEqualTo("https://login.example.com");
        assertThat(stack.at("/resource/aws_vpc_security_group_ingress_rule").findValuesAsText("description"))
                .contains("Metrics of nodes");
    }
}
