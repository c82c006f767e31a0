package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** EKS capabilities, from the text of an environment to the resources, and what is refused of them. */
class CapabilitiesTest {

    private static final String NETWORK = "network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}\n";
    private static final String NODES = "nodeGroups: {general: {instanceTypes: [m7g.large]}}\n";

    @TempDir
    private Path folder;

    private EnvironmentText environment(String text) {
        return EnvironmentText.of(folder, NETWORK + NODES + text);
    }

    private static JsonNode json(String text) {
        return TestJson.parse(text.replace('\'', '"'));
    }

    @Test
    void minimal() throws IOException {
        EnvironmentText.Parts stacks = environment("""
                cluster:
                  version: "1.36"
                  capabilities:
                    argocd: {identityCenterInstance: "arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071"}
                    ack: {}
                    kro: {}
                """).stacks();
        JsonNode infrastructure = stacks.get("infrastructure");
        assertThat(infrastructure
                        .at("/terraform/required_providers/aws/version")
                        .asText())
                .isEqualTo(">= 6.25.0, < 7.0.0");
        EnvironmentText.Parts capabilities = EnvironmentText.resources(infrastructure, "aws_eks_capability");
        assertThat(capabilities.all())
                .containsOnlyKeys(
                        "capabilities_ack_capability", "capabilities_argocd_capability", "capabilities_kro_capability");
        JsonNode kro = capabilities.get("capabilities_kro_capability");
        assertThat(kro.path("capability_name").asText()).isEqualTo("kro");
        assertThat(kro.path("type").asText()).isEqualTo("KRO");
        assertThat(kro.path("delete_propagation_policy").asText()).isEqualTo("RETAIN");
        assertThat(kro.path("cluster_name").asText()).startsWith("${aws_eks_cluster.cluster_");
        assertThat(kro.path("role_arn").asText()).startsWith("${aws_iam_role.capabilities_kro_role_");
        assertThat(kro.has("configuration")).isFalse();
        JsonNode argocd = capabilities.get("capabilities_argocd_capability");
        assertThat(argocd.path("type").asText()).isEqualTo("ARGOCD");
        assertThat(argocd.path("configuration")).isEqualTo(json("""
                [{'argo_cd': [{'namespace': 'argocd',
                  'aws_idc': [{'idc_instance_arn': 'arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071'}]}]}]
                """));
        JsonNode role =
                EnvironmentText.resources(infrastructure, "aws_iam_role").get("capabilities_ack_role");
        assertThat(role.path("name").asText()).isEqualTo("shop-ack-capability");
        assertThat(role.path("assume_role_policy").asText())
                .isEqualTo(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
                                + "\"capabilities.eks.amazonaws.com\"},\"Action\":[\"sts:AssumeRole\",\"sts:TagSession\"]}]}");
        assertThat(EnvironmentText.resources(infrastructure, "aws_eks_access_policy_association")
                        .all())
                .isEmpty();
        assertThat(stacks.all()).containsOnlyKeys("infrastructure");
    }

