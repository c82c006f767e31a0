package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Karpenter and the AWS Node Termination Handler in whole environments. */
class KarpenterTest {

    private static final String NETWORK = "network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}\n";
    private static final String CLUSTER = NETWORK + "cluster: {version: \"1.36\"}\n";
    private static final String NODES =
            "nodeGroups: {system: {instanceTypes: [m7g.large], size: {min: 2, desired: 2, max: 2}}}\n";
    private static final String GENERAL = "addons: {karpenter: {nodePools: {general: {}}}}\n";

    @TempDir
    private Path folder;

    private EnvironmentText environment(String text) {
        return EnvironmentText.of(folder, text);
    }

    @Test
    void itsNodesJoinWithARoleAnInstanceProfileAndAnAccessEntry() throws IOException {
        EnvironmentText shop = environment("roles: {path: /platform/}\n" + CLUSTER + NODES
                + "addons: {karpenter: {nodeRole: {ssm: true, policies: [CloudWatchAgentServerPolicy]}}}\n");

        JsonNode infrastructure = shop.stacks().get("infrastructure");
        JsonNode role =
                EnvironmentText.resources(infrastructure, "aws_iam_role").get("addons_karpenter-nodes_role");
        assertThat(role.path("name").asText()).isEqualTo("shop-karpenter-node");
        assertThat(role.path("path").asText()).isEqualTo("/platform/");
        assertThat(EnvironmentText.resources(infrastructure, "aws_iam_role_policy_attachment")
                        .all())
                .containsKeys(
                        "addons_karpenter-nodes_role_AmazonEKSWorkerNodePolicy",
                        "addons_karpenter-nodes_role_AmazonEC2ContainerRegistryPullOnly",
                        "addons_karpenter-nodes_role_AmazonEKS_CNI_Policy",
                        "addons_karpenter-nodes_role_AmazonSSMManagedInstanceCore",
                        "addons_karpenter-nodes_role_CloudWatchAgentServerPolicy");
        JsonNode profile = EnvironmentText.resources(infrastructure, "aws_iam_instance_profile")
                .get("addons_karpenter-nodes_profile");
        assertThat(profile.path("name").asText()).isEqualTo("shop-karpenter-node");
        assertThat(profile.path("path").asText()).isEqualTo("/platform/");
        assertThat(profile.path("role").asText()).startsWith("${aws_iam_role.addons_karpenter-nodes_role_");
        JsonNode entry = EnvironmentText.resources(infrastructure, "aws_eks_access_entry")
                .get("addons_karpenter-nodes_access");
        assertThat(entry.path("type").asText()).isEqualTo("EC2_LINUX");
        assertThat(entry.path("principal_arn").asText()).startsWith("${aws_iam_role.addons_karpenter-nodes_role_");
        assertThat(EnvironmentText.resources(infrastructure, "aws_iam_policy")
                        .all()
                        .toString())
                .contains("arn:aws:iam::111122223333:role/platform/shop-karpenter-node");
    }

    @Test
    void aVpcCniWithItsOwnRoleLeavesItsPolicyToThat() throws IOException {
        assertThat(environment(NETWORK + "cluster: {version: \"1.36\", addons: {vpc-cni: {mode: pod-identity}}}\n"
                                + NODES + GENERAL)
                        .resources("infrastructure", "aws_iam_role_policy_attachment")
                        .all())
                .containsKey("addons_karpenter-nodes_role_AmazonEKSWorkerNodePolicy")
                .doesNotContainKey("addons_karpenter-nodes_role_AmazonEKS_CNI_Policy");
    }

