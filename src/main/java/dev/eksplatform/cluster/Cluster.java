package dev.eksplatform.cluster;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksCluster;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterAccessConfig;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterConfig;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterEncryptionConfig;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterEncryptionConfigProvider;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterVpcConfig;
import com.hashicorp.cdktf.providers.aws.kms_key.KmsKey;
import com.hashicorp.cdktf.providers.aws.security_group.SecurityGroup;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.network.ClusterNetwork;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/**
 * An EKS cluster: control plane with its role, Secrets and logs encrypted by a key of its own, access only through the EKS
 * API, and the EKS add-ons in the right order around compute: what each node runs comes before nodes, what needs nodes
 * after them.
 *
 * <p>An upgrade has the same order, because Terraform updates what a resource depends on before the resource: the control
 * plane; the VPC CNI, kube-proxy and the Pod Identity agent; node groups; CoreDNS and the other add-ons. Nodes and kube-proxy
 * must not be newer than the control plane, and kube-proxy may be three minor versions older or newer than the kubelet beside it.
 * So the order control plane, add-ons, nodes, which AWS recommends, holds at every moment; what needs nodes comes last, because
 * its pods then start once, on the new nodes. Sources: <a
 * href="https://kubernetes.io/releases/version-skew-policy/">version skew policy</a>, <a
 * href="https://docs.aws.amazon.com/eks/latest/best-practices/cluster-upgrades.html">best practices for cluster upgrades</a>.
 *
 * <pre>{@code
 * Cluster cluster = new Cluster(stack, "cluster", network, ClusterSpec.of("shop", "1.36"));
 * }</pre>
 */
public final class Cluster extends ComputeCluster {

    private final String name;
    private final ClusterSpec spec;
    private final ClusterNetwork network;
    private final ClusterKey key;
    private final ServiceRole role;
    private final EksCluster cluster;
    private final String nameReference;
    private final Optional<HybridNodes> hybridNodes;
    private final AutoMode autoMode;
    private final Set<PortRule> ports = new LinkedHashSet<>();

    private @Nullable NodeSecurityGroup nodeSecurityGroup;
    private @Nullable List<ITerraformDependable> windowsSupport;
    private @Nullable OidcProvider oidcProvider;

    /**
     * Creates a cluster.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param network where it is placed
     * @param spec what to create; must have a name
     * @throws dev.eksplatform.problem.InvalidInputException when the spec has no name
     */
    public Cluster(Construct scope, String id, ClusterNetwork network, ClusterSpec spec) {
        super(scope, id, spec.addons());
        this.name = spec.requiredName();
        this.spec = spec;
        this.network = network;
        String logGroupName = "/aws/eks/" + name + "/cluster";
        // Source: https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html
        key = ClusterKey.of(this, name, spec, logGroupName);
        List<ITerraformDependable> logGroup = ControlPlaneLogs.create(this, logGroupName, spec.logs(), key.arn());
        role = ServiceRole.ofControlPlane(this, name, spec);
        autoMode = new AutoMode(this, name, spec, role);
        cluster = makeCluster(logGroup);
        nameReference = cluster.getName();
        if (!autoMode.isOn()) {
            nodeSecurity();
        }
        ExtraRules.create(this, spec, cluster.getVpcConfig().getClusterSecurityGroupId(), this::nodeSecurity);
        hybridNodes = spec.remoteNetwork()
                .map(remote -> new HybridNodes(this, HybridNodes.ID, name, nameReference, remote.nodeRole()));
        IdentityProviders.create(this, nameReference, spec.identityProviders());
        spec.access().forEach(this::grant);
        autoMode.grantNodes(this);
        if (autoMode.isOn()) {
            hybridNodes.ifPresent(nodes -> RemoteNetworkSpec.addons().forEach(this::addon));
            spec.addons().keySet().stream()
                    .filter(addon -> !AutoModeSpec.isBuiltIn(addon)
                            || (hybridNodes.isPresent() && RemoteNetworkSpec.runs(addon)))
                    .forEach(this::addon);
        } else {
            addonsOfNodes();
        }
    }

    /** What nodes that are not of Auto Mode run. */
    private void addonsOfNodes() {
        EksAddonName.ofEveryCluster().forEach(this::addon);
        spec.addons().keySet().forEach(this::addon);
        network.pods()
                .ifPresent(pods -> PodAddresses.configure(
                        addon(EksAddonName.VPC_CNI), pods, nodeSecurity().id()));
    }

    /** With Auto Mode only node groups have this security group; its own nodes have that of the cluster. */
    private NodeSecurityGroup nodeSecurity() {
        if (nodeSecurityGroup == null) {
            nodeSecurityGroup = NodeSecurityGroup.of(
                    this,
                    name,
                    network.vpcId(),
                    cluster.getVpcConfig().getClusterSecurityGroupId(),
                    spec,
                    isIpv6() || network.hasIpv6());
            if (autoMode.isOn()) {
                nodeSecurityGroup.joinAutoMode();
                ports.forEach(nodeSecurityGroup::open);
                ExtraRules.ofNodeGroups(this, spec, nodeSecurityGroup);
            }
        }
        return nodeSecurityGroup;
    }