    @Test
    void full() throws IOException {
        EnvironmentText full = environment("""
                cluster:
                  version: "1.36"
                  capabilities:
                    argocd:
                      identityCenterInstance: arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071
                      identityCenterRegion: eu-west-1
                      namespace: gitops
                      roles:
                        viewer: {users: [38414300-1041-708a-01af-5422d6091e34]}
                        admin: {groups: [93e4c8f2-7061-7041-9fd1-52e53a7ad0ab]}
                      vpcEndpointIds: [vpce-0a1b2c3d4e5f60718]
                      role: {accessPolicies: [AmazonEKSClusterAdminPolicy]}
                    ack:
                      role:
                        policies: [AmazonS3FullAccess, "arn:aws:iam::111122223333:policy/more"]
                        policy: {Statement: [{Effect: Allow, Action: ["sqs:*"], Resource: ["arn:aws:sqs:eu-central-1:111122223333:shop-*"]}]}
                        accessPolicies: [AmazonEKSSecretReaderPolicy]
                        namespaces: [shop]
                      roleSelectors:
                        shop: {arn: "arn:aws:iam::444455556666:role/shop-ack", namespaces: [shop], namespaceLabels: {team: a}}
                        rest: {arn: "arn:aws:iam::111122223333:role/rest", namespaceLabels: {team: b}}
                    kro: {role: {arn: "arn:aws:iam::111122223333:role/kro"}}
                """);
        JsonNode infrastructure = full.stacks().get("infrastructure");
        EnvironmentText.Parts capabilities = EnvironmentText.resources(infrastructure, "aws_eks_capability");
        assertThat(capabilities.get("capabilities_argocd_capability").path("configuration"))
                .isEqualTo(json("""
                        [{'argo_cd': [{'namespace': 'gitops',
                          'aws_idc': [{'idc_instance_arn': 'arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071',
                            'idc_region': 'eu-west-1'}],
                          'network_access': [{'vpce_ids': ['vpce-0a1b2c3d4e5f60718']}],
                          'rbac_role_mapping': [
                            {'role': 'ADMIN', 'identity': [{'id': '93e4c8f2-7061-7041-9fd1-52e53a7ad0ab', 'type': 'SSO_GROUP'}]},
                            {'role': 'VIEWER', 'identity': [{'id': '38414300-1041-708a-01af-5422d6091e34', 'type': 'SSO_USER'}]}
                          ]}]}]
                        """));
        assertThat(capabilities
                        .get("capabilities_kro_capability")
                        .path("role_arn")
                        .asText())
                .isEqualTo("arn:aws:iam::111122223333:role/kro");
        assertThat(EnvironmentText.resources(infrastructure, "aws_iam_role").all())
                .doesNotContainKey("capabilities_kro_role");
        assertThat(EnvironmentText.resources(infrastructure, "aws_iam_role_policy_attachment")
                        .all())
                .containsKeys(
                        "capabilities_ack_role_AmazonS3FullAccess",
                        "capabilities_ack_role_arnawsiam111122223333policy-more");
        EnvironmentText.Parts policies = EnvironmentText.resources(infrastructure, "aws_iam_role_policy");
        assertThat(policies.get("capabilities_ack_role_policy").path("policy").asText())
                .contains("arn:aws:sqs:eu-central-1:111122223333:shop-*");
        assertThat(policies.get("capabilities_ack_role_assume-roles")
                        .path("policy")
                        .asText())
                .isEqualTo(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"sts:AssumeRole\","
                                + "\"sts:TagSession\"],\"Resource\":[\"arn:aws:iam::111122223333:role/rest\","
                                + "\"arn:aws:iam::444455556666:role/shop-ack\"]}]}");
        assertThat(capabilities.get("capabilities_ack_capability").path("depends_on"))
                .hasSize(4);
        EnvironmentText.Parts access = EnvironmentText.resources(infrastructure, "aws_eks_access_policy_association");
        assertThat(access.get("capabilities_argocd_AmazonEKSClusterAdminPolicy").path("access_scope"))
                .isEqualTo(json("{'type': 'cluster'}"));
        JsonNode ofAck = access.get("capabilities_ack_AmazonEKSSecretReaderPolicy");
        assertThat(ofAck.path("access_scope")).isEqualTo(json("{'type': 'namespace', 'namespaces': ['shop']}"));
        assertThat(ofAck.path("policy_arn").asText())
                .isEqualTo("arn:aws:eks::aws:cluster-access-policy/AmazonEKSSecretReaderPolicy");
        assertThat(ofAck.path("depends_on").toString()).contains("aws_eks_capability.capabilities_ack_capability_");
        assertThat(full.objects().get("IAMRoleSelector shop")).isEqualTo(json("""
                {'apiVersion': 'services.k8s.aws/v1alpha1', 'kind': 'IAMRoleSelector', 'metadata': {'name': 'shop'},
                 'spec': {'arn': 'arn:aws:iam::444455556666:role/shop-ack',
                   'namespaceSelector': {'names': ['shop'], 'labelSelector': {'matchLabels': {'team': 'a'}}}}}
                """));
        assertThat(full.objects().get("IAMRoleSelector rest").at("/spec/namespaceSelector/names"))
                .isEqualTo(json("[]"));
    }