    @Test
    void theQueueReceivesWhatIsAnnouncedAndNothingFromOthers() throws IOException {
        JsonNode infrastructure =
                environment(CLUSTER + NODES + GENERAL).stacks().get("infrastructure");

        JsonNode queue =
                EnvironmentText.resources(infrastructure, "aws_sqs_queue").get("addons_karpenter-interruptions_queue");
        assertThat(queue.path("name").asText()).isEqualTo("shop-karpenter");
        assertThat(queue.path("sqs_managed_sse_enabled").asBoolean()).isTrue();
        List<String> events = new ArrayList<>();
        EnvironmentText.resources(infrastructure, "aws_cloudwatch_event_rule")
                .all()
                .values()
                .forEach(rule -> events.add(rule.path("name").asText() + " "
                        + rule.path("event_pattern").asText()));
        assertThat(events)
                .containsExactlyInAnyOrder(
                        "shop-karpenter-capacity-reservation {\"detail-type\":[\"EC2 Capacity Reservation Instance"
                                + " Interruption Warning\"],\"source\":[\"aws.ec2\"]}",
                        "shop-karpenter-health-event {\"detail-type\":[\"AWS Health"
                                + " Event\"],\"source\":[\"aws.health\"]}",
                        "shop-karpenter-instance-state-change {\"detail-type\":[\"EC2 Instance State-change"
                                + " Notification\"],\"source\":[\"aws.ec2\"]}",
                        "shop-karpenter-rebalance {\"detail-type\":[\"EC2 Instance Rebalance"
                                + " Recommendation\"],\"source\":[\"aws.ec2\"]}",
                        "shop-karpenter-spot-interruption {\"detail-type\":[\"EC2 Spot Instance Interruption"
                                + " Warning\"],\"source\":[\"aws.ec2\"]}");
        assertThat(EnvironmentText.resources(infrastructure, "aws_sqs_queue_policy")
                        .get("addons_karpenter-interruptions_policy")
                        .path("policy")
                        .asText())
                .contains("\"Principal\":{\"Service\":\"events.amazonaws.com\"}", "aws:SecureTransport");
        assertThat(EnvironmentText.resources(infrastructure, "aws_cloudwatch_event_target")
                        .all())
                .hasSize(5);
    }

    @Test
    void namesOfLongClustersStayApart() throws IOException {
        String name = "a".repeat(100);
        JsonNode infrastructure = environment(
                        NETWORK + "cluster: {version: \"1.36\", name: " + name + "}\n" + NODES
                                + "addons: {karpenter: {roleName: karpenter, policyName: karpenter, nodePools: {general: {}}}}\n")
                .stacks()
                .get("infrastructure");
        List<String> names = new ArrayList<>();
        for (String type : List.of("aws_sqs_queue", "aws_cloudwatch_event_rule", "aws_iam_instance_profile")) {
            EnvironmentText.resources(infrastructure, type)
                    .all()
                    .values()
                    .forEach(one -> names.add(one.path("name").asText()));
        }
        assertThat(names).hasSize(7).doesNotHaveDuplicates().allMatch(one -> one.length() <= 64);
    }

    @Test
    void privateSubnetsAndTheSecurityGroupOfNodesAreFound() throws IOException {
        JsonNode infrastructure = environment("""
                network:
                  cidr: 10.20.0.0/16
                  zones: [eu-central-1a, eu-central-1b]
                  subnetTags: {private: {example.com/tier: nodes}}
                cluster: {version: "1.36"}
                """ + NODES + GENERAL).stacks().get("infrastructure");

        EnvironmentText.resources(infrastructure, "aws_subnet").all().forEach((subnet, of) -> assertThat(
                        of.at("/tags/karpenter.sh~1discovery").asText())
                .as(subnet)
                .isEqualTo(subnet.contains("private") ? "shop" : ""));
        assertThat(EnvironmentText.resources(infrastructure, "aws_subnet")
                        .get("network_private-eu-central-1a")
                        .at("/tags/example.com~1tier")
                        .asText())
                .isEqualTo("nodes");
        assertThat(EnvironmentText.resources(infrastructure, "aws_security_group")
                        .get("cluster_node-security-group")
                        .path("tags"))
                .hasToString("{\"Name\":\"shop-node\",\"karpenter.sh/discovery\":\"shop\","
                        + "\"kubernetes.io/cluster/shop\":\"owned\"}");
        assertThat(infrastructure.path("resource").path("aws_ec2_tag").toString())
                .doesNotContain("karpenter.sh/discovery");
    }

