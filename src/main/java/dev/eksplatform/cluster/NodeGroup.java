package dev.eksplatform.cluster;

import com.hashicorp.cdktf.Fn;
import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.Token;
import com.hashicorp.cdktf.providers.aws.data_aws_ssm_parameter.DataAwsSsmParameter;
import com.hashicorp.cdktf.providers.aws.data_aws_ssm_parameter.DataAwsSsmParameterConfig;
import com.hashicorp.cdktf.providers.aws.eks_node_group.EksNodeGroup;
import com.hashicorp.cdktf.providers.aws.eks_node_group.EksNodeGroupConfig;
import com.hashicorp.cdktf.providers.aws.eks_node_group.EksNodeGroupLaunchTemplate;
import com.hashicorp.cdktf.providers.aws.eks_node_group.EksNodeGroupScalingConfig;
import com.hashicorp.cdktf.providers.aws.eks_node_group.EksNodeGroupTaint;
import com.hashicorp.cdktf.providers.aws.eks_node_group.EksNodeGroupUpdateConfig;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplate;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateBlockDeviceMappings;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateBlockDeviceMappingsEbs;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateConfig;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateMetadataOptions;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateTagSpecifications;
import dev.eksplatform.construct.Account;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.iam.document.TrustPolicy;
import dev.eksplatform.internal.json.TerraformText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.constructs.Construct;

/**
 * A managed node group in private subnets, those of the control plane's zones unless the spec names others: its own role and launch template, the cluster's node security
 * group, encrypted disks, and instance metadata only by IMDSv2 and not for pods (hop limit 1).
 *
 * <pre>{@code
 * new NodeGroup(stack, "general", cluster, NodeGroupSpec.of("m7g.large").withSize(2, 6));
 * }</pre>
 */
public final class NodeGroup extends PlatformConstruct {

    /**
     * Source: <a href="https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html">EKS node IAM role</a>. The
     * pull-only policy is enough for nodes.
     */
    private static final List<String> POLICIES =
            List.of("AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonEKS_CNI_Policy");

    /**
     * What a launch template tags. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html">customize managed nodes with launch
     * templates</a>.
     */
    private static final List<String> TAGGED = List.of("instance", "volume", "network-interface");

    private final EksNodeGroup nodeGroup;
    private final LaunchTemplate launchTemplate;

    /**
     * Creates a node group.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope, and the beginning of its name; with the cluster's name in front the name of its role
     *     and launch template
     * @param cluster the cluster
     * @param spec what to create
     * @throws dev.eksplatform.problem.InvalidInputException when the cluster does not support the version of the nodes
     */
    public NodeGroup(Construct scope, String id, ComputeCluster cluster, NodeGroupSpec spec) {
        this(scope, id, cluster, spec, Map.of());
    }

    /**
     * Creates a node group whose instances have tags.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope, and the beginning of its name; with the cluster's name in front the name of its role
     *     and launch template
     * @param cluster the cluster
     * @param spec what to create
     * @param tags tags of its instances, their volumes and network interfaces, which the provider's default tags do not
     *     reach; {@code Name} is the node group's in any case
     * @throws dev.eksplatform.problem.InvalidInputException when the cluster does not support the version of the nodes
     */
    public NodeGroup(Construct scope, String id, ComputeCluster cluster, NodeGroupSpec spec, Map<String, String> tags) {
        super(scope, id);
        String name = cluster.name() + "-" + id;
        ServiceRole role = new ServiceRole(
                this,
                "role",
                name + "-node",
                TrustPolicy.service(Account.of(this).servicePrincipal("ec2")),
                POLICIES);
        launchTemplate = launchTemplate(name, cluster, spec, tags);
        nodeGroup = nodeGroup(id, cluster, spec, role);
        cluster.addCompute(nodeGroup);
    }

    private LaunchTemplate launchTemplate(
            String name, ComputeCluster cluster, NodeGroupSpec spec, Map<String, String> tags) {
        Map<String, String> named = new TreeMap<>(TerraformText.escapeTexts(tags));
        named.put("Name", name);
        return new LaunchTemplate(
                this,
                "launch-template",
                LaunchTemplateConfig.builder()
                        .name(name)
                        .updateDefaultVersion(true)
                        .vpcSecurityGroupIds(cluster.nodeSecurityGroupIds())
                        .metadataOptions(LaunchTemplateMetadataOptions.builder()
                                .httpEndpoint("enabled")
                                .httpTokens("required")
                                .httpPutResponseHopLimit(1)
                                .build())
                        .blockDeviceMappings(List.of(LaunchTemplateBlockDeviceMappings.builder()
                                .deviceName(spec.image().dataDevice())
                                .ebs(LaunchTemplateBlockDeviceMappingsEbs.builder()
                                        .volumeSize(spec.diskGib())
                                        .volumeType("gp3")
                                        .encrypted("true")
                                        .deleteOnTermination("true")
                                        .build())
                                .build()))
                        .tagSpecifications(
                                TAGGED.stream().map(type -> tagged(type, named)).toList())
                        .build());
    }

