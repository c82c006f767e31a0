package dev.eksplatform.environment;

import dev.eksplatform.addon.AddonSpec;
import dev.eksplatform.addon.AddonsSpec;
import dev.eksplatform.addon.HelmReleaseSpec;
import dev.eksplatform.cluster.AutoModeSpec;
import dev.eksplatform.cluster.BuiltInNodePool;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.EksAddonName;
import dev.eksplatform.cluster.FargateProfileSpec;
import dev.eksplatform.cluster.IngressClassSpec;
import dev.eksplatform.cluster.NodeClassSpec;
import dev.eksplatform.cluster.NodePoolSpec;
import dev.eksplatform.cluster.NodeProvisioner;
import dev.eksplatform.cluster.RemoteNetworkSpec;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.internal.release.VersionRange;
import dev.eksplatform.network.ExistingNetworkSpec;
import dev.eksplatform.network.NetworkSource;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.network.Zone;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * EKS Auto Mode beside the other parts of an environment: what it has built in, and what its nodes need. Sources: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/automode.html">EKS Auto Mode</a>, <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/auto-networking.html">networking and load balancing</a>, <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/auto-mng.html">node groups beside it</a>.
 */
final class AutoModeChecks {

    private static final String LOAD_BALANCER_CONTROLLER = "aws-load-balancer-controller";

    /** Charts outside of the catalogue of add-ons that do what Auto Mode does. */
    private static final Set<String> CHARTS = Set.of("aws-ebs-csi-driver", "karpenter");

    private final EnvironmentSpec spec;
    private final AutoModeSpec autoMode;
    private final Problems problems;

    private AutoModeChecks(EnvironmentSpec spec, AutoModeSpec autoMode, Problems problems) {
        this.spec = spec;
        this.autoMode = autoMode;
        this.problems = problems;
    }

    static boolean isOn(EnvironmentSpec spec) {
        return spec.cluster().autoMode().filter(AutoModeSpec::enabled).isPresent();
    }

    static void check(EnvironmentSpec spec, Problems problems) {
        spec.cluster()
                .autoMode()
                .filter(AutoModeSpec::withoutRole)
                .ifPresent(autoMode -> provider(spec, autoMode, problems));
        spec.cluster().autoMode().filter(AutoModeSpec::enabled).ifPresent(autoMode -> new AutoModeChecks(
                        spec, autoMode, problems)
                .check());
    }

    private static void provider(EnvironmentSpec spec, AutoModeSpec autoMode, Problems problems) {
        VersionRange needed = VersionRange.parse(AutoModeSpec.PROVIDER_WITHOUT_ROLE);
        spec.providers()
                .of("aws")
                .map(VersionConstraint::range)
                .filter(allowed -> allowed.and(needed).isEmpty())
                .ifPresent(allowed -> problems.add(
                        PropertyPath.of("cluster", "autoMode", autoMode.enabled() ? "builtInNodePools" : "enabled"),
                        "needs provider aws " + needed + ": older ones replace the cluster",
                        allowed + ", by providers.aws",
                        "change providers.aws"));
    }

    private void check() {
        if (spec.nodeGroups().isEmpty()) {
            onlyAutoMode();
        }
        ClusterSpec cluster = spec.cluster().created().orElseThrow();
        controlPlaneSubnets();
        if (spec.network()
                .filter(NetworkSpec.class::isInstance)
                .filter(NetworkSource::privateCluster)
                .isPresent()) {
            autoMode.ingressClasses().forEach((name, ingress) -> {
                if (ingress.scheme() == IngressClassSpec.Scheme.INTERNET_FACING) {
                    problems.add(
                            PropertyPath.of("cluster", "autoMode", "ingressClasses", name, "scheme"),
                            "internet-facing load balancers with network.privateCluster, which has no internet gateway",
                            "use internal");
                }
            });
        }
        autoMode.nodePools().forEach((name, pool) -> zones(name, pool, cluster));
        NodeProvisioner.AUTO_MODE.check(
                PropertyPath.of("cluster", "autoMode", "nodePools"), autoMode.nodePools(), problems);
        Partition own = Partition.ofRegion(spec.region());
        autoMode.nodeRole().flatMap(own::problemWith).ifPresent(problem -> add("nodeRole", problem));
        autoMode.nodeClasses().forEach((name, nodeClass) -> nodeClass
                .role()
                .flatMap(own::problemWith)
                .ifPresent(problem -> problems.add(
                        problem.at(Place.of(PropertyPath.of("cluster", "autoMode", "nodeClasses", name, "role"))))));
    }