    @Test
    void subnetsThatAreLookedUpAreThoseOfTheControlPlane() throws IOException {
        JsonNode nodeClass = environment("""
                network:
                  existing:
                    vpcTags: {Name: shop}
                    zones: [eu-central-1a, eu-central-1b]
                    privateSubnetTags: {Name: private}
                cluster: {version: "1.36"}
                """ + NODES + GENERAL).objects().get("EC2NodeClass default");

        assertThat(nodeClass.at("/spec/subnetSelectorTerms").asText()).contains(".vpc_config[0].subnet_ids");
        assertThat(nodeClass.at("/spec/securityGroupSelectorTerms"))
                .hasToString("[{\"tags\":{\"karpenter.sh/discovery\":\"shop\"}}]");
    }

    @Test
    void subnetsAndSecurityGroupsThatExistAreFoundById() throws IOException {
        JsonNode nodeClass = environment("""
                network: {existing: {vpcId: vpc-0a1b2c3d, privateSubnetIds: [subnet-0a1b2c3d, subnet-0a1b2c3e]}}
                cluster: {version: "1.36", nodeSecurityGroupId: sg-0a1b2c3d}
                """ + NODES + GENERAL).objects().get("EC2NodeClass default");

        assertThat(nodeClass.at("/spec/subnetSelectorTerms"))
                .hasToString("[{\"id\":\"subnet-0a1b2c3d\"},{\"id\":\"subnet-0a1b2c3e\"}]");
        assertThat(nodeClass.at("/spec/securityGroupSelectorTerms")).hasToString("[{\"id\":\"sg-0a1b2c3d\"}]");
    }

    @Test
    void onAClusterThatExists() throws IOException {
        EnvironmentText existing = environment("""
                cluster: {existing: {name: shop, subnetIds: [subnet-0a1b2c3d], oidc: {existing: true}}}
                """ + GENERAL);

        assertThat(existing.problems()).isEmpty();
        JsonNode nodeClass = existing.objects().get("EC2NodeClass default");
        assertThat(nodeClass.at("/spec/subnetSelectorTerms")).hasToString("[{\"id\":\"subnet-0a1b2c3d\"}]");
        assertThat(nodeClass.at("/spec/securityGroupSelectorTerms/0/id").asText())
                .contains(".vpc_config[0].cluster_security_group_id");
        assertThat(existing.resources("infrastructure", "aws_eks_access_entry").all())
                .containsOnlyKeys("addons_karpenter-nodes_access");
        assertThat(environment("cluster: {existing: {name: shop, oidc: {existing: true}}}\n" + GENERAL)
                        .problems())
                .containsExactly("shop.yaml:5:21 addons.karpenter: no subnets: those of the control plane of an"
                        + " existing cluster may be public ones; fix: add cluster.existing.subnetIds, or subnets of"
                        + " the node class default");
    }

    @Test
    void inAClosedNetwork() throws IOException {
        EnvironmentText closed = environment("""
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b], nat: none}
                cluster: {version: "1.36"}
                """ + NODES + GENERAL);

        assertThat(closed.problems()).isEmpty();
        List<String> endpoints = new ArrayList<>();
        closed.resources("infrastructure", "aws_vpc_endpoint")
                .all()
                .values()
                .forEach(one -> endpoints.add(
                        one.path("service_name").asText().replaceFirst("^com.amazonaws.eu-central-1.", "")));
        assertThat(endpoints).contains("ec2", "eks", "sqs", "ssm", "sts");
        assertThat(closed.resources("platform", "helm_release").all().toString())
                .contains("isolatedVPC");
        assertThat(closed.objects()
                        .get("EC2NodeClass default")
                        .at("/spec/instanceProfile")
                        .asText())
                .isEqualTo("shop-karpenter-node");
    }

    @Test
    void onFargate() throws IOException {
        EnvironmentText fargate =
                environment(CLUSTER + "fargate: {system: {selectors: [{namespace: kube-system}]}}\n" + GENERAL);
        assertThat(fargate.problems()).isEmpty();
        assertThat(fargate.warnings()).isEmpty();
    }

