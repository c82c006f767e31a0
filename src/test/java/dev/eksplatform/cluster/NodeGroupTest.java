package dev.eksplatform.cluster;

import static dev.eksplatform.testing.StackAssertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeGroupTest {

    private static final NodeGroupSpec GENERAL = NodeGroupSpec.of("m7g.large");

    private static TerraformStack stackWith(NodeGroupSpec spec) {
        TerraformStack stack = TestStack.make();
        new NodeGroup(stack, "general", TestCluster.in(stack), spec);
        return stack;
    }

    @Test
    void minimal() {
        TestStack.checkGolden("node-group-minimal", stackWith(GENERAL));
    }

    @Test
    void full() {
        NodeGroupSpec spec = NodeGroupSpec.of("m7i.large", "m6i.large")
                .withSize(SizeSpec.of(0, 3, 9))
                .withImage(NodeImage.BOTTLEROCKET)
                .withCapacity(Capacity.SPOT)
                .withDiskGib(200)
                .withLabels(Map.of("pool", "general"))
                .withTaints(List.of(
                        TaintSpec.of("batch", TaintSpec.Effect.NO_EXECUTE).withValue(Optional.of("true")),
                        TaintSpec.of("spot", TaintSpec.Effect.PREFER_NO_SCHEDULE)))
                .withAutoscaled(true);

        TestStack.checkGolden("node-group-full", stackWith(spec));
    }

    @Test
    void nodesHaveTheNewestReleaseForTheVersionOfTheCluster() {
        assertThat(stackWith(GENERAL))
                .hasResource("aws_eks_node_group")
                .withAttribute("version", "1.36")
                .withAttribute("release_version", "${data.aws_ssm_parameter.general_release_D4139A16.insecure_value}");
    }

    @Test
    void nodesMayStayBehindTheCluster() {
        assertThat(stackWith(GENERAL.withVersion(Optional.of(KubernetesVersion.parse("1.34")))))
                .hasResource("aws_eks_node_group")
                .withAttribute("version", "1.34");
        org.assertj.core.api.Assertions.assertThat(ProblemsOf.making(
                        () -> stackWith(GENERAL.withVersion(Optional.of(KubernetesVersion.parse("1.37"))))))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("version: nodes of 1.37 with a control plane of 1.36");
    }

    @Test
    void aPinnedReleaseIsNotLookedUp() {
        assertThat(stackWith(GENERAL.withReleaseVersion(AmiRelease.parse("1.36.5-20261101"))))
                .hasResource("aws_eks_node_group")
                .withAttribute("release_version", "1.36.5-20261101");
        org.assertj.core.api.Assertions.assertThat(TestStack.configuration(
                                stackWith(GENERAL.withReleaseVersion(AmiRelease.parse("1.36.5-20261101"))))
                        .at("/data/aws_ssm_parameter")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void theReleaseOfWindowsIsInAJsonObject() {
        TerraformStack stack = stackWith(NodeGroupSpec.of("m7i.large").withImage(NodeImage.WINDOWS_2022));
        assertThat(stack)
                .hasResource("aws_eks_node_group")
                .withAttribute(
                        "release_version",
                        "${jsondecode(data.aws_ssm_parameter.general_release_D4139A16.insecure_value).release_version}");
    }

    @Test
    void podsOnWindowsNodesGetAddresses() {
        assertThat(stackWith(NodeGroupSpec.of("m7i.large").withImage(NodeImage.WINDOWS_2022)))
                .hasResource("aws_eks_addon")
                .withAttribute("addon_name", "vpc-cni")
                .withAttribute(
                        "configuration_values", "{\"enableNetworkPolicy\":\"true\",\"enableWindowsIpam\":\"true\"}")
                .and()
                .hasResource("aws_iam_role_policy_attachment")
                .withAttribute("policy_arn", "arn:aws:iam::aws:policy/AmazonEKSVPCResourceController")
                .and()
                .hasResource("aws_eks_node_group")
                .dependingOn("aws_iam_role_policy_attachment.cluster_role_AmazonEKSVPCResourceController_4BE24219");
    }

    @Test
    void tagsReachInstancesVolumesAndNetworkInterfaces() {
        TerraformStack stack = TestStack.make();
        new NodeGroup(
                stack, "general", TestCluster.in(stack), GENERAL, Map.of("team", "${shop}", "Name", "everything"));

        Map<String, String> tags = Map.of("Name", "shop-general", "team", "$${shop}");
        assertThat(stack)
                .allResources("aws_launch_template")
                .withAttribute(
                        "tag_specifications",
                        List.of(
                                Map.of("resource_type", "instance", "tags", tags),
                                Map.of("resource_type", "volume", "tags", tags),
                                Map.of("resource_type", "network-interface", "tags", tags)));
    }

    @Test
    void nodesAnswerMetadataByImdsV2AloneAndNotToPods() {
        assertThat(stackWith(GENERAL))
                .allResources("aws_launch_template")
                .withAttribute("metadata_options.http_tokens", "required")
                .withAttribute("metadata_options.http_put_response_hop_limit", 1);
    }

    @Test
    void nodesComeAfterWhatEachNodeRunsAndBeforeWhatNeedsNodes() {
        TerraformStack stack = TestStack.make();
        Cluster cluster = TestCluster.in(stack);
        new NodeGroup(stack, "general", cluster, GENERAL);
        new NodeGroup(stack, "batch", cluster, GENERAL);
        cluster.requirePodIdentity();

        assertThat(stack)
                .hasResource("aws_eks_node_group")
                .withAttribute("node_group_name_prefix", "batch-")
                .dependingOn("aws_eks_addon.cluster_vpc-cni_addon_0175AED2")
                .dependingOn("aws_eks_addon.cluster_kube-proxy_addon_5E08C54E")
                .dependingOn("aws_eks_addon.cluster_eks-pod-identity-agent_addon_D3D96F2D")
                .and()
                .hasResource("aws_eks_addon")
                .withAttribute("addon_name", "coredns")
                .dependingOn("aws_eks_node_group.general_node-group_FF3E69C9")
                .dependingOn("aws_eks_node_group.batch_node-group_6DDB0BA7");
    }

    @Test
    void anAddonThatIsAskedForLaterComesAfterAllNodesToo() {
        TerraformStack stack = TestStack.make();
        Cluster cluster = TestCluster.in(stack);
        new NodeGroup(stack, "general", cluster, GENERAL);
        cluster.addon(EksAddonName.METRICS_SERVER);
        new NodeGroup(stack, "batch", cluster, GENERAL);

        assertThat(stack)
                .hasResource("aws_eks_addon")
                .withAttribute("addon_name", "metrics-server")
                .dependingOn("aws_eks_node_group.general_node-group_FF3E69C9")
                .dependingOn("aws_eks_node_group.batch_node-group_6DDB0BA7");
    }

    @Test
    void instancesInChinaTrustTheEc2OfTheirPartition() {
        TerraformStack stack = TestStack.make("cn-north-1");
        new NodeGroup(stack, "general", TestCluster.in(stack), GENERAL);

        assertThat(stack)
                .hasResource("aws_iam_role")
                .withAttribute("name", "shop-general-node")
                .withJson("assume_role_policy", """
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                          "Principal": {"Service": "ec2.amazonaws.com.cn"}}]}
                        """);
    }

    @Test
    void aLongNameMakesAShorterRoleName() {
        TerraformStack stack = TestStack.make();
        Cluster cluster = TestCluster.in(stack, ClusterSpec.of("a".repeat(60), "1.36"));
        new NodeGroup(stack, "general", cluster, GENERAL);

        assertThat(stack)
                .hasResource("aws_iam_role")
                .withAttribute(
                        "name",
                        dev.eksplatform.iam.RoleName.fitting("a".repeat(60) + "-general-node")
                                .toString());
    }
}