    private static LaunchTemplateTagSpecifications tagged(String resourceType, Map<String, String> tags) {
        return LaunchTemplateTagSpecifications.builder()
                .resourceType(resourceType)
                .tags(tags)
                .build();
    }

    private EksNodeGroup nodeGroup(String id, ComputeCluster cluster, NodeGroupSpec spec, ServiceRole role) {
        List<ITerraformDependable> before = new ArrayList<>(role.attachments());
        before.addAll(cluster.privateRoutes());
        before.addAll(cluster.beforeNodes());
        if (spec.image() == NodeImage.WINDOWS_2022) {
            before.addAll(cluster.supportWindows());
        }
        KubernetesVersion version = spec.versionIn(cluster.version());
        EksNodeGroupConfig.Builder config = EksNodeGroupConfig.builder()
                .clusterName(cluster.nameReference())
                .nodeGroupNamePrefix(id + "-")
                .nodeRoleArn(role.arn())
                .subnetIds(cluster.subnetIds(spec.placement()))
                .amiType(spec.image().amiType(spec.sharedArchitecture(), spec.accelerator()))
                .version(version.toString())
                .releaseVersion(releaseVersion(spec, version))
                .capacityType(spec.capacity().name())
                .instanceTypes(spec.instanceTypes())
                .scalingConfig(EksNodeGroupScalingConfig.builder()
                        .minSize(spec.size().min())
                        .desiredSize(spec.size().desired())
                        .maxSize(spec.size().max())
                        .build())
                .updateConfig(EksNodeGroupUpdateConfig.builder()
                        .maxUnavailablePercentage(33)
                        .build())
                .launchTemplate(EksNodeGroupLaunchTemplate.builder()
                        .id(launchTemplate.getId())
                        .version(launchTemplate.getStringAttribute("latest_version"))
                        .build())
                .dependsOn(before);
        if (!spec.labels().isEmpty()) {
            config.labels(TerraformText.escapeTexts(spec.labels()));
        }
        if (!spec.taints().isEmpty()) {
            config.taint(spec.taints().stream().map(NodeGroup::taint).toList());
        }
        // Changing instance types or image replaces the group. create_before_destroy keeps the old nodes until the new
        // ones are ready, which needs a generated name.
        TerraformResourceLifecycle.Builder lifecycle =
                TerraformResourceLifecycle.builder().createBeforeDestroy(true);
        if (spec.autoscaled()) {
            lifecycle.ignoreChanges(List.of("scaling_config[0].desired_size"));
        }
        config.lifecycle(lifecycle.build());
        return new EksNodeGroup(this, "node-group", config.build());
    }

    /** The attribute {@code value} of a parameter is sensitive, and the release would be masked in plans. */
    private String releaseVersion(NodeGroupSpec spec, KubernetesVersion version) {
        if (spec.releaseVersion().isPinned()) {
            return spec.releaseVersion().text();
        }
        DataAwsSsmParameter newest = new DataAwsSsmParameter(
                this,
                "release",
                DataAwsSsmParameterConfig.builder()
                        .name(spec.image().releaseParameter(version, spec.sharedArchitecture(), spec.accelerator()))
                        .build());
        return spec.image() == NodeImage.WINDOWS_2022
                ? Token.asString(Fn.lookup(Fn.jsondecode(newest.getInsecureValue()), "release_version"))
                : newest.getInsecureValue();
    }

    private static EksNodeGroupTaint taint(TaintSpec taint) {
        EksNodeGroupTaint.Builder builder = EksNodeGroupTaint.builder()
                .key(TerraformText.escape(taint.key()))
                .effect(taint.apiEffect());
        taint.value().map(TerraformText::escape).ifPresent(builder::value);
        return builder.build();
    }

    /**
     * The node group's resource, for what this construct does not cover.
     *
     * @return the resource
     */
    public EksNodeGroup nodeGroup() {
        return nodeGroup;
    }

    /**
     * The launch template, for what this construct does not cover.
     *
     * @return the resource
     */
    public LaunchTemplate launchTemplate() {
        return launchTemplate;
    }
}