    @Test
    void whatDoesTheSameIsRefused() throws IOException {
        assertThat(environment(NETWORK + "cluster: {version: \"1.36\", autoMode: {}}\n" + GENERAL)
                        .problems())
                .containsExactly("shop.yaml:6:21 addons.karpenter: Karpenter creates nodes, which EKS Auto Mode does"
                        + " itself; fix: remove it, and add its node pools to cluster.autoMode");
        assertThat(environment(CLUSTER + NODES + """
                addons:
                  karpenter: {}
                  aws-node-termination-handler: {}
                  helm:
                    scaler: {chart: cluster-autoscaler, repository: "https://kubernetes.github.io/autoscaler", chartVersion: 9.60.0, namespace: kube-system}
                """).problems())
                .containsExactly(
                        "shop.yaml:9:33 addons.aws-node-termination-handler: Karpenter drains nodes that are interrupted"
                                + " itself; fix: remove it, or name the autoScalingGroups whose nodes it drains",
                        "shop.yaml:11:13 addons.helm.scaler: the Cluster Autoscaler and Karpenter both add nodes for the"
                                + " same pods; fix: keep one of them; Karpenter needs a node group of a fixed size"
                                + " only");
    }

    @Test
    void itsPodsHaveANodeThatItDoesNotCreate() throws IOException {
        assertThat(environment(CLUSTER + "fargate: {jobs: {selectors: [{namespace: jobs}]}}\n" + GENERAL)
                        .problems())
                .containsExactly("shop.yaml:7:21 addons.karpenter: no node for its controller, which runs on no node of"
                        + " its own; allowed: a node group, or a Fargate profile for kube-system; fix: add nodeGroups:"
                        + " {system: {instanceTypes: [m7g.large], size: {min: 2, desired: 2, max: 2}}}");
        assertThat(environment(CLUSTER
                                + "nodeGroups: {web: {instanceTypes: [m7g.large], taints: [{key: dedicated, effect:"
                                + " no-schedule}]}}\n"
                                + GENERAL)
                        .problems())
                .containsExactly("shop.yaml:7:21 addons.karpenter: no node for its controller: each node group has a"
                        + " taint that it does not tolerate; allowed: a node group without taints, or with the taint"
                        + " CriticalAddonsOnly; fix: use the taint {key: CriticalAddonsOnly, effect: no-schedule}, or add"
                        + " values: {tolerations: […]}");
        assertThat(environment(CLUSTER
                                + "nodeGroups: {system: {instanceTypes: [m7g.large], size: {min: 1, desired: 1, max: 1}}}\n"
                                + GENERAL)
                        .warnings())
                .contains("shop.yaml:7:21 addons.karpenter.replicas: 2 replicas, each on a node of its own, and node"
                        + " groups with 1 node; fix: add nodes to a group, or use replicas: 1");
    }

    @Test
    void aTerminationHandlerLeavesItsNodes() throws IOException {
        String both = CLUSTER + NODES + """
                addons:
                  karpenter: {}
                  aws-node-termination-handler: {autoScalingGroups: [shop-batch]VALUES}
                """;
        assertThat(environment(both.replace("VALUES", "")).problems()).isEmpty();
        assertThat(environment(both.replace("VALUES", ", values: {checkTagBeforeDraining: false}"))
                        .problems())
                .containsExactly(
                        "shop.yaml:9:100 addons.aws-node-termination-handler.values.checkTagBeforeDraining: it would drain nodes of Karpenter, too, which drains them itself; fix: remove it");
    }

    @Test
    void onOpenShiftMachinesAreNotItsOwn() throws IOException {
        assertThat(environment("""
                cluster:
                  rosa:
                    name: shop
                    issuer: rh-oidc.s3.us-east-1.amazonaws.com/2a1b3c4d5e
                    kubeContext: shop-admin
                    oidc: {existing: true}
                """ + GENERAL).problems())
                .containsExactly(
                        "shop.yaml:10:21 addons.karpenter: karpenter is not supported on ROSA; fix: remove it, and install it from OperatorHub");
    }

