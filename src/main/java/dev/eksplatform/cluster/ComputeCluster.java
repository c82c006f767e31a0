package dev.eksplatform.cluster;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.TerraformResource;
import com.hashicorp.cdktf.providers.aws.eks_node_group.EksNodeGroup;
import dev.eksplatform.construct.PlatformConstruct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.constructs.Construct;

/**
 * A cluster of EKS, created here or existing, to which node groups, Fargate profiles, EKS add-ons, access entries and capabilities can be
 * added. What each node runs comes before nodes, what needs nodes after them.
 */
public abstract sealed class ComputeCluster extends PlatformConstruct implements KubernetesCluster
        permits Cluster, ExistingCluster {

    private final Map<EksAddonName, EksAddonSpec> addonSpecs;
    private final Map<EksAddonName, EksManagedAddon> addons = new LinkedHashMap<>();
    /** By resource its address, so that Node is asked for it once. */
    private final Map<TerraformResource, String> compute = new LinkedHashMap<>();

    ComputeCluster(Construct scope, String id, Map<EksAddonName, EksAddonSpec> addonSpecs) {
        super(scope, id);
        this.addonSpecs = addonSpecs;
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
            EksAddonSpec settings = addonSpecs.getOrDefault(addonName, EksAddonSpec.standard());
            addon = new EksManagedAddon(
                    this, addonId(addonName), this, addonVersionFor(), addonName, settings, compute.keySet());
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
                .filter(this::installs)
                .forEach(other -> addon.need(address(addon(other).resource()))));
    }

    /** Whether an add-on that another one needs is installed here. */
    boolean installs(EksAddonName addonName) {
        return addonSpecs.containsKey(addonName);
    }

    /** The id of an add-on's construct. */
    String addonId(EksAddonName addonName) {
        return addonName.id();
    }

    /** The Kubernetes version for which add-ons are chosen. */
    abstract String addonVersionFor();

    /** What Fargate profiles of this cluster depend on when they are created. */
    List<ITerraformDependable> beforeFargate() {
        return addons.values().stream()
                .filter(EksManagedAddon::beforeCompute)
                .map(addon -> (ITerraformDependable) addon.resource())
                .toList();
    }

    /** What node groups of this cluster depend on when they are created. */
    List<ITerraformDependable> beforeNodes() {
        return beforeFargate();
    }

    /** Called by compute of this cluster: node groups and Fargate profiles. */
    void addCompute(TerraformResource resource) {
        compute.put(resource, address(resource));
        List<String> nodes = List.copyOf(compute.values());
        addons.values().stream().filter(addon -> !addon.beforeCompute()).forEach(addon -> addon.waitForCompute(nodes));
    }

    /** Whether it has a node group. */
    boolean hasNodeGroup() {
        return compute.keySet().stream().anyMatch(EksNodeGroup.class::isInstance);
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
        return addonSpecs
                .getOrDefault(EksAddonName.VPC_CNI, EksAddonSpec.standard())
                .hasOwnRole();
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

    /** Gives a principal access. */
    void grant(PrincipalArn principal, AccessEntrySpec entry) {
        String id = "access-" + principal.name();
        // A role and a user, or roles of different paths, may have one name.
        boolean taken = getNode().tryFindChild(id) != null;
        new AccessEntry(this, taken ? "access-" + principal.value().replace('/', '-') : id, this, principal, entry);
    }

    /**
     * Opens a port between the control plane and the nodes; opened twice it is one rule. Nodes with the cluster security group need no
     * rule: it allows everything within itself.
     *
     * @param rule the port and the direction
     */
    public abstract void open(PortRule rule);

    /**
     * The Kubernetes version of the control plane.
     *
     * @throws dev.eksplatform.problem.InvalidInputException when it is not known
     */
    abstract KubernetesVersion version();

    /** The security groups of node groups. */
    abstract List<String> nodeSecurityGroupIds();

    /** What gives private subnets their way out; empty where it is there already. */
    abstract List<ITerraformDependable> privateRoutes();

    /** The subnets of a part of this cluster: those it names, or else those of the cluster. */
    abstract List<String> subnetIds(Placement placement);

    /**
     * Lets pods on Windows nodes get addresses.
     *
     * @return what Windows nodes come after
     */
    abstract List<ITerraformDependable> supportWindows();

    /** Lets pods on Fargate, which have the cluster security group, and pods on nodes reach each other. */
    abstract void joinFargate(FargateProfileSpec profile);

    /** Lets nodes send traffic of Elastic Fabric Adapters to each other. */
    abstract void allowEfa();

    /** Whether pods and Services have IPv6 addresses. */
    abstract boolean isIpv6();

    /** The block of Services, IPv4 or IPv6. */
    abstract String serviceCidr();
}
