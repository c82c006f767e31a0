package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Node groups, Fargate profiles, EKS add-ons and access entries on a cluster that exists. */
class ExistingClusterComputeTest {

    @TempDir
    private Path folder;

    private EnvironmentText environment(String text) {
        return EnvironmentText.of(folder, text);
    }

    private static JsonNode json(String text) {
        return TestJson.parse(text.replace('\'', '"'));
    }

    @Test
    void minimal() throws IOException {
        JsonNode infrastructure = environment("""
                cluster: {existing: {name: blue, version: "1.36", subnetIds: [subnet-0a1b2c3d, subnet-0a1b2c3e]}}
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                """).stacks().get("infrastructure");
        JsonNode group =
                EnvironmentText.resources(infrastructure, "aws_eks_node_group").get("node-groups_general_node-group");
        assertThat(group.path("cluster_name").asText()).isEqualTo("blue");
        assertThat(group.path("version").asText()).isEqualTo("1.36");
        assertThat(group.path("subnet_ids")).isEqualTo(json("['subnet-0a1b2c3d', 'subnet-0a1b2c3e']"));
        assertThat(EnvironmentText.resources(infrastructure, "aws_launch_template")
                        .get("node-groups_general_launch-template")
                        .at("/vpc_security_group_ids/0")
                        .asText())
                .matches(
                        "\\$\\{data\\.aws_eks_cluster\\.cluster_[0-9A-F_]*.*vpc_config\\[0]\\.cluster_security_group_id}");
        assertThat(EnvironmentText.resources(infrastructure, "aws_eks_addon").all())
                .isEmpty();
        assertThat(EnvironmentText.resources(infrastructure, "aws_security_group")
                        .all())
                .isEmpty();
        assertThat(EnvironmentText.resources(infrastructure, "aws_eks_cluster").all())
                .isEmpty();
    }

    @Test
    void full() throws IOException {
        JsonNode infrastructure = environment("""
                cluster:
                  existing:
                    name: blue
                    version: "1.36"
                    subnetIds: [subnet-0a1b2c3d]
                    nodeSecurityGroupIds: [sg-0a1b2c3d]
                    access:
                      arn:aws:iam::111122223333:role/developers: {policies: [AmazonEKSViewPolicy]}
                    addons: {vpc-cni: {}, aws-ebs-csi-driver: {}, metrics-server: {}}
                    capabilities: {kro: {}}
                nodeGroups:
                  general: {instanceTypes: [m7g.large], version: "1.35"}
                  other: {instanceTypes: [m7g.large], subnetIds: [subnet-0a1b2c3f]}
                fargate: {batch: {selectors: [{namespace: batch}]}}
                """).stacks().get("infrastructure");
        EnvironmentText.Parts groups = EnvironmentText.resources(infrastructure, "aws_eks_node_group");
        assertThat(groups.get("node-groups_general_node-group").path("version").asText())
                .isEqualTo("1.35");
        assertThat(groups.get("node-groups_other_node-group").path("subnet_ids"))
                .isEqualTo(json("['subnet-0a1b2c3f']"));
        assertThat(groups.get("node-groups_other_node-group").path("depends_on").toString())
                .contains("aws_eks_addon.cluster_vpc-cni_addon_");
        assertThat(EnvironmentText.resources(infrastructure, "aws_launch_template")
                        .get("node-groups_other_launch-template")
                        .path("vpc_security_group_ids"))
                .isEqualTo(json("['sg-0a1b2c3d']"));
        assertThat(EnvironmentText.resources(infrastructure, "aws_eks_fargate_profile")
                        .get("fargate_batch_profile")
                        .path("subnet_ids"))
                .isEqualTo(json("['subnet-0a1b2c3d']"));
        EnvironmentText.Parts addons = EnvironmentText.resources(infrastructure, "aws_eks_addon");
        assertThat(addons.all())
                .containsOnlyKeys(
                        "cluster_aws-ebs-csi-driver_addon", "cluster_metrics-server_addon", "cluster_vpc-cni_addon");
        assertThat(addons.get("cluster_aws-ebs-csi-driver_addon")
                        .path("service_account_role_arn")
                        .asText())
                .startsWith("${aws_iam_role.identities_kube-system_ebs-csi-controller-sa_role_");
        assertThat(addons.get("cluster_aws-ebs-csi-driver_addon")
                        .path("depends_on")
                        .toString())
                .contains("aws_eks_node_group.node-groups_general_node-group_");
        assertThat(EnvironmentText.resources(infrastructure, "aws_eks_access_entry")
                        .get("cluster_access-developers_entry")
                        .path("cluster_name")
                        .asText())
                .isEqualTo("blue");
        assertThat(EnvironmentText.resources(infrastructure, "aws_eks_capability")
                        .get("capabilities_kro_capability")
                        .path("cluster_name")
                        .asText())
                .isEqualTo("blue");
    }