    @Test
    void otherChartsHaveANodeBeforeItsNodePoolsAreThere() throws IOException {
        String tainted = CLUSTER + """
                nodeGroups:
                  system:
                    instanceTypes: [m7g.large]
                    size: {min: 2, desired: 2, max: 2}
                    taints: [{key: CriticalAddonsOnly, effect: no-schedule}]
                """;
        assertThat(environment(tainted + GENERAL).warnings()).isEmpty();
        String others = tainted + """
                addons:
                  karpenter: {nodePools: {general: {}}}
                  aws-node-termination-handler: {autoScalingGroups: [shop-batch]}
                  cert-manager: {VALUES}
                """;
        assertThat(environment(others.replace("VALUES", "")).warnings())
                .containsExactly(
                        "shop.yaml:14:17 addons.cert-manager: no node takes the pods of cert-manager: all node groups have taints (CriticalAddonsOnly), which they do not tolerate, and the node pools of Karpenter come after all charts; fix: add a node group without such taints, or tolerations to its values");
        assertThat(environment(others.replace(
                                "VALUES",
                                "values: {global: {tolerations: [{key: CriticalAddonsOnly, operator: Exists}]}}"))
                        .warnings())
                .isEmpty();
    }

    @Test
    void tagsThatFindMoreThanThatAreRefused() throws IOException {
        assertThat(environment("""
                network:
                  cidr: 10.20.0.0/16
                  zones: [eu-central-1a, eu-central-1b]
                  subnetTags: {public: {karpenter.sh/discovery: shop}, private: {karpenter.sh/discovery: other}}
                cluster: {version: "1.36", securityGroupTags: {karpenter.sh/discovery: shop}}
                """ + NODES + GENERAL).problems())
                .containsExactly(
                        "shop.yaml:7:49 network.subnetTags.public[\"karpenter.sh/discovery\"]: Karpenter finds the subnets"
                                + " of its nodes by this tag, and private subnets have it already; fix: remove it",
                        "shop.yaml:7:90 network.subnetTags.private[\"karpenter.sh/discovery\"]: Karpenter finds the subnets"
                                + " of its nodes by this tag, and private subnets have it already; fix: remove it",
                        "shop.yaml:8:72 cluster.securityGroupTags[\"karpenter.sh/discovery\"]: nodes of Karpenter would have"
                                + " the cluster security group, too: two groups with the tag kubernetes.io/cluster/shop,"
                                + " which the AWS Load Balancer Controller refuses; fix: remove it: the security group of"
                                + " nodes has the tag");
    }

    @Test
    void nodeClassesAndNodePools() throws IOException {
        assertThat(environment(CLUSTER + NODES + """
                addons:
                  karpenter:
                    nodeRole: {roleArn: "arn:aws-cn:iam::111122223333:role/a", ssm: true}
                    nodeClasses:
                      Own:
                        image: ubuntu
                        releaseVersion: v1
                        amis: [{name: a, id: ami-0a1b2c3d}]
                        instanceStore: mount
                        kubelet: {maxPods: 10}
                        tags: {karpenter.sh/nodepool: a}
                """).problems())
                .containsExactly(
                        "shop.yaml:9:69 addons.karpenter.nodeRole.ssm: a policy of a role that exists; fix: remove ssm, and"
                                + " attach AmazonSSMManagedInstanceCore where the role is created",
                        "shop.yaml:12:16 addons.karpenter.nodeClasses.Own.image: ubuntu is not an image of Karpenter;"
                                + " allowed: al2023, bottlerocket, windows-2019, windows-2022, windows-2025; fix: use"
                                + " al2023, or name amis of their own",
                        "shop.yaml:13:25 addons.karpenter.nodeClasses.Own.releaseVersion: a release with amis; fix: remove one of them",
                        "shop.yaml:14:16 addons.karpenter.nodeClasses.Own.amis[0]: a term with more than one way to select; allowed: one of id, name and tags; fix: make a term of each, or keep one of them",
                        "shop.yaml:15:24 addons.karpenter.nodeClasses.Own.instanceStore: mount; allowed: raid0; fix: use raid0",
                        "shop.yaml:16:28 addons.karpenter.nodeClasses.Own.kubelet.maxPods: the most pods have a key of their own; fix: use maxPods",
                        "shop.yaml:17:39 addons.karpenter.nodeClasses.Own.tags[\"karpenter.sh/nodepool\"]: the tag karpenter.sh/nodepool is reserved for AWS and EKS; fix: use another key");
    }

