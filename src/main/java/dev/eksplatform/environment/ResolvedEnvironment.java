package dev.eksplatform.environment;

import dev.eksplatform.addon.AckService;
import dev.eksplatform.addon.AddonContext;
import dev.eksplatform.addon.AddonGraph;
import dev.eksplatform.addon.GatewayApiSpec;
import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.addon.PodSecurityLevel;
import dev.eksplatform.cluster.ClusterObject;
import dev.eksplatform.cluster.ClusterObjects;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.DeletionProtection;
import dev.eksplatform.cluster.Distribution;
import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.identity.Identity;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.identity.TrustedCluster;
import dev.eksplatform.internal.yaml.UnreadablePaths;
import dev.eksplatform.network.ExistingNetworkSpec;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.network.SubnetKind;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * What follows from an environment's specs, resolved once so that all its stacks agree: which identities there are with
 * which roles, which add-ons in which order, which namespaces.
 */
@API(status = API.Status.INTERNAL)
public final class ResolvedEnvironment {

    /** Namespaces that every cluster has. */
    private static final Set<String> BUILT_IN = Set.of("default", "kube-system", "kube-public", "kube-node-lease");

    private final EnvironmentSpec spec;
    private final Partition partition;
    private final AddonGraph addons;
    private final List<ResolvedIdentity> identities;
    private final ChartIdentities charts;
    private final Observability observability;

    private ResolvedEnvironment(EnvironmentSpec spec, CrossChecks checks) {
        this.spec = spec;
        partition = Partition.ofRegion(spec.region());
        Problems ofAddons = new Problems();
        AddonContext context = new AddonContext(
                partition,
                spec.region(),
                spec.account(),
                clusterName(),
                spec.tags(),
                spec.cluster().kubernetesVersion(),
                spec.roles(),
                NodesOfCluster.of(spec),
                this::isOnFargate);
        addons = spec.addons().resolve(context, ofAddons);
        observability = new Observability(spec, context, addons.inOrder());
        Problems problems = checks.readingAll("addons").reading();
        ofAddons.found().forEach(problem -> problems.add(problem.under(PropertyPath.of("addons"))));
        identities = new IdentityResolver(spec, partition, identityProblems(checks))
                .resolve(addons.inOrder(), observability.collector());
        charts = new ChartIdentities(spec, addons.inOrder(), this::roleArn, identityProblems(checks))
                .resolve(identities);
        Problems ofNetwork = checks.readingAll("network").readingAll("addons").reading(PropertyPath.of("cluster"));
        ClosedNetwork.of(spec).ifPresent(closed -> closed.checkMissing(identities, ofNetwork));
    }

    /**
     * Resolves an environment.
     *
     * @param spec its specs
     * @return what follows from them
     * @throws InvalidInputException with every problem between the parts, each at its property
     */
    public static ResolvedEnvironment of(EnvironmentSpec spec) {
        CrossChecks checks = new CrossChecks(new UnreadablePaths());
        ResolvedEnvironment resolved = resolve(spec, checks);
        checks.problems().throwIfAny();
        return resolved;
    }

    /**
     * Resolves as much of an environment as can be resolved.
     *
     * @param spec its specs
     * @param checks collects every problem between the parts, each at its property
     * @return what follows from them, without what has problems
     */
    static ResolvedEnvironment resolve(EnvironmentSpec spec, CrossChecks checks) {
        EnvironmentSpec complete = Observability.complete(spec);
        EnvironmentChecks.check(complete, checks);
        return new ResolvedEnvironment(complete, checks);
    }

    private static Problems identityProblems(CrossChecks checks) {
        return checks.readingAll("nodeGroups")
                .readingAll("fargate")
                .reading(
                        PropertyPath.of("environment"),
                        PropertyPath.of("cluster"),
                        PropertyPath.of("cluster", "name"),
                        PropertyPath.of("roles"),
                        PropertyPath.of("identity"));
    }

    private boolean isOnFargate(String namespace) {
        return spec.fargate().values().stream()
                .flatMap(profile -> profile.selectors().stream())
                .anyMatch(selector -> selector.isFor(namespace));
    }