    private void add(String property, Problem problem) {
        problems.add(problem.at(Place.of(PropertyPath.of("cluster", "autoMode", property))));
    }

    /** Where no other nodes are, nothing but Auto Mode is needed, and what does the same gets in its way. */
    private void onlyAutoMode() {
        ClusterSpec cluster = spec.cluster().created().orElseThrow();
        for (EksAddonName addon : cluster.addons().keySet()) {
            boolean dnsOfFargate =
                    addon.equals(EksAddonName.COREDNS) && !spec.fargate().isEmpty();
            boolean ofHybridNodes = cluster.remoteNetwork().isPresent() && RemoteNetworkSpec.runs(addon);
            if (AutoModeSpec.isBuiltIn(addon) && !dnsOfFargate && !ofHybridNodes) {
                problems.add(
                        PropertyPath.of("cluster", "addons", addon.id()),
                        "EKS Auto Mode has " + addon + " built in, and the cluster has no node groups",
                        "remove it");
            }
        }
        spec.addons().named().forEach((name, addon) -> addon.insteadOnAutoMode()
                .ifPresent(instead -> builtIn(PropertyPath.of("addons", name), name, instead)));
        spec.addons().helm().forEach((name, release) -> {
            String chart = chart(release);
            AddonsSpec.standard(chart)
                    .flatMap(AddonSpec::insteadOnAutoMode)
                    .or(() -> CHARTS.contains(chart) ? Optional.of("remove it") : Optional.empty())
                    .ifPresent(instead -> builtIn(PropertyPath.of("addons", "helm", name), chart, instead));
        });
        if (!cluster.nodeEgress().isEmpty()) {
            problems.add(
                    PropertyPath.of("cluster", "nodeEgress"),
                    "not used: nodes of EKS Auto Mode have the cluster security group, which lets them send everything",
                    "remove it, and give a node class securityGroups of your own");
        }
        if (autoMode.builtInNodePools().isEmpty()) {
            waiting(cluster)
                    .ifPresent(waiting -> problems.add(
                            PropertyPath.of("cluster", "autoMode", "builtInNodePools"),
                            "no node is there for " + waiting
                                    + ": node pools of the environment come with the workloads, after it",
                            "use builtInNodePools: [system], or [general-purpose]"));
        }
    }

    private void builtIn(PropertyPath property, String name, String instead) {
        problems.add(
                property,
                "EKS Auto Mode does itself what " + name + " does, and the cluster has no node groups",
                instead);
    }

    /** What needs nodes before the workloads are there. */
    private Optional<String> waiting(ClusterSpec cluster) {
        if (!spec.fargate().isEmpty()) {
            return spec.fargate().values().stream().anyMatch(FargateProfileSpec::takesDns)
                    ? Optional.empty()
                    : Optional.of("coredns, which pods on Fargate need and no profile selects");
        }
        return cluster.addons().keySet().stream()
                .map(EksAddonName::id)
                .findFirst()
                .or(() -> cluster.remoteNetwork().map(network -> "coredns, which hybrid nodes need"))
                .or(() -> spec.addons().named().keySet().stream().findFirst())
                .or(() -> spec.addons().helm().keySet().stream().findFirst())
                .or(() -> spec.addons().ack().keySet().stream()
                        .map(service -> "ack." + service.id())
                        .findFirst());
    }

    private static String chart(HelmReleaseSpec release) {
        String chart = release.chart();
        return chart.substring(chart.lastIndexOf('/') + 1);
    }

