package dev.eksplatform.environment;

import dev.eksplatform.addon.AckControllerSpec;
import dev.eksplatform.addon.AddonGraph;
import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.cluster.ClusterSource;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.EksAddonName;
import dev.eksplatform.cluster.ExistingClusterSpec;
import dev.eksplatform.cluster.RosaClusterSpec;
import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.identity.Identity;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What follows from an environment's specs, settled once so that all its stacks agree: which identities there are with
 * which roles, which add-ons in which order, which namespaces.
 */
public final class ResolvedEnvironment {

    /** Namespaces that every cluster has. */
    private static final Set<String> BUILT_IN = Set.of("default", "kube-system", "kube-public", "kube-node-lease");

    private final EnvironmentSpec spec;
    private final Partition partition;
    private final List<HelmAddon> addons;
    private final List<SettledIdentity> identities;
    private final ChartIdentities charts;

    private ResolvedEnvironment(
            EnvironmentSpec spec,
            Partition partition,
            List<HelmAddon> addons,
            List<SettledIdentity> identities,
            Problems problems) {
        this.spec = spec;
        this.partition = partition;
        this.addons = addons;
        this.identities = identities;
        this.charts = new ChartIdentities(spec, addons, this::roleArn, problems).settle(identities);
    }

    /**
     * An identity, where it came from and what its ServiceAccount looks like.
     *
     * @param identity the identity
     * @param property the property of the environment that asked for it
     * @param labels labels of its ServiceAccount
     * @param made whether the ServiceAccount is made by the platform
     * @param eksAddon the EKS add-on that takes the role itself; empty for every other
     */
    public record SettledIdentity(
            Identity identity,
            String property,
            Map<String, String> labels,
            boolean made,
            Optional<EksAddonName> eksAddon) {}

    /**
     * Settles an environment.
     *
     * @param spec its specs
     * @return what follows from them
     * @throws InvalidInputException with every problem between the parts, each at its property
     */
    public static ResolvedEnvironment of(EnvironmentSpec spec) {
        Problems problems = new Problems();
        ResolvedEnvironment blueprint = settle(spec, problems);
        problems.throwIfAny();
        return blueprint;
    }

    /**
     * Settles as much of an environment as can be settled.
     *
     * @param spec its specs
     * @param problems collects every problem between the parts, each at its property
     * @return what follows from them, without what has problems
     */
    public static ResolvedEnvironment settle(EnvironmentSpec spec, Problems problems) {
        Partition partition = Partition.ofRegion(spec.region());
        EnvironmentChecks.check(spec, problems);
        List<HelmAddon> settled = problems.collect(
                "addons", () -> spec.addons().settle(partition, namespace -> onFargate(spec, namespace)));
        List<HelmAddon> addons = settled == null ? List.of() : settled;
        List<SettledIdentity> identities = new IdentityResolver(spec, partition, addons, problems).settle();
        return new ResolvedEnvironment(spec, partition, addons, identities, problems);
    }

    private static boolean onFargate(EnvironmentSpec spec, String namespace) {
        return spec.fargate().values().stream()
                .flatMap(profile -> profile.selectors().stream())
                .anyMatch(selector -> selector.isFor(namespace));
    }

    /**
     * The network to create: with the endpoints that the environment needs where it has no NAT gateway.
     *
     * @param network the network of the spec
     * @return the same, with its endpoints
     */
    public NetworkSpec network(NetworkSpec network) {
        return network.endpoints().isPresent()
                ? network
                : ClosedNetwork.of(spec)
                        .map(closed -> network.withEndpoints(Optional.of(closed.services(addons, identities))))
                        .orElse(network);
    }

    /**
     * What is likely not meant.
     *
     * @return warnings, each at its property
     */
    public List<Problem> warnings() {
        List<Problem> warnings = new ArrayList<>(PlacementChecks.unusedZones(spec));
        warnings.addAll(WindowsNodes.untainted(spec));
        warnings.addAll(WindowsNodes.withoutDriver(spec));
        ClosedNetwork.of(spec).ifPresent(network -> warnings.addAll(network.warnings(addons)));
        return warnings;
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
        return clusterName(spec);
    }

