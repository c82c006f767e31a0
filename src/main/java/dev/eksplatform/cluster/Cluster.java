package dev.eksplatform.cluster;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.TerraformResource;
import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroupConfig;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksCluster;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterAccessConfig;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterConfig;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterEncryptionConfig;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterEncryptionConfigProvider;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterVpcConfig;
import com.hashicorp.cdktf.providers.aws.eks_node_group.EksNodeGroup;
import com.hashicorp.cdktf.providers.aws.kms_key.KmsKey;
import com.hashicorp.cdktf.providers.aws.security_group.SecurityGroup;
import dev.eksplatform.construct.EncryptionKey;
import dev.eksplatform.construct.NewerAttribute;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.iam.document.TrustPolicy;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.network.ClusterNetwork;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
public final class Cluster extends PlatformConstruct implements KubernetesCluster {

    private static final String EGRESS_MODE = "vpc_config.control_plane_egress_mode";

    private final String name;
    private final ClusterSpec spec;
    private final ClusterNetwork network;
    private final EncryptionKey key;
    private final ServiceRole role;
    private final EksCluster cluster;
    private final String nameReference;
    private final NodeSecurityGroup nodeSecurityGroup;
    private final Map<EksAddonName, EksManagedAddon> addons = new EnumMap<>(EksAddonName.class);
    /** By resource its address, so that Node is asked for it once. */
    private final Map<TerraformResource, String> compute = new LinkedHashMap<>();