    @Test
    void whatIsRefused() throws IOException {
        assertThat(environment("""
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
                cluster: {existing: {name: blue, version: "1.34"}}
                nodeGroups:
                  one: {instanceTypes: [m7g.large], zones: [eu-central-1a]}
                  two: {instanceTypes: [m7g.large], version: "1.35", subnetIds: [subnet-0a1b2c3d]}
                fargate: {batch: {selectors: [{namespace: batch}]}}
                """).problems())
                .containsExactly(
                        "shop.yaml:4:10 network: not used with an existing cluster, which brings its own VPC; fix: remove"
                                + " network",
                        "shop.yaml:7:44 nodeGroups.one.zones: zones are only for a network that this file creates; fix:"
                                + " use subnetIds",
                        "shop.yaml:8:46 nodeGroups.two.version: nodes of 1.35 with a control plane of 1.34; allowed: 1.31"
                                + " to 1.34: nodes are at most three minor versions older than the control plane, and"
                                + " never newer; fix: upgrade the control plane first, or remove version: the group"
                                + " follows the cluster",
                        "shop.yaml:9:18 fargate.batch: no subnets: those of the control plane of an existing cluster may"
                                + " be public ones; fix: add subnetIds: [subnet-…] here, or to cluster.existing for all");
        assertThat(environment("""
                cluster:
                  existing: {name: blue, installPodIdentityAgent: true, addons: {eks-pod-identity-agent: {}}, nodeSecurityGroupIds: [a], access: {"arn:aws:iam::111122223333:role/a": {}}}
                """).problems())
                .containsExactly(
                        "shop.yaml:5:51 cluster.existing.installPodIdentityAgent: the agent is in addons already; fix: remove one of"
                                + " them",
                        "shop.yaml:5:118 cluster.existing.nodeSecurityGroupIds[0]: \"a\" is not the id of a security group; allowed:"
                                + " sg- and 8 to 17 hex digits; fix: copy it from `aws ec2 describe-security-groups`",
                        "shop.yaml:5:167 cluster.existing.access[\"arn:aws:iam::111122223333:role/a\"]: an access entry that gives no"
                                + " permission; fix: add policies: [AmazonEKSViewPolicy], or groups");
    }

    @Test
    void nodeGroupsAreNotForRosa() throws IOException {
        assertThat(environment("""
                cluster: {rosa: {name: shop, issuer: rh-oidc.s3.us-east-1.amazonaws.com/2a1b3c4d5e, kubeContext: shop}}
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                """).problems())
                .containsExactly("shop.yaml:5:13 nodeGroups: not supported with ROSA; fix: remove nodeGroups");
    }

    @Test
    void windowsNeedsAPreparedCluster() throws IOException {
        assertThat(environment("""
                cluster: {existing: {name: blue, version: "1.36", subnetIds: [subnet-0a1b2c3d]}}
                nodeGroups: {win: {instanceTypes: [m7i.large], image: windows-2022, taints: [{key: os, value: windows, effect: no-schedule}]}}
                """).warnings())
                .containsExactly(
                        "shop.yaml:5:55 nodeGroups.win.image: pods on Windows get no addresses unless the existing cluster"
                                + " is prepared for it; fix: attach AmazonEKSVPCResourceController to its role, and set enableWindowsIpam of"
                                + " its vpc-cni");
    }
}