    @Test
    void fieldsOfTheKubeletAreChecked() throws IOException {
        assertThat(environment(CLUSTER + NODES + """
                addons:
                  karpenter:
                    nodeClasses:
                      own: {kubelet: {podsPerCor: 10}}
                """).problems())
                .singleElement()
                .asString()
                .startsWith("shop.yaml:10:35 addons.karpenter.nodeClasses.own.kubelet.podsPerCor: podsPerCor is not ")
                .endsWith("fix: did you mean podsPerCore?");
    }

    @Test
    void aNodePoolOfWhatItDoesNotHave() throws IOException {
        assertThat(environment(CLUSTER + NODES + """
                addons:
                  karpenter:
                    nodePools:
                      one:
                        zones: [eu-central-1c, us-east-1a]
                        labels: {karpenter.k8s.aws/x: a}
                        expireAfterHours: 1000
                        requirements: [{key: eks.amazonaws.com/instance-cpu, operator: gt, values: ["4"]}]
                      two: {instanceTypes: [t3.small]}
                """).problems())
                .containsExactly(
                        "shop.yaml:11:17 addons.karpenter.nodePools.one.zones[0]: the network has no subnet in eu-central-1c; allowed: [eu-central-1a, eu-central-1b]; fix: use one of those, or add eu-central-1c to the network",
                        "shop.yaml:11:32 addons.karpenter.nodePools.one.zones[1]: us-east-1a is not a zone of eu-central-1; fix: use a zone of the network",
                        "shop.yaml:12:39 addons.karpenter.nodePools.one.labels[\"karpenter.k8s.aws/x\"]: karpenter.k8s.aws/x is reserved: Karpenter sets it; fix: use a prefix of your own, or requirements to choose nodes by it",
                        "shop.yaml:14:30 addons.karpenter.nodePools.one.requirements[0].key: eks.amazonaws.com/instance-cpu is a label of nodes of Auto Mode; fix: use karpenter.k8s.aws/instance-cpu");
        assertThat(environment(CLUSTER + NODES + "addons: {karpenter: {nodePools: {one: {nodeClass: other}}}}\n")
                        .problems())
                .containsExactly(
                        "shop.yaml:7:51 addons.karpenter.nodePools.one.nodeClass: other is not in nodeClasses; allowed: default; fix: add nodeClasses: {other: {}}, or use one of those");
    }

    @Test
    void aRoleHasOneAccessEntry() throws IOException {
        assertThat(environment(NETWORK + """
                cluster:
                  version: "1.36"
                  access: {"arn:aws:iam::111122223333:role/c": {type: ec2-linux}}
                nodeGroups:
                  system: {instanceTypes: [m7g.large], roleArn: "arn:aws:iam::111122223333:role/a"}
                addons:
                  karpenter:
                    nodeRole: {roleArn: "arn:aws:iam::111122223333:role/a"}
                    nodeClasses:
                      b: {role: "arn:aws:iam::111122223333:role/b"}
                      c: {role: "arn:aws:iam::111122223333:role/c"}
                      d: {role: "arn:aws:iam::111122223333:role/b", image: windows-2022}
                """).problems())
                .containsExactly(
                        "shop.yaml:12:25 addons.karpenter.nodeRole.roleArn: the role has an access entry already, by nodeGroups.system.roleArn; fix: use another role, or let one be created",
                        "shop.yaml:15:17 addons.karpenter.nodeClasses.c.role: the role has an access entry already, by cluster.access[\"arn:aws:iam::111122223333:role/c\"]; fix: use another role, or let one be created",
                        "shop.yaml:16:17 addons.karpenter.nodeClasses.d.role: the role is that of nodes of another operating system, and has one access entry only; fix: use a role of their own for Windows nodes");
    }