    @Test
    void whatIsRefused() throws IOException {
        assertThat(environment("""
                cluster:
                  version: "1.36"
                  capabilities:
                    argocd:
                      identityCenterInstance: ssoins-0a1b2c3d4e5f6071
                      roles: {admin: {}, viewer: {groups: [developers]}}
                      vpcEndpointIds: [vpc-1]
                      role: {accessPolicies: [ClusterAdmin], namespaces: [Shop]}
                    ack:
                      role: {arn: "arn:aws:iam::111122223333:role/ack", policies: [S3FullAccess]}
                      roleSelectors: {shop: {arn: "arn:aws:iam::111122223333:role/shop"}}
                """).problems())
                .containsExactly(
                        "shop.yaml:10:31 cluster.capabilities.argocd.identityCenterInstance: \"ssoins-0a1b2c3d4e5f6071\""
                                + " is not the ARN of an IAM Identity Center instance; allowed:"
                                + " arn:aws:sso:::instance/ssoins-ID; fix: copy it from `aws sso-admin list-instances`",
                        "shop.yaml:11:44 cluster.capabilities.argocd.roles.viewer.groups[0]: \"developers\" is not the id"
                                + " of a group of IAM Identity Center; allowed: a UUID, with the id of the identity store"
                                + " and a hyphen in front of older ones; fix: copy it from `aws identitystore list-groups`",
                        "shop.yaml:13:31 cluster.capabilities.argocd.role.accessPolicies[0]: \"ClusterAdmin\" is not an"
                                + " EKS access policy (2026-10-09); allowed: AIDevOpsAgentAccessPolicy,"
                                + " AWSBackupFullAccessPolicyForBackup, AWSBackupFullAccessPolicyForRestore,"
                                + " AmazonAIOpsAssistantPolicy, AmazonARCRegionSwitchScalingPolicy, AmazonEKSACKPolicy,"
                                + " AmazonEKSAdminPolicy, AmazonEKSAdminViewPolicy, AmazonEKSArgoCDClusterPolicy,"
                                + " AmazonEKSArgoCDPolicy, AmazonEKSAutoNodePolicy, AmazonEKSClusterAdminPolicy,"
                                + " AmazonEKSEditPolicy, AmazonEKSKROPolicy, AmazonEKSSecretAdminPolicy,"
                                + " AmazonEKSSecretReaderPolicy, AmazonEKSViewPolicy, AmazonEMRJobPolicy; fix: did you"
                                + " mean AmazonEKSClusterAdminPolicy?",
                        "shop.yaml:13:59 cluster.capabilities.argocd.role.namespaces[0]: \"Shop\" is not a namespace's"
                                + " name; allowed: 1 to 63 lower case letters, digits and -, with a letter or digit at"
                                + " both ends; fix: write it like shop",
                        "shop.yaml:15:67 cluster.capabilities.ack.role.policies: permissions of a role that exists; fix:"
                                + " attach them to the role, or remove arn",
                        "shop.yaml:15:68 cluster.capabilities.ack.role.policies[0]: \"S3FullAccess\" is not an AWS managed"
                                + " policy (2026-09); allowed: the names of the AWS Managed Policy Reference, with their"
                                + " paths; other policies by ARN; fix: did you mean IAMFullAccess?",
                        "shop.yaml:16:29 cluster.capabilities.ack.roleSelectors.shop: a role for every namespace; allowed:"
                                + " namespaces or namespaceLabels; fix: name namespaces, or give the role of the"
                                + " capability the permissions");
    }

    @Test
    void twoControllersOfTheSameObjects() throws IOException {
        assertThat(environment("""
                cluster: {version: "1.36", capabilities: {ack: {}, kro: {}}}
                addons:
                  ack: {s3: {}}
                  helm:
                    kro: {chart: kro, repository: "oci://registry.k8s.io/kro/charts", chartVersion: 0.5.0, namespace: kro}
                """).problems())
                .containsExactly(
                        "shop.yaml:8:13 addons.ack.s3: the capability ACK of the cluster has the controller of s3 already; fix:"
                                + " remove one of them",
                        "shop.yaml:10:10 addons.helm.kro: a second kro beside the capability of the cluster; fix: remove one of"
                                + " them");
    }

    @Test
    void bucketsHaveTheControllerOfTheCapability() throws IOException {
        assertThat(environment("""
                cluster: {version: "1.36", capabilities: {ack: {role: {policies: [AmazonS3FullAccess]}}}}
                workloads: {buckets: {shop: {}}}
                """).problems()).isEmpty();
    }

    @Test
    void aPinOfAnOlderProviderIsAtTheCapability() throws IOException {
        EnvironmentText text = environment("""
                providers: {aws: "~> 6.20.0"}
                cluster: {version: "1.36", capabilities: {kro: {}}}
                """);
        assertThat(ProblemsOf.making(text::stacks))
                .containsExactly(folder
                        + "/shop.yaml:7:48 cluster.capabilities.kro: aws_eks_capability needs provider aws 6.25.0"
                        + " or newer; allowed: >= 6.20.0, < 6.21.0, by providers.aws; fix: change providers.aws, or remove the"
                        + " attribute");
    }
}