    /**
     * The network to create: with the endpoints that the environment needs where it has no way to the internet, and the tags by which
     * controllers find subnets.
     *
     * @param network the network of the spec
     * @return the same, with endpoints and tags
     */
    public NetworkSpec network(NetworkSpec network) {
        NetworkSpec tagged = network.withSubnetTags(discoverable(network.subnetTags()));
        return ClosedNetwork.of(spec)
                .map(closed -> tagged.withEndpoints(Optional.of(closed.endpoints(identities))))
                .orElse(tagged);
    }

    private Map<SubnetKind, Map<String, String>> discoverable(Map<SubnetKind, Map<String, String>> tags) {
        if (discoveryTags().isEmpty()) {
            return tags;
        }
        Map<SubnetKind, Map<String, String>> all = new LinkedHashMap<>(tags);
        Map<String, String> ofPrivate = new TreeMap<>(tags.getOrDefault(SubnetKind.PRIVATE, Map.of()));
        ofPrivate.putAll(discoveryTags());
        all.put(SubnetKind.PRIVATE, ofPrivate);
        return all;
    }

    /**
     * The tags by which controllers of add-ons find private subnets and the security group of nodes.
     *
     * @return the tags; empty for none
     */
    public Map<String, String> discoveryTags() {
        Map<String, String> tags = new TreeMap<>();
        addons.inOrder().forEach(addon -> tags.putAll(addon.discoveryTags()));
        return tags;
    }

    /**
     * The existing network: with the endpoints that the environment needs where it is private.
     *
     * @param network the network of the spec
     * @return the same, with its endpoints
     */
    public ExistingNetworkSpec network(ExistingNetworkSpec network) {
        return ClosedNetwork.of(spec)
                .map(closed -> network.withEndpoints(Optional.of(closed.endpoints(identities))))
                .orElse(network);
    }

    /**
     * What is likely not meant.
     *
     * @return warnings, each at its property
     */
    public List<Problem> warnings() {
        List<Problem> warnings = new ArrayList<>(PlacementChecks.unusedZones(spec));
        warnings.addAll(ClusterChecks.warnings(spec));
        warnings.addAll(EksAddonChecks.warnings(spec));
        warnings.addAll(EksAddonChecks.warnings(
                spec,
                releases(),
                new HelmAddon.ReleaseContext(
                        clusterName(),
                        spec.region(),
                        "",
                        releases().stream().map(HelmAddon::name).toList(),
                        spec.tags())));
        warnings.addAll(WindowsNodes.untainted(spec));
        warnings.addAll(WindowsNodes.withoutDriver(spec));
        Problems ofPods = new Problems();
        SystemPods.check(spec, addons.inOrder(), ofPods);
        warnings.addAll(ofPods.found());
        spec.addons().warnings(releases()).stream()
                .map(problem -> problem.under(PropertyPath.of("addons")))
                .forEach(warnings::add);
        warnings.addAll(AutoModeChecks.warnings(spec));
        warnings.addAll(AddonConflicts.warnings(spec));
        warnings.addAll(KarpenterChecks.warnings(spec));
        warnings.addAll(TerminationHandlerChecks.warnings(spec));
        warnings.addAll(DevicePluginChecks.warnings(spec));
        warnings.addAll(ExistingClusterNodes.warnings(spec));
        ClosedNetwork.of(spec).ifPresent(network -> warnings.addAll(network.warnings(addons.inOrder())));
        warnings.addAll(NetworkWarnings.of(spec));
        warnings.addAll(observability.warnings());
        warnings.addAll(NetworkAddonChecks.warnings(spec));
        return warnings;
    }

    /**
     * Who refuses to delete a cluster.
     *
     * @param cluster the cluster of the spec
     * @return its protection, as the allowed versions of the AWS provider can set it
     */
    public DeletionProtection deletionProtection(ClusterSpec cluster) {
        return ClusterChecks.deletionProtection(spec, cluster);
    }

