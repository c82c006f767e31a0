package dev.eksplatform.cluster;

import static dev.eksplatform.testing.StackAssertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestStack;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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

    private static String userData(TerraformStack stack) {
        return new String(
                Base64.getDecoder()
                        .decode(TestStack.configuration(stack)
                                .at("/resource/aws_launch_template")
                                .findValue("user_data")
                                .asText()),
                StandardCharsets.UTF_8);
    }

    @Test
    void nothingIsSetWithoutSettings() {
        assertThat(stackWith(GENERAL))
                .allResources("aws_launch_template")
                .withoutAttribute("user_data")
                .withoutAttribute("image_id");
    }

    @Test
    void settingsOfAmazonLinuxAreANodeConfig() {
        NodeGroupSpec spec = NodeGroupSpecBuilder.builder(NodeGroupSpec.of("m7gd.large"))
                .maxPods(Optional.of(110))
                .kubelet(Map.of("evictionHard", Map.of("memory.available", "5%"), "podPidsLimit", 1024L))
                .instanceStore(Optional.of(InstanceStore.RAID0))
                .nodeadm(Map.of(
                        "featureGates", Map.of("FastImagePull", true),
                        "instance", Map.of("localStorage", Map.of("disabledMounts", List.of("PodLogs"))),
                        "kubelet", Map.of("flags", List.of("--v=4"))))
                .registryMirrors(
                        Map.of("docker.io", List.of("https://mirror.example.com/v2"), "*", List.of("https://all")))
                .userData(List.of(
                        new UserDataPart("#!/bin/bash\nsysctl -w vm.max_map_count=262144"),
                        new UserDataPart("#cloud-config\npackages: [htop]\n")))
                .metadataOptions(MetadataOptionsSpec.standard().withHopLimit(2).withIpv6(true))
                .build();
        TerraformStack stack = stackWith(spec);

        org.assertj.core.api.Assertions.assertThat(userData(stack)).isEqualTo("""
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="==eks-platform=="

                --==eks-platform==
                Content-Type: text/x-shellscript; charset="utf-8"

                #!/bin/bash
                sysctl -w vm.max_map_count=262144

                --==eks-platform==
                Content-Type: text/cloud-config; charset="utf-8"

                #cloud-config
                packages: [htop]

                --==eks-platform==
                Content-Type: text/cloud-config; charset="utf-8"

                #cloud-config
                {
                  "merge_how" : [ {
                    "name" : "list",
                    "settings" : [ "append" ]
                  }, {
                    "name" : "dict",
                    "settings" : [ "no_replace", "recurse_list" ]
                  } ],
                  "write_files" : [ {
                    "content" : "[host.\\"https://all\\"]\\ncapabilities = [\\"pull\\", \\"resolve\\"]\\n",
                    "path" : "/etc/containerd/certs.d/_default/hosts.toml"
                  }, {
                    "content" : "[host.\\"https://mirror.example.com/v2\\"]\\ncapabilities = [\\"pull\\", \\"resolve\\"]\\n",
                    "path" : "/etc/containerd/certs.d/docker.io/hosts.toml"
                  } ]
                }

                --==eks-platform==
                Content-Type: application/node.eks.aws

                {
                  "apiVersion" : "node.eks.aws/v1alpha1",
                  "kind" : "NodeConfig",
                  "spec" : {
                    "featureGates" : {
                      "FastImagePull" : true
                    },
                    "instance" : {
                      "localStorage" : {
                        "disabledMounts" : [ "PodLogs" ],
                        "strategy" : "RAID0"
                      }
                    },
                    "kubelet" : {
                      "config" : {
                        "evictionHard" : {
                          "memory.available" : "5%"
                        },
                        "maxPods" : 110,
                        "podPidsLimit" : 1024
                      },
                      "flags" : [ "--v=4" ]
                    }
                  }
                }

                --==eks-platform==--
                """);
        assertThat(stack)
                .allResources("aws_launch_template")
                .withAttribute("metadata_options.http_tokens", "required")
                .withAttribute("metadata_options.http_put_response_hop_limit", 2)
                .withAttribute("metadata_options.http_protocol_ipv6", "enabled");
    }

    @Test
    void maxPodsAreANodeConfigOfTheirOwn() {
        org.assertj.core.api.Assertions.assertThat(userData(stackWith(GENERAL.withMaxPods(Optional.of(20)))))
                .contains("\"maxPods\" : 20")
                .doesNotContain("shellscript");
    }

    @Test
    void settingsOfBottlerocketAreToml() {
        NodeGroupSpec spec = NodeGroupSpecBuilder.builder(NodeGroupSpec.of("m7gd.large"))
                .image(NodeImage.BOTTLEROCKET)
                .maxPods(Optional.of(58))
                .kubelet(Map.of(
                        "evictionHard", Map.of("memory.available", "5%"),
                        "cpuCFSQuota", false,
                        "logging", Map.of("verbosity", 3L)))
                .instanceStore(Optional.of(InstanceStore.RAID0))
                .bottlerocket(Map.of(
                        "motd", "say \"hello\"",
                        "kernel", Map.of("lockdown", "integrity", "sysctl", Map.of("net.core.rmem_max", "1")),
                        "kubernetes", Map.of("allowed-unsafe-sysctls", List.of("net.core.somaxconn"))))
                .registryMirrors(Map.of("docker.io", List.of("https://mirror.example.com")))
                .build();

        org.assertj.core.api.Assertions.assertThat(userData(stackWith(spec))).isEqualTo("""
                [settings]
                motd = 'say "hello"'

                [settings.bootstrap-commands.instance-store]
                commands = [["apiclient", "ephemeral-storage", "init"], ["apiclient", "ephemeral-storage", "bind", "--dirs", \
                "/var/lib/containerd", "/var/lib/kubelet", "/var/log/pods"]]
                essential = true
                mode = "always"

                [settings.container-registry]
                mirrors = [{ endpoint = ["https://mirror.example.com"], registry = "docker.io" }]

                [settings.kernel]
                lockdown = "integrity"

                [settings.kernel.sysctl]
                "net.core.rmem_max" = "1"

                [settings.kubernetes]
                allowed-unsafe-sysctls = ["net.core.somaxconn"]
                cpu-cfs-quota-enforced = false
                log-level = 3
                max-pods = 58

                [settings.kubernetes.eviction-hard]
                "memory.available" = "5%"
                """);
    }

    @Test
    void windowsRunsPowerShellBeforeItJoins() {
        NodeGroupSpec spec = NodeGroupSpec.of("m7i.large")
                .withImage(NodeImage.parse("windows-2025-full"))
                .withUserData(List.of(new UserDataPart("Write-Host 'started'\n")))
                .withWindows(WindowsNodeSpec.standard().withExcludedSnatCidrs(List.of(Cidr.parse("10.0.0.0/8"))));
        TerraformStack stack = stackWith(spec);

        org.assertj.core.api.Assertions.assertThat(userData(stack)).isEqualTo("""
                <powershell>
                [Environment]::SetEnvironmentVariable('EXCLUDED_SNAT_CIDRS', '10.0.0.0/8', 'Machine')
                Write-Host 'started'
                </powershell>
                """);
        assertThat(stack).hasResource("aws_eks_node_group").withAttribute("ami_type", "WINDOWS_FULL_2025_x86_64");
    }

    @Test
    void anAmiOfOnesOwnGetsCompleteUserData() {
        NodeGroupSpec spec = NodeGroupSpecBuilder.builder(GENERAL)
                .ami(Optional.of(AmiReference.parse("/images/nodes")))
                .maxPods(Optional.of(110))
                .labels(Map.of("pool", "general"))
                .taints(List.of(TaintSpec.of("batch", TaintSpec.Effect.NO_EXECUTE)))
                .userData(List.of(new UserDataPart("#!/bin/bash\necho ${HOME}\n")))
                .build();

        TestStack.checkGolden("node-group-ami", stackWith(spec));
    }

    @Test
    void anAmiOfBottlerocketGetsCompleteSettings() {
        NodeGroupSpec spec = NodeGroupSpecBuilder.builder(GENERAL)
                .image(NodeImage.BOTTLEROCKET)
                .ami(Optional.of(AmiReference.parse("ami-0a1b2c3d4e5f60718")))
                .labels(Map.of("pool", "general"))
                .taints(List.of(TaintSpec.of("batch", TaintSpec.Effect.NO_EXECUTE)))
                .build();

        TestStack.checkGolden("node-group-ami-bottlerocket", stackWith(spec));
    }

    @Test
    void anAmiOfUbuntuRunsItsBootstrapScript() {
        NodeGroupSpec spec = GENERAL.withAmi(Optional.of(AmiReference.parse("ami-0a1b2c3d4e5f60718")))
                .withImage(NodeImage.UBUNTU)
                .withMaxPods(Optional.of(20));

        TestStack.checkGolden("node-group-ami-ubuntu", stackWith(spec));
    }

    @Test
    void anAmiOfUbuntuHasTheAddressesOfAnIpv6Cluster() {
        TerraformStack stack = TestStack.make();
        new NodeGroup(
                stack,
                "general",
                TestCluster.in(stack, ClusterSpec.of("shop", "1.36").withIpFamily(IpFamily.IPV6)),
                GENERAL.withAmi(Optional.of(AmiReference.parse("ami-0a1b2c3d4e5f60718")))
                        .withImage(NodeImage.UBUNTU));
        org.assertj.core.api.Assertions.assertThat(
                        TestStack.configuration(stack).path("locals").toString())
                .contains(" --ip-family ipv6 --service-ipv6-cidr '${aws_eks_cluster."
                        + "cluster_A4C38409.kubernetes_network_config[0].service_ipv6_cidr}'");
    }

    @Test
    void anAmiOfWindowsJoinsAsWindows() {
        NodeGroupSpec spec = NodeGroupSpec.of("m7i.large")
                .withImage(NodeImage.WINDOWS_2022)
                .withAmi(Optional.of(AmiReference.parse("ami-0a1b2c3d4e5f60718")))
                .withWindows(WindowsNodeSpec.standard().withKubeletArguments(List.of("--v=4")));

        TestStack.checkGolden("node-group-ami-windows", stackWith(spec));
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
