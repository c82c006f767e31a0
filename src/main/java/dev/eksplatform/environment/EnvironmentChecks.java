package dev.eksplatform.environment;

import dev.eksplatform.addon.AckService;
import dev.eksplatform.addon.AddonSpec;
import dev.eksplatform.cluster.Distribution;
import dev.eksplatform.cluster.ExistingClusterSpec;
import dev.eksplatform.cluster.KubernetesVersion;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.Region;
import dev.eksplatform.network.ExistingNetworkSpec;
import dev.eksplatform.network.NetworkSource;
import dev.eksplatform.network.Zone;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import java.util.stream.Collectors;

/** How the parts of an environment go together, apart from identities. */
final class EnvironmentChecks {

    private final EnvironmentSpec spec;
    private final Problems problems;

    private EnvironmentChecks(EnvironmentSpec spec, Problems problems) {
        this.spec = spec;
        this.problems = problems;
    }

    static void check(EnvironmentSpec spec, CrossChecks checks) {
        PropertyPath region = PropertyPath.of("region");
        PropertyPath network = PropertyPath.of("network");
        PropertyPath zones = network.key("zones");
        PropertyPath cluster = PropertyPath.of("cluster");
        AccountChecks.check(spec, checks);
        new EnvironmentChecks(
                        spec, checks.reading(zones, network.key("existing").key("zones")))
                .zones();
        new PlacementChecks(
                        spec,
                        checks.reading(cluster, zones, PropertyPath.of("network", "existing", "privateSubnetIds")))
                .check();
        AddressChecks.check(spec, checks.reading(region, network, cluster));
        new NodeChecks(spec, checks.reading(region, cluster, network)).check();
        ClosedNetwork.check(spec, checks.reading(region, network, network.key("nat"), cluster));
        if (spec.network().orElse(null) instanceof ExistingNetworkSpec existing) {
            existing.missing().forEach(problem -> checks.reading(network).add(problem.under(network.key("existing"))));
        }
        new EnvironmentChecks(spec, checks.reading(region)).partitions();
        ClusterChecks.check(spec, checks);
        spec.nodeGroups().forEach((name, group) -> checks.problems()
                .collect(PropertyPath.of("nodeGroups", name), group::sharedArchitecture));
        if (spec.cluster().created().isPresent()) {
            new EnvironmentChecks(spec, checks.reading(cluster.key("version"))).nodeVersions();
            new EnvironmentChecks(spec, checks.reading(network)).network();
            CrossChecks nodes = checks.readingAll("nodeGroups").readingAll("fargate");
            new EnvironmentChecks(spec, nodes.reading()).linuxNodes();
            EksAddonChecks.check(spec, nodes.readingAll("addons").reading(cluster, region));
            AutoModeChecks.check(
                    spec,
                    nodes.readingAll("addons")
                            .reading(
                                    cluster, zones, network.key("controlPlaneSubnets"), network.key("privateCluster")));
            new EnvironmentChecks(spec, nodes.readingAll("addons").reading(cluster)).nodesForAddons();
        } else {
            new EnvironmentChecks(spec, checks.reading(cluster)).existingCluster();
        }
        new EnvironmentChecks(spec, checks.reading(cluster))
                .distribution(spec.cluster().distribution());
        new EnvironmentChecks(spec, checks.readingAll("addons").reading()).buckets();
        StorageClassChecks.check(
                spec, checks.readingAll("addons").readingAll("storageClasses").reading(cluster, region));
        DevicePluginChecks.check(
                spec, checks.readingAll("addons").readingAll("nodeGroups").reading(cluster));
        Observability.check(spec, checks.readingAll("addons").reading(cluster, PropertyPath.of("observability")));
        TerminationHandlerChecks.check(
                spec, checks.readingAll("nodeGroups").readingAll("addons").reading(cluster));
        KarpenterChecks.check(
                spec, checks.readingAll("nodeGroups").readingAll("fargate").readingAll("addons"));
        CapabilityChecks.check(spec, checks.readingAll("addons").reading(cluster));
        NetworkAddonChecks.check(
                spec,
                checks.readingAll("addons")
                        .readingAll("nodeGroups")
                        .readingAll("fargate")
                        .reading(cluster));
        AddonConflicts.check(
                spec,
                checks.readingAll("addons")
                        .readingAll("nodeGroups")
                        .readingAll("fargate")
                        .readingAll("identities")
                        .reading(cluster));
    }

    /** Add-ons that only run on nodes need some. */
    private void nodesForAddons() {
        boolean onlyFargate = spec.nodeGroups().isEmpty() && !spec.fargate().isEmpty() && !AutoModeChecks.isOn(spec);
        spec.addons().named().values().stream()
                .filter(addon -> onlyFargate && addon.needsNodes())
                .map(AddonSpec::name)
                .forEach(name -> problems.add(
                        PropertyPath.of("addons", name),
                        name + " does not run on Fargate, and the environment has no node group",
                        "add a node group, or remove it"));
    }