    private @Nullable ITerraformDependable windowsSupport;
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
        super(scope, id);
        this.name = spec.requiredName();
        this.spec = spec;
        this.network = network;
        String logGroupName = "/aws/eks/" + name + "/cluster";
        // Source: https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html
        key = new EncryptionKey(
                this,
                "key",
                "eks/" + name,
                "Secrets and logs of the EKS cluster " + name,
                new EncryptionKey.Logs("ControlPlaneLogs", logGroupName));
        CloudwatchLogGroup logGroup = new CloudwatchLogGroup(
                this,
                "log-group",
                CloudwatchLogGroupConfig.builder()
                        .name(logGroupName)
                        .retentionInDays(spec.logs().retentionDays())
                        .kmsKeyId(key.arn())
                        .build());
        role = new ServiceRole(
                this,
                "role",
                name + "-cluster",
                TrustPolicy.service("eks.amazonaws.com"),
                List.of("AmazonEKSClusterPolicy"));
        cluster = makeCluster(logGroup);
        nameReference = cluster.getName();
        nodeSecurityGroup = new NodeSecurityGroup(
                this,
                "node-security-group",
                name,
                network.vpcId(),
                cluster.getVpcConfig().getClusterSecurityGroupId(),
                spec.nodeEgress());
        spec.access().forEach(this::grant);
        for (EksAddonName addon : List.of(EksAddonName.VPC_CNI, EksAddonName.KUBE_PROXY, EksAddonName.COREDNS)) {
            addon(addon);
        }
        spec.addons().keySet().forEach(this::addon);
    }

    private EksCluster makeCluster(CloudwatchLogGroup logGroup) {
        List<String> publicCidrs =
                spec.endpoint().publicCidrs().stream().map(Cidr::toString).toList();
        EksClusterVpcConfig.Builder vpcConfig = EksClusterVpcConfig.builder()
                .subnetIds(subnetIds(spec.placement()))
                .endpointPrivateAccess(spec.endpoint().privateAccess())
                .endpointPublicAccess(!publicCidrs.isEmpty());
        if (!publicCidrs.isEmpty()) {
            vpcConfig.publicAccessCidrs(publicCidrs);
        }
        List<ITerraformDependable> before = new ArrayList<>(role.attachments());
        before.add(logGroup);
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
        if (spec.deletionProtection()) {
            config.lifecycle(
                    TerraformResourceLifecycle.builder().preventDestroy(true).build());
        }
        EksCluster resource = new EksCluster(this, "cluster", config.build());
        spec.controlPlaneEgressMode().ifPresent(mode -> NewerAttribute.set(resource, EGRESS_MODE, mode.name()));
        return resource;
    }

    /**
     * The attributes of the cluster's resource that not all versions of the provider have, each with the property that sets it.
     *
     * @return properties of {@link ClusterSpec} by attribute
     */
    @API(status = API.Status.INTERNAL)
    public static Map<String, PropertyPath> attributes() {
        return Map.of(EGRESS_MODE, PropertyPath.of("controlPlaneEgressMode"));
    }

    private void grant(PrincipalArn principal, AccessEntrySpec entry) {
        String id = "access-" + principal.name();
        // A role and a user, or roles of different paths, may have one name.
        boolean taken = getNode().tryFindChild(id) != null;
        new AccessEntry(this, taken ? "access-" + principal.value().replace('/', '-') : id, this, principal, entry);
    }

    /**
     * An EKS add-on of the cluster, created when first asked for.
     *
     * @param addonName which one
     * @return the add-on, with the settings of the cluster's spec
     */
    public EksManagedAddon addon(EksAddonName addonName) {
        EksManagedAddon addon = addons.get(addonName);
        if (addon == null) {
            EksAddonSpec settings = spec.addons().getOrDefault(addonName, EksAddonSpec.standard());
            addon = new EksManagedAddon(
                    this, addonName.id(), this, spec.version().toString(), addonName, settings, compute.keySet());
            addons.put(addonName, addon);
            addonName.apiPort().ifPresent(port -> open(PortRule.extensionApi(port, addonName.id())));
            if (addonName.beforeCompute() && !compute.isEmpty()) {
                putBeforeCompute(addon);
            }
        }
        return addon;
    }

    /** What compute of this cluster depends on when it is created. */
    List<ITerraformDependable> beforeCompute() {
        return addons.values().stream()
                .filter(addon -> addon.addonName().beforeCompute())
                .map(addon -> (ITerraformDependable) addon.resource())
                .toList();
    }

    /** Called by compute of this cluster: node groups and Fargate profiles. */
    void addCompute(TerraformResource resource) {
        compute.put(resource, address(resource));
        List<String> nodes = List.copyOf(compute.values());
        addons.values().stream()
                .filter(addon -> !addon.addonName().beforeCompute())
                .forEach(addon -> addon.resource().setDependsOn(nodes));
    }

    /** For an add-on that is first asked for when there is compute already. */
    private void putBeforeCompute(EksManagedAddon addon) {
        String address = address(addon.resource());
        for (TerraformResource resource : compute.keySet()) {
            resource.setDependsOn(Stream.concat(resource.getDependsOn().stream(), Stream.of(address))
                    .toList());
        }
    }

    /** In {@code depends_on} Terraform wants a bare address; CDKTF's {@code fqn} is an expression. */
    private static String address(TerraformResource resource) {
        return resource.getTerraformResourceType() + "." + resource.getFriendlyUniqueId();
    }

    /**
     * Opens a port between the control plane and the nodes; opened twice it is one rule.
     *
     * @param rule the port and the direction
     */
    public void open(PortRule rule) {
        nodeSecurityGroup.open(rule);
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
     * @return the resource
     */
    public KmsKey key() {
        return key.key();
    }

    /**
     * The security group of the cluster's nodes.
     *
     * @return the resource
     */
    public SecurityGroup nodeSecurityGroup() {
        return nodeSecurityGroup.securityGroup();
    }

    /** The Kubernetes version of the control plane. */
    KubernetesVersion version() {
        return spec.version();
    }

    /** Where the cluster is placed. */
    ClusterNetwork network() {
        return network;
    }

    /** The subnets of a part of this cluster: those it names, or else those of the control plane. */
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
    List<ITerraformDependable> supportWindows() {
        if (windowsSupport == null) {
            windowsSupport = role.attach("AmazonEKSVPCResourceController");
            addon(EksAddonName.VPC_CNI).configure("enableWindowsIpam", "true");
        }
        return List.of(windowsSupport);
    }

    /** Lets pods on Fargate and on nodes reach each other; without nodes, CoreDNS runs there if a profile takes its pods. */
    void joinFargate(FargateProfileSpec profile) {
        nodeSecurityGroup.joinFargate();
        if (profile.takesDns() && compute.keySet().stream().noneMatch(EksNodeGroup.class::isInstance)) {
            addon(EksAddonName.COREDNS).configure("computeType", "Fargate");
        }
    }

    /** Lets nodes send traffic of Elastic Fabric Adapters to each other. */
    void allowEfa() {
        nodeSecurityGroup.allowEfa();
    }

    /** The AWS managed policies that the role of every node group has. */
    List<String> nodePolicies() {
        return NodeRole.POLICIES;
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

    /** Adds the agent that hands out the credentials. */
    @Override
    public List<ITerraformDependable> requirePodIdentity() {
        return List.of(addon(EksAddonName.EKS_POD_IDENTITY_AGENT).resource());
    }
}
