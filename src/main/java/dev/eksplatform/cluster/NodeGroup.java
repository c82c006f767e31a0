package dev.eksplatform.cluster;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.providers.aws.eks_node_group.EksNodeGroup;
import com.hashicorp.cdktf.providers.aws.eks_node_group.EksNodeGroupConfig;
import com.hashicorp.cdktf.providers.aws.eks_node_group.EksNodeGroupLaunchTemplate;
import com.hashicorp.cdktf.providers.aws.eks_node_group.EksNodeGroupScalingConfig;
import com.hashicorp.cdktf.providers.aws.eks_node_group.EksNodeGroupTaint;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplate;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateConfig;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateTagSpecifications;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.internal.json.TerraformText;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
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
     * What a launch template tags. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html">customize managed nodes with launch
     * templates</a>.
     */
    private static final List<String> TAGGED = List.of("instance", "volume", "network-interface");

    private final EksNodeGroup nodeGroup;
    private final LaunchTemplate launchTemplate;
    private final String roleArn;

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
        spec.checkOneZone();
        NodeRole role = NodeRole.of(this, name + "-node", cluster, spec);
        roleArn = role.arn();
        NodeSoftware software = new NodeSoftware(this, cluster, spec);
        launchTemplate = launchTemplate(name, cluster, spec, tags, software);
        nodeGroup = nodeGroup(id, cluster, spec, role, software);
        cluster.addCompute(nodeGroup);
    }

    private LaunchTemplate launchTemplate(
            String name, ComputeCluster cluster, NodeGroupSpec spec, Map<String, String> tags, NodeSoftware software) {
        Map<String, String> named = NodeLaunchOptions.tags(name, spec, tags);
        List<String> securityGroups = new ArrayList<>(cluster.nodeSecurityGroupIds());
        securityGroups.addAll(spec.securityGroupIds());
        LaunchTemplateConfig.Builder config = LaunchTemplateConfig.builder()
                .name(name)
                .updateDefaultVersion(true)
                .blockDeviceMappings(NodeVolumes.of(spec))
                .tagSpecifications(
                        TAGGED.stream().map(type -> tagged(type, named)).toList());
        if (!spec.tags().isEmpty()) {
            config.tags(TerraformText.escapeTexts(spec.tags()));
        }
        software.configure(config);
        new NodeLaunchOptions(this, name, spec).add(config, securityGroups);
        if (spec.efa().isPresent()) {
            cluster.allowEfa();
        }
        return new LaunchTemplate(this, "launch-template", config.build());
    }

    private static LaunchTemplateTagSpecifications tagged(String resourceType, Map<String, String> tags) {
        return LaunchTemplateTagSpecifications.builder()
                .resourceType(resourceType)
                .tags(tags)
                .build();
    }

    private EksNodeGroup nodeGroup(
            String id, ComputeCluster cluster, NodeGroupSpec spec, NodeRole role, NodeSoftware software) {
        List<ITerraformDependable> before = new ArrayList<>(role.attachments());
        before.addAll(cluster.privateRoutes());
        before.addAll(cluster.beforeNodes());
        before.addAll(software.before(role));
        EksNodeGroupConfig.Builder config = EksNodeGroupConfig.builder()
                .clusterName(cluster.nameReference())
                .nodeGroupNamePrefix(id + "-")
                .nodeRoleArn(role.arn())
                .subnetIds(cluster.subnetIds(spec.placement()))
                .capacityType(spec.capacity().name())
                .scalingConfig(EksNodeGroupScalingConfig.builder()
                        .minSize(spec.size().min())
                        .desiredSize(spec.size().desired())
                        .maxSize(spec.size().max())
                        .build())
                .launchTemplate(EksNodeGroupLaunchTemplate.builder()
                        .id(launchTemplate.getId())
                        .version(launchTemplate.getStringAttribute("latest_version"))
                        .build())
                .dependsOn(before);
        software.configure(config);
        if (spec.capacity() != Capacity.CAPACITY_BLOCK) {
            config.instanceTypes(spec.instanceTypes());
        }
        NodeGroupOptions.add(config, spec);
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
        if (spec.autoscaled() || spec.capacity() == Capacity.CAPACITY_BLOCK) {
            lifecycle.ignoreChanges(List.of("scaling_config[0].desired_size"));
        }
        config.lifecycle(lifecycle.build());
        EksNodeGroup resource = new EksNodeGroup(this, "node-group", config.build());
        NodeGroupOptions.addNewer(resource, spec);
        return resource;
    }

    /**
     * The attributes of the group's resource that not all versions of the provider have, each with the property that sets it.
     *
     * @return properties of {@link NodeGroupSpec} by attribute
     */
    @API(status = API.Status.INTERNAL)
    public static Map<String, PropertyPath> attributes() {
        return NodeGroupOptions.ATTRIBUTES;
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

    /**
     * The ARN of the IAM role of its nodes.
     *
     * @return a Terraform reference
     */
    public String roleArn() {
        return roleArn;
    }
}