    /** Zones of another region than {@code region} are one mistake, whether it is in the region or in the zones. */
    private void zones() {
        List<Zone> zones = spec.network().map(NetworkSource::zones).orElse(List.of());
        if (zones.isEmpty()) {
            return;
        }
        String first = zones.get(0).region();
        if (zones.stream().allMatch(zone -> zone.region().equals(first)) && !first.equals(spec.region())) {
            String own =
                    zones.stream().map(zone -> spec.region() + zone.letter()).collect(Collectors.joining(", "));
            boolean known = Region.known().contains(spec.region());
            problems.add(
                    PropertyPath.of("region"),
                    (known ? spec.region() : "\"" + spec.region() + "\" is not a known region") + ", but " + zonesKey()
                            + " are zones of " + first,
                    "use " + first + (known ? ", or zones: [" + own + "]" : ""));
        }
    }

    private String zonesKey() {
        return spec.network().orElse(null) instanceof ExistingNetworkSpec ? "network.existing.zones" : "network.zones";
    }

    /** Other partitions have accounts, roles and policies of their own. */
    private void partitions() {
        Partition own = Partition.ofRegion(spec.region());
        spec.cluster().access().keySet().forEach(principal -> own.problemWith(principal.value())
                .ifPresent(problem ->
                        problems.add(problem.at(Place.of(PropertyPath.of("cluster", "access", principal.value()))))));
    }

    private void network() {
        if (spec.network().isEmpty()) {
            problems.add(
                    PropertyPath.of("cluster"),
                    "network is missing: this file creates a cluster",
                    "add network: {cidr: 10.20.0.0/16, zones: [" + spec.region() + "a, " + spec.region() + "b]}");
        }
    }

    private void nodeVersions() {
        nodeVersions(spec, spec.cluster().created().orElseThrow().version(), problems);
    }

    /** Whether nodes go with a control plane. */
    static void nodeVersions(EnvironmentSpec spec, KubernetesVersion controlPlane, Problems problems) {
        spec.nodeGroups()
                .forEach((name, group) ->
                        problems.collect(PropertyPath.of("nodeGroups", name), () -> group.versionIn(controlPlane)));
    }

    private void linuxNodes() {
        boolean linuxNodes = spec.nodeGroups().values().stream()
                .anyMatch(group -> !group.image().isWindows());
        if (!linuxNodes && spec.fargate().isEmpty() && !AutoModeChecks.isOn(spec)) {
            problems.add(
                    PropertyPath.of(spec.nodeGroups().isEmpty() ? "cluster" : "nodeGroups"),
                    "the cluster has no Linux nodes, which CoreDNS and every add-on need",
                    "a node group of another image than Windows, or a Fargate profile",
                    "add nodeGroups: {general: {instanceTypes: [m7g.large]}}");
        }
    }

    private void existingCluster() {
        unused("network", spec.network().isPresent(), "not used with an existing cluster, which brings its own VPC");
        if (spec.cluster() instanceof ExistingClusterSpec existing) {
            ExistingClusterNodes.check(spec, existing, problems);
        } else {
            unused("nodeGroups", !spec.nodeGroups().isEmpty(), "not supported with ROSA");
            unused("fargate", !spec.fargate().isEmpty(), "not supported with ROSA");
        }
    }

    private void unused(String property, boolean present, String found) {
        if (present) {
            problems.add(PropertyPath.of(property), found, "remove " + property);
        }
    }

    private void distribution(Distribution distribution) {
        unused(
                "clusterAuthentication",
                distribution != Distribution.EKS && spec.clusterAuthentication().isPresent(),
                "not used with ROSA, which is reached by cluster.rosa.kubeContext");
        spec.addons().named().values().stream()
                .filter(addon -> !addon.distributions().contains(distribution))
                .forEach(addon -> problems.add(
                        PropertyPath.of("addons", addon.name()),
                        addon.name() + " is not supported on " + distribution,
                        "remove it, and install it from OperatorHub"));
        if (distribution != Distribution.ROSA
                && !spec.workloads().securityContextConstraints().isEmpty()) {
            problems.add(
                    PropertyPath.of("workloads", "securityContextConstraints"),
                    "EKS has no SecurityContextConstraints",
                    "remove it, or label the namespace with pod-security.kubernetes.io/enforce");
        }
    }

    private void buckets() {
        if (!spec.addons().ack().containsKey(AckService.S3)
                && spec.cluster().capabilities().ack().isEmpty()) {
            spec.workloads()
                    .buckets()
                    .keySet()
                    .forEach(namespace -> problems.add(
                            PropertyPath.of("workloads", "buckets", namespace),
                            "the controller that creates buckets is not installed",
                            "add addons: {ack: {s3: {}}}"));
        }
    }
}