    private EksCluster makeCluster(List<ITerraformDependable> logGroup) {
        List<String> publicCidrs =
                spec.endpoint().publicCidrs().stream().map(Cidr::toString).toList();
        EksClusterVpcConfig.Builder vpcConfig = EksClusterVpcConfig.builder()
                .subnetIds(network.controlPlaneSubnetIds(subnetIds(spec.placement())))
                .endpointPrivateAccess(spec.endpoint().privateAccess())
                .endpointPublicAccess(!publicCidrs.isEmpty());
        if (!publicCidrs.isEmpty()) {
            vpcConfig.publicAccessCidrs(publicCidrs);
        }
        if (!spec.securityGroupIds().isEmpty()) {
            vpcConfig.securityGroupIds(spec.securityGroupIds());
        }
        List<ITerraformDependable> before = new ArrayList<>(role.attachments());
        before.addAll(autoMode.before());
        before.addAll(logGroup);
        EksClusterConfig.Builder config = EksClusterConfig.builder()
                .name(name)
                .version(spec.version().toString())
                .roleArn(role.arn())
                .vpcConfig(vpcConfig.build())
                .accessConfig(EksClusterAccessConfig.builder()
                        .authenticationMode("API")
                        .bootstrapClusterCreatorAdminPermissions(spec.creatorAdmin())
                        .build())
                // The add-ons are resources of their own; unmanaged copies created by EKS would conflict with them.
                .bootstrapSelfManagedAddons(false)
                .encryptionConfig(EksClusterEncryptionConfig.builder()
                        .provider(EksClusterEncryptionConfigProvider.builder()
                                .keyArn(key.arn())
                                .build())
                        .resources(List.of("secrets"))
                        .build())
                .enabledClusterLogTypes(spec.logs().apiNames())
                .dependsOn(before);
        ControlPlaneSettings.set(spec, config);
        autoMode.configure(config);
        EksCluster resource = new EksCluster(this, "cluster", config.build());
        ControlPlaneSettings.setNewer(spec, resource);
        return resource;
    }

    /**
     * The attributes of the cluster's resource that not all versions of the provider have, each with the property that sets it.
     *
     * @return properties of {@link ClusterSpec} by attribute
     */
    @API(status = API.Status.INTERNAL)
    public static Map<String, PropertyPath> attributes() {
        return ControlPlaneSettings.attributes();
    }

    /**
     * The name of the role that is created for hybrid nodes.
     *
     * @param cluster the name of their cluster
     * @return its name
     */
    @API(status = API.Status.INTERNAL)
    public static String hybridNodeRole(String cluster) {
        return HybridNodes.roleName(cluster);
    }

    /**
     * The parts of a cluster that come from a property of their own.
     *
     * @param spec the cluster's spec
     * @return by the id of the part its property in the spec
     */
    @API(status = API.Status.INTERNAL)
    public static Map<String, PropertyPath> parts(ClusterSpec spec) {
        return ControlPlaneSettings.parts(spec);
    }

    @Override
    List<ITerraformDependable> beforeFargate() {
        if (autoMode.isOn()) {
            // Pods on Fargate have networking of their own, but find no DNS on their node.
            addon(EksAddonName.COREDNS);
        }
        return super.beforeFargate();
    }

    @Override
    List<ITerraformDependable> beforeNodes() {
        if (autoMode.isOn()) {
            addonsOfNodes();
            autoMode.agentFor(this);
        }
        return super.beforeFargate();
    }

    /** The agent is installed where an add-on needs it, unless the nodes have it. */
    @Override
    boolean installs(EksAddonName addonName) {
        return super.installs(addonName)
                || (addonName.equals(EksAddonName.EKS_POD_IDENTITY_AGENT)
                        && (!autoMode.isOn() || autoMode.needsAgent()));
    }

    @Override
    public void open(PortRule rule) {
        if (nodeSecurityGroup == null) {
            ports.add(rule);
        } else {
            nodeSecurityGroup.open(rule);
        }
    }

    /**
     * The cluster's resource, for what this construct does not cover.
     *
     * @return the resource
     */
    public EksCluster cluster() {
        return cluster;
    }

    /**
     * The key that encrypts the cluster's Secrets and logs.
     *
     * @return the resource; empty for a key that exists
     */
    public Optional<KmsKey> key() {
        return key.key();
    }

