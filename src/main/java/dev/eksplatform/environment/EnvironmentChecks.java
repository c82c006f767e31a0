package dev.eksplatform.environment;

import dev.eksplatform.addon.AckService;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.NodeImage;
import dev.eksplatform.cluster.RosaClusterSpec;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.Region;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.network.Zone;
import dev.eksplatform.problem.Problem;
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
        new EnvironmentChecks(spec, checks.reading(zones)).zones();
        new PlacementChecks(
                        spec,
                        checks.reading(cluster, zones, PropertyPath.of("network", "existing", "privateSubnetIds")))
                .check();
        ClosedNetwork.check(spec, checks.reading(region, network, network.key("nat"), cluster));
        new EnvironmentChecks(spec, checks.reading(region)).partitions();
        spec.nodeGroups().forEach((name, group) -> checks.problems()
                .collect(PropertyPath.of("nodeGroups", name), group::sharedArchitecture));
        if (spec.cluster() instanceof ClusterSpec) {
            new EnvironmentChecks(spec, checks.reading(network)).network();
            CrossChecks nodes = checks.readingAll("nodeGroups").readingAll("fargate");
            new EnvironmentChecks(spec, nodes.reading()).linuxNodes();
        } else {
            new EnvironmentChecks(spec, checks.reading(cluster)).existingCluster();
        }
        if (spec.cluster() instanceof RosaClusterSpec) {
            new EnvironmentChecks(spec, checks.reading(cluster)).rosa();
        }
        new EnvironmentChecks(spec, checks.readingAll("addons").reading()).buckets();
        new EnvironmentChecks(spec, checks.reading(cluster)).securityContextConstraints();
    }

    /** Zones of another region than {@code region} are one mistake, whether it is in the region or in the zones. */
    private void zones() {
        if (!(spec.network().orElse(null) instanceof NetworkSpec network)) {
            return;
        }
        List<Zone> zones = network.zones();
        String first = zones.get(0).region();
        if (zones.stream().allMatch(zone -> zone.region().equals(first)) && !first.equals(spec.region())) {
            String own =
                    zones.stream().map(zone -> spec.region() + zone.letter()).collect(Collectors.joining(", "));
            boolean known = Region.known().contains(spec.region());
            problems.add(
                    "region",
                    (known ? spec.region() : "\"" + spec.region() + "\" is not a known region")
                            + ", but network.zones are zones of " + first,
                    "the region of the zones",
                    "use " + first + (known ? ", or zones: [" + own + "]" : ""));
        }
    }

    /** Other partitions have accounts, roles and policies of their own. */
    private void partitions() {
        Partition own = Partition.ofRegion(spec.region());
        if (spec.cluster() instanceof ClusterSpec cluster) {
            cluster.access().keySet().forEach(principal -> own.problemWith(principal.value())
                    .ifPresent(problem -> problems.add(problem.at("cluster.access[\"" + principal + "\"]"))));
        }
    }

    private void network() {
        if (spec.network().isEmpty()) {
            problems.add(
                    "cluster",
                    "a cluster to make, without a network",
                    "a network with cidr and zones, or an existing one",
                    "add network: {cidr: 10.20.0.0/16, zones: [" + spec.region() + "a, " + spec.region() + "b]}");
        }
    }

    private void linuxNodes() {
        boolean linuxNodes =
                spec.nodeGroups().values().stream().anyMatch(group -> group.image() != NodeImage.WINDOWS_2022);
        if (!linuxNodes && spec.fargate().isEmpty()) {
            problems.add(
                    spec.nodeGroups().isEmpty() ? "cluster" : "nodeGroups",
                    "a cluster without Linux nodes, which CoreDNS and every add-on need",
                    "a node group of another image than windows-2022, or a Fargate profile",
                    "add nodeGroups: {general: {instanceTypes: [m7g.large]}}");
        }
    }

    private void existingCluster() {
        String owner = "with a cluster that exists already";
        if (spec.network().isPresent()) {
            unused("network", "a network " + owner + ", whose network is its own");
        }
        if (!spec.nodeGroups().isEmpty()) {
            unused("nodeGroups", "node groups " + owner);
        }
        if (!spec.fargate().isEmpty()) {
            unused("fargate", "Fargate profiles " + owner);
        }
    }

    private void unused(String property, String found) {
        problems.add(property, found, "these only with a cluster that is made here", "remove " + property);
    }

    private void rosa() {
        if (spec.clusterAuthentication().isPresent()) {
            problems.add(
                    "clusterAuthentication",
                    "authentication of EKS with ROSA, which is reached by cluster.rosa.kubeContext",
                    "this only with EKS",
                    "remove clusterAuthentication");
        }
        notOnRosa("addons.cert-manager", spec.addons().certManager().isPresent());
        notOnRosa(
                "addons.aws-load-balancer-controller",
                spec.addons().loadBalancerController().isPresent());
    }

    private void notOnRosa(String property, boolean present) {
        if (present) {
            problems.add(
                    property,
                    "an add-on of EKS on ROSA, which has its own operator for it",
                    "ack and helm on ROSA",
                    "remove it, and use a Route or the operator from OperatorHub");
        }
    }

    private void buckets() {
        boolean makesBuckets = spec.addons().ack().containsKey(AckService.S3);
        spec.workloads().buckets().keySet().forEach(namespace -> {
            if (!makesBuckets) {
                problems.add(
                        Problem.property("workloads.buckets", namespace),
                        "a bucket to make without the controller that makes it",
                        "buckets with addons.ack.s3",
                        "add addons: {ack: {s3: {}}}");
            }
        });
    }

    private void securityContextConstraints() {
        if (!(spec.cluster() instanceof RosaClusterSpec)
                && !spec.workloads().securityContextConstraints().isEmpty()) {
            problems.add(
                    "workloads.securityContextConstraints",
                    "SecurityContextConstraints on EKS, which has none",
                    "these only on ROSA",
                    "remove it, or label the namespace with pod-security.kubernetes.io/enforce");
        }
    }
}