    static String clusterName(EnvironmentSpec spec) {
        ClusterSource cluster = spec.cluster();
        if (cluster instanceof ClusterSpec made) {
            return made.name().orElse(spec.environment());
        }
        return cluster instanceof ExistingClusterSpec existing ? existing.name() : ((RosaClusterSpec) cluster).name();
    }

    /**
     * The issuer of the cluster's ServiceAccount tokens. Only ROSA's is known before Terraform asks EKS.
     *
     * @return the issuer, or for EKS a text that stands for it, such as {@code <issuer of shop>}
     */
    public OidcIssuer.Provider issuer() {
        return issuer(spec, partition);
    }

    static OidcIssuer.Provider issuer(EnvironmentSpec spec, Partition partition) {
        String issuer = spec.cluster() instanceof RosaClusterSpec rosa
                ? rosa.issuer().hostAndPath()
                : "<issuer of " + clusterName(spec) + ">";
        return OidcIssuer.Provider.of(issuer, partition, spec.account());
    }

    /**
     * Who may assume an identity's role.
     *
     * @param identity the identity
     * @return the trust policy, as it is synthesized but for {@link #issuer}; empty for an existing role
     */
    public Optional<PolicyDocument> trust(Identity identity) {
        return identity.spec().role().isPresent()
                ? Optional.empty()
                : Optional.of(identity.trust(clusterName(), this::issuer));
    }

    /**
     * Whether the cluster is ROSA.
     *
     * @return true on OpenShift
     */
    public boolean onRosa() {
        return spec.cluster() instanceof RosaClusterSpec;
    }

    /**
     * The add-ons, in the order in which they become ready. On ROSA they come from OperatorHub instead.
     *
     * @return the add-ons
     */
    public List<HelmAddon> addons() {
        return addons;
    }

    /**
     * What each add-on waits for.
     *
     * @return names of add-ons by the name of an add-on
     */
    public Map<String, List<String>> addonDependencies() {
        AddonGraph graph = new AddonGraph(addons);
        Map<String, List<String>> dependencies = new LinkedHashMap<>();
        addons.forEach(addon -> dependencies.put(addon.name(), graph.before(addon.name())));
        return dependencies;
    }

    /**
     * Values of a release that follow from identities: that its chart uses a ServiceAccount, or how it annotates its own.
     *
     * @param addon the add-on's name
     * @return values that the add-on's own go over; empty for none
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
     * @return names of add-ons; empty for one that the platform makes
     */
    public List<String> releasesBefore(ServiceAccountName serviceAccount) {
        return charts.after(serviceAccount);
    }

    /**
     * All identities: the user's, those of add-ons and those of EKS add-ons.
     *
     * @return the identities, by namespace and name
     */
    public List<SettledIdentity> identities() {
        return identities;
    }

    /**
     * The namespaces that the platform makes, with their labels.
     *
     * @return labels by namespace, sorted
     */
    public Map<String, Map<String, String>> namespaces() {
        Set<String> names = new LinkedHashSet<>();
        addons.forEach(addon -> names.add(addon.namespace()));
        identities.stream()
                .filter(SettledIdentity::made)
                .forEach(
                        settled -> names.add(settled.identity().serviceAccount().namespace()));
        names.addAll(spec.workloads().buckets().keySet());
        spec.workloads().securityContextConstraints().keySet().forEach(name -> names.add(name.namespace()));
        if (onRosa() && !spec.addons().ack().isEmpty()) {
            names.add(AckControllerSpec.NAMESPACE);
        }
        names.addAll(spec.namespaces().keySet());
        Map<String, Map<String, String>> made = new TreeMap<>();
        for (String name : names) {
            NamespaceSpec settings = spec.namespaces().getOrDefault(name, NamespaceSpec.standard());
            if (!BUILT_IN.contains(name) && !settings.existing()) {
                made.put(name, settings.labels());
            }
        }
        return made;
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
