package dev.eksplatform.cluster;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.TerraformResource;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksCluster;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterAccessConfig;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterConfig;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterEncryptionConfig;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterEncryptionConfigProvider;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterVpcConfig;
import com.hashicorp.cdktf.providers.aws.eks_node_group.EksNodeGroup;
import com.hashicorp.cdktf.providers.aws.kms_key.KmsKey;
import com.hashicorp.cdktf.providers.aws.security_group.SecurityGroup;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.network.ClusterNetwork;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
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

    private final String name;
    private final ClusterSpec spec;
    private final ClusterNetwork network;
    private final ClusterKey key;
    private final ServiceRole role;
    private final EksCluster cluster;
    private final String nameReference;
    private final NodeSecurityGroup nodeSecurityGroup;
    private final Optional<HybridNodes> hybridNodes;
    private final Map<EksAddonName, EksManagedAddon> addons = new LinkedHashMap<>();
    /** By resource its address, so that Node is asked for it once. */
    private final Map<TerraformResource, String> compute = new LinkedHashMap<>();

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
        super(scope, id);
        this.name = spec.requiredName();
        this.spec = spec;
        this.network = network;
        String logGroupName = "/aws/eks/" + name + "/cluster";
        // Source: https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html
        key = ClusterKey.of(this, name, spec, logGroupName);
        List<ITerraformDependable> logGroup = ControlPlaneLogs.create(this, logGroupName, spec.logs(), key.arn());
        role = ServiceRole.ofControlPlane(this, name, spec.role());
        cluster = makeCluster(logGroup);
        nameReference = cluster.getName();
        String ofCluster = cluster.getVpcConfig().getClusterSecurityGroupId();
        nodeSecurityGroup =
                NodeSecurityGroup.of(this, name, network.vpcId(), ofCluster, spec, isIpv6() || network.hasIpv6());
        ExtraRules.create(this, spec, ofCluster, nodeSecurityGroup);
        hybridNodes = spec.remoteNetwork()
                .map(remote -> new HybridNodes(this, HybridNodes.ID, name, nameReference, remote.nodeRole()));
        IdentityProviders.create(this, nameReference, spec.identityProviders());
        spec.access().forEach(this::grant);
        for (EksAddonName addon : EksAddonName.ofEveryCluster()) {
            addon(addon);
        }
        spec.addons().keySet().forEach(this::addon);
        network.pods()
                .ifPresent(pods -> PodAddresses.configure(addon(EksAddonName.VPC_CNI), pods, nodeSecurityGroup.id()));
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
            addonName.ports().forEach(this::open);
            if (addon.beforeCompute() && !compute.isEmpty()) {
                putBeforeCompute(addon);
            }
            needs(addonName, addon);
        }
        return addon;
    }

    /** The agent is there where an identity needs it; an add-on that does not work without another waits for it. */
    private void needs(EksAddonName addonName, EksManagedAddon addon) {
        addonName.facts().ifPresent(facts -> facts.needs().stream()
                .map(EksAddonName::new)
                .filter(other -> spec.addons().containsKey(other) || other.equals(EksAddonName.EKS_POD_IDENTITY_AGENT))
                .forEach(other -> addon.need(address(addon(other).resource()))));
    }

    /** What compute of this cluster depends on when it is created. */
    List<ITerraformDependable> beforeCompute() {
        return addons.values().stream()
                .filter(EksManagedAddon::beforeCompute)
                .map(addon -> (ITerraformDependable) addon.resource())
                .toList();
    }

    /** Called by compute of this cluster: node groups and Fargate profiles. */
    void addCompute(TerraformResource resource) {
        compute.put(resource, address(resource));
        List<String> nodes = List.copyOf(compute.values());
        addons.values().stream().filter(addon -> !addon.beforeCompute()).forEach(addon -> addon.waitForCompute(nodes));
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
    static String address(TerraformResource resource) {
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
     * @return the resource; empty for a key that exists
     */
    public Optional<KmsKey> key() {
        return key.key();
    }

    /**
     * The security group of the cluster's nodes.
     *
     * @return the resource; empty for a group that exists
     */
    public Optional<SecurityGroup> nodeSecurityGroup() {
        return nodeSecurityGroup.securityGroup();
    }

    /**
     * The id of the security group of the cluster's nodes.
     *
     * @return an id or a Terraform reference
     */
    public String nodeSecurityGroupId() {
        return nodeSecurityGroup.id();
    }

    /**
     * What people and other configurations want to know about the cluster, beside its name, endpoint and issuer.
     *
     * @return outputs, as the spec chooses
     */
    @API(status = API.Status.INTERNAL)
    public List<ClusterOutput> outputs() {
        List<ClusterOutput> outputs = new ArrayList<>();
        if (spec.outputs() == OutputSet.ALL) {
            outputs.add(new ClusterOutput(
                    "control_plane_subnet_ids",
                    "IDs of the subnets of the control plane",
                    subnetIds(spec.placement())));
            outputs.addAll(ClusterOutputs.of(
                    cluster, name, nodeSecurityGroupId(), role.arn(), key.arn(), Optional.ofNullable(oidcProvider)));
        }
        hybridNodes.ifPresent(nodes -> outputs.addAll(nodes.outputs()));
        return outputs;
    }

    /** The Kubernetes version of the control plane. */
    KubernetesVersion version() {
        return spec.version();
    }

    /** Whether pods and Services have IPv6 addresses. */
    boolean isIpv6() {
        return spec.ipFamily() == IpFamily.IPV6;
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
        return windowsSupport;
    }

    /**
     * The managed policies of nodes: without that of the VPC CNI when it has a role of its own, or is for IPv4 only. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html">configure the VPC CNI to use IRSA</a>.
     */
    List<String> nodePolicies(List<String> policies) {
        boolean without = hasCniRole() || isIpv6();
        return policies.stream()
                .filter(policy -> !without || !policy.equals(CniPolicy.MANAGED))
                .toList();
    }

    /** Whether the VPC CNI has a role of its own. */
    boolean hasCniRole() {
        return spec.addons()
                .getOrDefault(EksAddonName.VPC_CNI, EksAddonSpec.standard())
                .hasOwnRole();
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