    @Test
    void handlesTerminationsOfGroupsThatAreNotManaged() throws IOException {
        EnvironmentText existing = environment("""
                cluster: {existing: {name: shop, oidc: {existing: true}}}
                addons: {aws-node-termination-handler: {autoScalingGroups: [shop-batch]}}
                """);
        JsonNode infrastructure = existing.stacks().get("infrastructure");

        assertThat(EnvironmentText.resources(infrastructure, "aws_autoscaling_group_tag")
                        .get("addons_aws-node-termination-handler-groups_tag-shop-batch"))
                .hasToString("{\"autoscaling_group_name\":\"shop-batch\",\"tag\":{\"key\":"
                        + "\"aws-node-termination-handler/managed\",\"propagate_at_launch\":true,\"value\":\"true\"}}");
        assertThat(EnvironmentText.resources(infrastructure, "aws_autoscaling_lifecycle_hook")
                        .get("addons_aws-node-termination-handler-groups_hook-shop-batch"))
                .hasToString("{\"autoscaling_group_name\":\"shop-batch\",\"default_result\":\"CONTINUE\","
                        + "\"heartbeat_timeout\":300,\"lifecycle_transition\":\"autoscaling:EC2_INSTANCE_TERMINATING\","
                        + "\"name\":\"aws-node-termination-handler\"}");
        assertThat(EnvironmentText.resources(infrastructure, "aws_cloudwatch_event_rule")
                        .all())
                .hasSize(5)
                .containsKey("addons_aws-node-termination-handler-interruptions_lifecycle-action");
        assertThat(existing.warnings()).isEmpty();
    }

    @Test
    void managedNodesNeedNoHandler() throws IOException {
        assertThat(environment(CLUSTER + NODES + "addons: {aws-node-termination-handler: {}}\n")
                        .warnings())
                .containsExactly(
                        "shop.yaml:7:40 addons.aws-node-termination-handler: EKS drains nodes of managed node groups itself when they are interrupted; fix: remove it, or name autoScalingGroups that are not managed");
        assertThat(environment(NETWORK + "cluster: {version: \"1.36\", autoMode: {}}\n"
                                + "addons: {aws-node-termination-handler: {}}\n")
                        .problems())
                .containsExactly(
                        "shop.yaml:6:40 addons.aws-node-termination-handler: EKS Auto Mode drains nodes that are"
                                + " interrupted itself; fix: remove it");
    }

    @Test
    void groupsWhoseNamesDifferInOneCharacterHaveAHookEach() throws IOException {
        EnvironmentText environment = EnvironmentText.of(folder, """
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
                cluster: {version: "1.36"}
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                addons: {aws-node-termination-handler: {autoScalingGroups: [shop-batch, shop batch, shop/batch]}}
                """);

        assertThat(environment
                        .resources("infrastructure", "aws_autoscaling_lifecycle_hook")
                        .all()
                        .values())
                .extracting(hook -> hook.path("autoscaling_group_name").asText())
                .containsExactlyInAnyOrder("shop-batch", "shop batch", "shop/batch");
    }

    @Test
    void aRoleWithTheNameOfNodesHasAProfileOfItsOwn() throws IOException {
        EnvironmentText environment = EnvironmentText.of(folder, """
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
                cluster: {version: "1.36"}
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                addons:
                  karpenter:
                    nodeClasses: {other: {role: "arn:aws:iam::111122223333:role/node"}}
                    nodePools: {a: {}, b: {nodeClass: other}}
                """);

        assertThat(environment
                        .resources("infrastructure", "aws_iam_instance_profile")
                        .all()
                        .values())
                .extracting(profile -> profile.path("name").asText())
                .containsExactlyInAnyOrder("shop-karpenter-node", "shop-karpenter-role-node");
    }
}