    /**
     * The environment's specs.
     *
     * @return the specs
     */
    public EnvironmentSpec spec() {
        return spec;
    }

    /**
     * The node groups to create: those of the spec, and of a group with {@code perZone} one for each zone.
     *
     * @return groups by name, each with the name that has it in the spec
     */
    public Map<String, ResolvedNodeGroup> nodeGroups() {
        Map<String, ResolvedNodeGroup> groups = new LinkedHashMap<>();
        spec.nodeGroups().forEach((name, group) -> NodeGroups.of(name, group, spec)
                .forEach((one, of) -> groups.put(one, new ResolvedNodeGroup(name, of))));
        return groups;
    }

    /**
     * A node group to create.
     *
     * @param property its name in the spec
     * @param spec what to create
     */
    public record ResolvedNodeGroup(String property, NodeGroupSpec spec) {}

    /**
     * The partition of the environment's region.
     *
     * @return the partition
     */
    public Partition partition() {
        return partition;
    }

    /**
     * The name of the environment's cluster.
     *
     * @return the cluster's own, or the environment's
     */
    public String clusterName() {
        return spec.cluster().clusterName(spec.environment());
    }

    /**
     * The issuer of the cluster's ServiceAccount tokens. Only ROSA's is known before Terraform asks EKS.
     *
     * @return the issuer, or for EKS a placeholder, such as {@code <issuer of shop>}
     */
    public OidcIssuer.Provider issuer() {
        return spec.cluster().issuer(spec.environment(), partition, spec.account());
    }

    /**
     * Who may assume an identity's role.
     *
     * @param identity the identity
     * @return the trust policy, as it is synthesized but for {@link #issuer}; empty for an existing role
     */
    public Optional<PolicyDocument> trust(Identity identity) {
        return identity.spec().role().isPresent() ? Optional.empty() : Optional.of(identity.trust(trustedCluster()));
    }

    /**
     * The cluster as trust policies name it.
     *
     * @return the cluster, its issuer as in {@link #issuer}
     */
    public TrustedCluster trustedCluster() {
        return new TrustedCluster(
                clusterName(), partition.id(), spec.region(), spec.account().digits(), this::issuer);
    }

    /**
     * The Kubernetes objects that follow from properties of the cluster, such as node pools of EKS Auto Mode, and of add-ons.
     *
     * @return the objects
     */
    public List<ClusterObject> clusterObjects() {
        List<ClusterObject> objects = new ArrayList<>(ClusterObjects.of(
                spec.cluster(), clusterName(), spec.tags(), !spec.nodeGroups().isEmpty()));
        addons.inOrder().forEach(addon -> objects.addAll(addon.objects()));
        observability.collector().ifPresent(collector -> objects.add(collector.object()));
        return objects;
    }

    /**
     * What collects logs, metrics and traces, besides add-ons.
     *
     * @return log groups, the collector and where to look
     */
    public Observability observability() {
        return observability;
    }

    /**
     * The classes of volumes, which are there before add-ons that may use them.
     *
     * @return the objects, by name
     */
    public Map<String, ClusterObject> storageClasses() {
        return ClusterObjects.storageClasses(spec.storageClasses(), spec.cluster(), spec.tags());
    }

    /**
     * The add-ons, in the order in which they become ready.
     *
     * @return those that Helm installs, and those that are operators on OpenShift
     */
    public List<HelmAddon> addons() {
        return addons.inOrder();
    }

    /**
     * The add-ons that Helm installs.
     *
     * @return the add-ons, in the order in which they become ready
     */
    public List<HelmAddon> releases() {
        return addons.inOrder().stream()
                .filter(addon -> !addon.isOperatorOn(spec.cluster().distribution()))
                .toList();
    }

    /**
     * The add-ons that are on the cluster, for chart values that depend on them.
     *
     * @return the names of the releases, of the CRDs of the Gateway API, and of the EKS add-ons, which are there before
     */
    public List<String> addonNames() {
        List<String> names =
                new ArrayList<>(releases().stream().map(HelmAddon::name).toList());
        if (spec.addons().gatewayApi().isPresent()) {
            names.add(GatewayApiSpec.NAME);
        }
        spec.cluster().addons().keySet().forEach(addon -> names.add(addon.id()));
        return List.copyOf(names);
    }