    /**
     * The security group of the cluster's node groups. With Auto Mode it is created when first asked for: nodes of Auto Mode have the cluster
     * security group.
     *
     * @return the resource; empty for a group that exists
     */
    public Optional<SecurityGroup> nodeSecurityGroup() {
        return nodeSecurity().securityGroup();
    }

    /**
     * The id of the security group of the cluster's node groups, which is created with Auto Mode as by {@link #nodeSecurityGroup}.
     *
     * @return an id or a Terraform reference
     */
    public String nodeSecurityGroupId() {
        return nodeSecurity().id();
    }

    @Override
    List<String> nodeSecurityGroupIds() {
        return List.of(nodeSecurityGroupId());
    }

    /**
     * What people and other configurations want to know about the cluster, beside its name, endpoint and issuer.
     *
     * @return outputs, as the spec chooses
     */
    @API(status = API.Status.INTERNAL)
    public List<ClusterOutput> outputs() {
        List<ClusterOutput> outputs = new ArrayList<>();
        List<String> usual = subnetIds(spec.placement());
        List<String> subnets = network.controlPlaneSubnetIds(usual);
        if (spec.outputs() == OutputSet.ALL || !subnets.equals(usual)) {
            outputs.add(
                    new ClusterOutput("control_plane_subnet_ids", "IDs of the subnets of the control plane", subnets));
        }
        if (spec.outputs() == OutputSet.ALL) {
            outputs.addAll(ClusterOutputs.of(
                    cluster,
                    name,
                    Optional.ofNullable(nodeSecurityGroup).map(NodeSecurityGroup::id),
                    role.arn(),
                    key.arn(),
                    serviceCidr(),
                    Optional.ofNullable(oidcProvider)));
        }
        hybridNodes.ifPresent(nodes -> outputs.addAll(nodes.outputs()));
        return outputs;
    }

    @Override
    KubernetesVersion version() {
        return spec.version();
    }

    @Override
    boolean isIpv6() {
        return spec.ipFamily() == IpFamily.IPV6;
    }

    @Override
    String serviceCidr() {
        return isIpv6()
                ? cluster.getKubernetesNetworkConfig().getServiceIpv6Cidr()
                : cluster.getKubernetesNetworkConfig().getServiceIpv4Cidr();
    }

    @Override
    String addonVersionFor() {
        return spec.version().toString();
    }

    @Override
    List<ITerraformDependable> privateRoutes() {
        return network.privateRoutes();
    }

    @Override
    List<String> subnetIds(Placement placement) {
        if (placement.isDefault()) {
            return spec.placement().isDefault() ? network.initialSubnetIds() : subnetIds(spec.placement());
        }
        return placement.subnetIds().isEmpty() ? network.privateSubnetIds(placement.zones()) : placement.subnetIds();
    }

    /**
     * Lets pods on Windows nodes get addresses: the VPC resource controller of the control plane gives them, when its role may
     * and the VPC CNI is configured for it. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/windows-support.html">deploy Windows nodes</a>.
     *
     * @return what Windows nodes come after
     */
    @Override
    List<ITerraformDependable> supportWindows() {
        if (windowsSupport == null) {
            windowsSupport = role.attach("AmazonEKSVPCResourceController");
            addon(EksAddonName.VPC_CNI).configure("enableWindowsIpam", "true");
        }
        return windowsSupport;
    }

    /** Without nodes that come before the workloads, CoreDNS runs on Fargate if a profile takes its pods. */
    @Override
    void joinFargate(FargateProfileSpec profile) {
        if (nodeSecurityGroup != null) {
            nodeSecurityGroup.joinFargate();
        }
        if (profile.takesDns() && !autoMode.hasBuiltInNodePools() && !hasNodeGroup()) {
            addon(EksAddonName.COREDNS).configure("computeType", "Fargate");
        }
    }

    @Override
    void allowEfa() {
        nodeSecurity().allowEfa();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String nameReference() {
        return nameReference;
    }

    @Override
    public String issuerUrl() {
        return cluster.getIdentity().get(0).getOidc().get(0).getIssuer();
    }

    @Override
    public Optional<ApiServer> apiServer() {
        return Optional.of(new ApiServer(
                cluster.getEndpoint(), cluster.getCertificateAuthority().get(0).getData()));
    }

    @Override
    public OidcProvider oidcProvider() {
        if (oidcProvider == null) {
            oidcProvider = new OidcProvider(
                    this,
                    "oidc",
                    issuerUrl(),
                    List.of(OidcProvider.STS),
                    spec.oidc().orElseGet(OidcSpec::standard));
        }
        return oidcProvider;
    }

    /** Adds the agent that hands out the credentials; nodes of Auto Mode have one. */
    @Override
    public List<ITerraformDependable> requirePodIdentity() {
        if (autoMode.isOn() && !autoMode.needsAgent()) {
            return List.of();
        }
        return List.of(addon(EksAddonName.EKS_POD_IDENTITY_AGENT).resource());
    }
}