    /**
     * EKS gives the node class {@code default}, and a node class without subnets, those of the cluster when it is created. Source: <a
     * href="https://github.com/aws/containers-roadmap/issues/2793">subnets of the default node class</a>.
     */
    private void controlPlaneSubnets() {
        boolean own = spec.network()
                .filter(NetworkSpec.class::isInstance)
                .flatMap(network -> ((NetworkSpec) network).controlPlaneSubnets())
                .isPresent();
        if (!own) {
            return;
        }
        String tag = "example.com/nodes: " + spec.environment();
        String selected = "add network.subnetTags: {private: {" + tag + "}}, and subnets: [{tags: {" + tag + "}}] to ";
        PropertyPath where = PropertyPath.of("cluster", "autoMode");
        if (!autoMode.builtInNodePools().isEmpty()) {
            problems.add(
                    where.key("builtInNodePools"),
                    "nodes of "
                            + autoMode.builtInNodePools().stream()
                                    .map(BuiltInNodePool::id)
                                    .collect(Collectors.joining(" and "))
                            + " would run in network.controlPlaneSubnets, the only subnets that the node class default has",
                    "remove network.controlPlaneSubnets, or set builtInNodePools: [], " + selected
                            + "node classes of your own");
        }
        autoMode.nodeClasses().forEach((name, nodeClass) -> {
            if (nodeClass.subnets().isEmpty()) {
                problems.add(
                        where.key("nodeClasses").key(name),
                        "its nodes would run in network.controlPlaneSubnets, which a node class without subnets has",
                        selected + "it, or remove network.controlPlaneSubnets");
            }
        });
    }

    /** Zones of the region and the network; with the subnets of the control plane only its zones have nodes. */
    private void zones(String name, NodePoolSpec pool, ClusterSpec cluster) {
        PropertyPath where = PropertyPath.of("cluster", "autoMode", "nodePools", name, "zones");
        List<Zone> known = List.of();
        NodeClassSpec nodeClass = autoMode.nodeClasses().getOrDefault(pool.nodeClass(), NodeClassSpec.standard());
        if (spec.network().orElse(null) instanceof NetworkSpec network) {
            List<Zone> controlPlane = cluster.zones().isEmpty() ? network.initialZones() : cluster.zones();
            known = nodeClass.subnets().isEmpty() ? controlPlane : network.zones();
        } else if (spec.network().orElse(null) instanceof ExistingNetworkSpec network
                && nodeClass.subnets().isEmpty()
                && cluster.subnetIds().isEmpty()) {
            known = cluster.zones().isEmpty() ? network.initialZones() : cluster.zones();
        }
        for (int i = 0; i < pool.zones().size(); i++) {
            Zone zone = pool.zones().get(i);
            if (!zone.region().equals(spec.region())) {
                problems.add(where.index(i), zone + " is not a zone of " + spec.region(), "use a zone of the network");
            } else if (!known.isEmpty() && !known.contains(zone)) {
                problems.add(
                        where.index(i),
                        "the node class " + pool.nodeClass() + " has no subnet in " + zone,
                        known.toString(),
                        "use one of those, or a node class with subnets in " + zone);
            }
        }
    }

    /** Two controllers that are both there while workloads move, and tags that nodes do not get. */
    static List<Problem> warnings(EnvironmentSpec spec) {
        Problems warnings = new Problems();
        if (!isOn(spec)) {
            return List.of();
        }
        if (!spec.nodeGroups().isEmpty() && spec.addons().named().containsKey(LOAD_BALANCER_CONTROLLER)) {
            warnings.add(
                    PropertyPath.of("addons", LOAD_BALANCER_CONTROLLER),
                    "two load balancer controllers: a load balancer stays with the one that created it, and a Service without"
                            + " loadBalancerClass belongs to this one",
                    "name loadBalancerClass eks.amazonaws.com/nlb, and ingress classes of cluster.autoMode, for what is new");
        }
        AutoModeSpec autoMode = spec.cluster().autoMode().orElseThrow();
        PodSettings.unusedBy(spec, autoMode)
                .ifPresent(where -> warnings.add(
                        where,
                        "not used: nodes of EKS Auto Mode give pods addresses of their own subnet in prefixes, or as their node class"
                                + " says, and the cluster has no node groups",
                        "remove it, or name the subnets in podSubnets and podSecurityGroups of a node class"));
        if (!spec.tags().isEmpty()
                && !autoMode.nodePools().isEmpty()
                && autoMode.nodePools().values().stream()
                        .anyMatch(pool -> pool.nodeClass().equals("default"))) {
            warnings.add(
                    PropertyPath.of("cluster", "autoMode", "nodePools"),
                    "nodes of the node class default do not get the tags of the environment: it belongs to EKS",
                    "add nodeClasses: {tagged: {}}, and nodeClass: tagged to the node pools");
        }
        return warnings.found();
    }
}