    /**
     * What an add-on waits for.
     *
     * @param addon the add-on's name
     * @return names of add-ons
     */
    public List<String> addonsBefore(String addon) {
        return addons.before(addon);
    }

    /**
     * The ACK controllers that are installed as operators, because the cluster is OpenShift.
     *
     * @return the AWS services of the controllers
     */
    public Set<AckService> operators() {
        return spec.cluster().distribution() == Distribution.ROSA
                ? spec.addons().ack().keySet()
                : Set.of();
    }

    /**
     * Values of a release that follow from identities: the ServiceAccount that its chart uses, or the annotations of its own.
     *
     * @param addon the add-on's name
     * @return values that the add-on's own override; empty for none
     */
    public Map<String, Object> identityValues(String addon) {
        return charts.values(addon);
    }

    /**
     * The ServiceAccounts of the user's identities that must be there before a release.
     *
     * @param addon the add-on's name
     * @return their names
     */
    public List<ServiceAccountName> serviceAccountsBefore(String addon) {
        return charts.before(addon);
    }

    /**
     * The releases that must be there before a ServiceAccount can be annotated.
     *
     * @param serviceAccount the ServiceAccount of an identity
     * @return names of add-ons; empty for one that the platform creates
     */
    public List<String> releasesBefore(ServiceAccountName serviceAccount) {
        return charts.after(serviceAccount);
    }

    /**
     * All identities: the user's, those of add-ons and those of EKS add-ons.
     *
     * @return the identities, by namespace and name
     */
    public List<ResolvedIdentity> identities() {
        return identities;
    }

    /**
     * The namespaces that the platform creates, with their labels.
     *
     * @return labels by namespace, sorted
     */
    public Map<String, Map<String, String>> namespaces() {
        Set<String> names = new LinkedHashSet<>();
        addons.inOrder().forEach(addon -> names.add(addon.namespace()));
        Map<String, Map<String, String>> observed = observability.namespaces();
        names.addAll(observed.keySet());
        identities.stream()
                .filter(ResolvedIdentity::createsServiceAccount)
                .forEach(resolved ->
                        names.add(resolved.identity().serviceAccount().namespace()));
        names.addAll(spec.workloads().buckets().keySet());
        spec.workloads().securityContextConstraints().keySet().forEach(name -> names.add(name.namespace()));
        names.addAll(spec.namespaces().keySet());
        Map<String, Map<String, String>> created = new TreeMap<>();
        for (String name : names) {
            NamespaceSpec settings = spec.namespaces().getOrDefault(name, NamespaceSpec.standard());
            if (!BUILT_IN.contains(name) && !settings.existing()) {
                Map<String, String> labels = new TreeMap<>(podSecurity(name));
                labels.putAll(observed.getOrDefault(name, Map.of()));
                labels.putAll(settings.labels());
                created.put(name, labels);
            }
        }
        return created;
    }

    /** The least restricted level of the add-ons in a namespace; none when one of them has none. */
    private Map<String, String> podSecurity(String namespace) {
        List<Optional<PodSecurityLevel>> levels = releases().stream()
                .filter(addon -> addon.namespace().equals(namespace))
                .map(HelmAddon::podSecurity)
                .toList();
        return levels.contains(Optional.<PodSecurityLevel>empty())
                ? Map.of()
                : levels.stream()
                        .flatMap(Optional::stream)
                        .min(Comparator.naturalOrder())
                        .map(PodSecurityLevel::labels)
                        .orElse(Map.of());
    }

    /**
     * The ARN of an identity's role, as plain text.
     *
     * @param identity the identity
     * @return the ARN of its own role, or of the existing one it uses
     */
    public String roleArn(Identity identity) {
        return identity.roleArn(partition.id(), spec.account().digits());
    }
}
