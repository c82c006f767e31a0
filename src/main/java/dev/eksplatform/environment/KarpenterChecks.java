package dev.eksplatform.environment;

import dev.eksplatform.addon.AwsNodeTerminationHandlerSpec;
import dev.eksplatform.addon.HelmReleaseSpec;
import dev.eksplatform.addon.KarpenterSpec;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.Ec2NodeClassSpec;
import dev.eksplatform.cluster.ExistingClusterSpec;
import dev.eksplatform.cluster.FargateProfileSpec;
import dev.eksplatform.cluster.KarpenterObjects;
import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.cluster.NodePoolSpec;
import dev.eksplatform.cluster.NodeProvisioner;
import dev.eksplatform.cluster.PrincipalArn;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.network.NetworkSource;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.network.SubnetKind;
import dev.eksplatform.network.Zone;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Karpenter beside the other parts of an environment: what creates nodes as well, where its controller runs, and what its nodes need.
 * Sources: <a href="https://karpenter.sh/docs/getting-started/getting-started-with-karpenter/">getting started</a>, <a
 * href="https://karpenter.sh/docs/faq/#what-is-the-difference-between-karpenter-and-the-kubernetes-cluster-autoscaler">Karpenter and the Cluster
 * Autoscaler</a>, <a href="https://karpenter.sh/docs/faq/#should-i-use-karpenter-interruption-handling-alongside-node-termination-handler">Karpenter
 * and the Node Termination Handler</a>.
 *
 * @param spec the environment
 * @param karpenter its Karpenter
 * @param problems collects what was found
 */
record KarpenterChecks(EnvironmentSpec spec, KarpenterSpec karpenter, Problems problems) {

    private static final PropertyPath PROPERTY = PropertyPath.of("addons", KarpenterSpec.NAME);
    private static final String CLUSTER_AUTOSCALER = "cluster-autoscaler";
    private static final String NAMESPACE = "kube-system";

    /** The value by which the AWS Node Termination Handler leaves nodes without its tag. */
    private static final String ONLY_TAGGED = "checkTagBeforeDraining";

    /** The taint of nodes for system pods, which its pods tolerate. */
    private static final String SYSTEM_TAINT = "CriticalAddonsOnly";

    private static Optional<KarpenterSpec> of(EnvironmentSpec spec) {
        return spec.addons().named().get(KarpenterSpec.NAME) instanceof KarpenterSpec karpenter
                ? Optional.of(karpenter)
                : Optional.empty();
    }

    static void check(EnvironmentSpec spec, CrossChecks checks) {
        PropertyPath network = PropertyPath.of("network");
        PropertyPath cluster = PropertyPath.of("cluster");
        of(spec).ifPresent(karpenter -> {
            NodeProvisioner.KARPENTER.check(PROPERTY.key("nodePools"), karpenter.nodePools(), checks.reading());
            new KarpenterChecks(spec, karpenter, checks.reading(cluster)).others();
            new KarpenterChecks(spec, karpenter, checks.reading(cluster)).nodesOfItsPods();
            new KarpenterChecks(spec, karpenter, checks.reading(cluster, network)).discovery();
            new KarpenterChecks(spec, karpenter, checks.reading(network, network.key("zones"))).zones();
            new KarpenterChecks(spec, karpenter, checks.reading(cluster, PropertyPath.of("region"))).roles();
        });
    }

    /** What does the same. */
    private void others() {
        if (AutoModeChecks.isOn(spec)) {
            problems.add(
                    PROPERTY,
                    "Karpenter creates nodes, which EKS Auto Mode does itself",
                    "remove it, and add its node pools to cluster.autoMode");
        }
        List<PropertyPath> autoscalers = new ArrayList<>();
        if (spec.addons().named().containsKey(CLUSTER_AUTOSCALER)) {
            autoscalers.add(PropertyPath.of("addons", CLUSTER_AUTOSCALER));
        }
        spec.addons().helm().forEach((name, release) -> {
            if (isChart(release, CLUSTER_AUTOSCALER)) {
                autoscalers.add(PropertyPath.of("addons", "helm", name));
            }
        });
        autoscalers.forEach(where -> problems.add(
                where,
                "the Cluster Autoscaler and Karpenter both add nodes for the same pods",
                "keep one of them; Karpenter needs a node group of a fixed size only"));
        if (spec.addons().named().get(AwsNodeTerminationHandlerSpec.NAME)
                instanceof AwsNodeTerminationHandlerSpec handler) {
            PropertyPath where = PropertyPath.of("addons", AwsNodeTerminationHandlerSpec.NAME);
            if (handler.autoScalingGroups().isEmpty()) {
                problems.add(
                        where,
                        "Karpenter drains nodes that are interrupted itself",
                        "remove it, or name the autoScalingGroups whose nodes it drains");
            } else if (Boolean.FALSE.equals(handler.values().get(ONLY_TAGGED))) {
                problems.add(
                        where.key("values").key(ONLY_TAGGED),
                        "it would drain nodes of Karpenter, too, which drains them itself",
                        "remove it");
            }
        }
    }

    private static boolean isChart(HelmReleaseSpec release, String chart) {
        return release.chart().equals(chart) || release.chart().endsWith("/" + chart);
    }

    /** Its pods start before it can create a node, and run on none of its own. */
    private void nodesOfItsPods() {
        if (spec.cluster().created().isEmpty() || AutoModeChecks.isOn(spec)) {
            return;
        }
        if (isOnFargate(spec, NAMESPACE)) {
            return;
        }
        if (NodeTaints.of(spec).groups().isEmpty()) {
            problems.add(
                    PROPERTY,
                    "no node for its controller, which runs on no node of its own",
                    "a node group, or a Fargate profile for " + NAMESPACE,
                    "add nodeGroups: {system: {instanceTypes: [m7g.large], size: {min: 2, desired: 2, max: 2}}}");
        } else if (groupsOfItsPods().isEmpty()) {
            problems.add(
                    placeOfTolerations(),
                    "no node for its controller: each node group has a taint that it does not tolerate",
                    "a node group without taints, or with the taint " + SYSTEM_TAINT,
                    "use the taint {key: " + SYSTEM_TAINT
                            + ", effect: no-schedule}, or add values: {tolerations: […]}");
        }
    }

    private PropertyPath placeOfTolerations() {
        PropertyPath values = PROPERTY.key("values");
        return karpenter.values().isEmpty()
                ? PROPERTY
                : karpenter.values().containsKey("tolerations") ? values.key("tolerations") : values;
    }

    private static boolean isOnFargate(EnvironmentSpec spec, String namespace) {
        return spec.fargate().values().stream()
                .map(FargateProfileSpec::selectors)
                .flatMap(List::stream)
                .anyMatch(selector -> selector.isFor(namespace));
    }

    private List<NodeGroupSpec> groupsOfItsPods() {
        return NodeTaints.of(spec)
                .open(
                        key -> !karpenter.values().containsKey("tolerations") && key.equals(SYSTEM_TAINT),
                        karpenter.values());
    }

    /** Whether exactly the subnets and the security group of nodes are found. */
    private void discovery() {
        String name = spec.cluster().clusterName(spec.environment());
        if (spec.network().orElse(null) instanceof NetworkSpec created) {
            created.subnetTags().forEach((kind, tags) -> {
                String value = tags.get(KarpenterSpec.DISCOVERY);
                if (value != null && (kind != SubnetKind.PRIVATE || !value.equals(name))) {
                    problems.add(
                            PropertyPath.of("network", "subnetTags", kind.word(), KarpenterSpec.DISCOVERY),
                            "Karpenter finds the subnets of its nodes by this tag, and private subnets have it already",
                            "remove it");
                }
            });
        }
        if (spec.cluster() instanceof ClusterSpec created
                && created.securityGroupTags().containsKey(KarpenterSpec.DISCOVERY)) {
            problems.add(
                    PropertyPath.of("cluster", "securityGroupTags", KarpenterSpec.DISCOVERY),
                    "nodes of Karpenter would have the cluster security group, too: two groups with the tag"
                            + " kubernetes.io/cluster/" + name + ", which the AWS Load Balancer Controller refuses",
                    "remove it: the security group of nodes has the tag");
        }
        if (spec.cluster() instanceof ExistingClusterSpec existing
                && existing.subnetIds().isEmpty()) {
            karpenter.objects().nodeClasses().forEach((nodeClass, of) -> {
                if (of.subnets().isEmpty()) {
                    problems.add(
                            nodeClass(nodeClass, karpenter.nodeClasses()),
                            "no subnets: those of the control plane of an existing cluster may be public ones",
                            "add cluster.existing.subnetIds, or subnets of the node class " + nodeClass);
                }
            });
        }
    }

    private static PropertyPath nodeClass(String name, Map<String, Ec2NodeClassSpec> given) {
        return given.containsKey(name) ? PROPERTY.key("nodeClasses").key(name) : PROPERTY;
    }

    private void zones() {
        List<Zone> known = spec.network().map(NetworkSource::zones).orElse(List.of());
        karpenter.nodePools().forEach((name, pool) -> {
            PropertyPath where = PROPERTY.key("nodePools").key(name).key("zones");
            boolean ownSubnets = Optional.ofNullable(
                            karpenter.objects().nodeClasses().get(pool.nodeClass()))
                    .filter(nodeClass -> !nodeClass.subnets().isEmpty())
                    .isPresent();
            zones(where, pool, ownSubnets ? List.of() : known);
        });
    }

    private void zones(PropertyPath where, NodePoolSpec pool, List<Zone> known) {
        for (int i = 0; i < pool.zones().size(); i++) {
            Zone zone = pool.zones().get(i);
            if (!zone.region().equals(spec.region())) {
                problems.add(where.index(i), zone + " is not a zone of " + spec.region(), "use a zone of the network");
            } else if (!known.isEmpty() && !known.contains(zone)) {
                problems.add(
                        where.index(i),
                        "the network has no subnet in " + zone,
                        known.toString(),
                        "use one of those, or add " + zone + " to the network");
            }
        }
    }

    /** Roles of the account, each with one access entry, which says whether nodes run Linux or Windows. */
    private void roles() {
        Map<String, PropertyPath> taken = new HashMap<>();
        spec.nodeGroups().forEach((name, group) -> group.roleArn()
                .ifPresent(arn -> taken.put(arn, PropertyPath.of("nodeGroups", name, "roleArn"))));
        for (PrincipalArn principal : spec.cluster().access().keySet()) {
            taken.put(principal.value(), PropertyPath.of("cluster", "access", principal.value()));
        }
        Map<String, Boolean> systems = new HashMap<>();
        karpenter.nodeRole().roleArn().ifPresent(arn -> {
            systems.put(arn, false);
            role(PROPERTY.key("nodeRole").key("roleArn"), arn, taken);
        });
        KarpenterObjects objects = karpenter.objects();
        karpenter.nodeClasses().forEach((name, nodeClass) -> nodeClass.role().ifPresent(arn -> {
            PropertyPath where = PROPERTY.key("nodeClasses").key(name).key("role");
            role(where, arn, taken);
            boolean windows = objects.isWindows(name);
            if (systems.merge(arn, windows, (before, now) -> before) != windows) {
                problems.add(
                        where,
                        "the role is that of nodes of another operating system, and has one access entry only",
                        "use a role of their own for Windows nodes");
            }
        }));
    }

    private void role(PropertyPath where, String arn, Map<String, PropertyPath> taken) {
        Partition.ofRegion(spec.region())
                .problemWith(arn)
                .ifPresent(problem -> problems.add(problem.at(Place.of(where))));
        PropertyPath owner = taken.get(arn);
        if (owner != null) {
            problems.add(
                    where,
                    "the role has an access entry already, by " + owner,
                    "use another role, or let one be created");
        }
    }

    /** Replicas of its controller that have no node to run on. */
    static List<Problem> warnings(EnvironmentSpec spec) {
        KarpenterSpec karpenter = of(spec).orElse(null);
        if (karpenter == null || spec.cluster().created().isEmpty()) {
            return List.of();
        }
        KarpenterChecks checks = new KarpenterChecks(spec, karpenter, new Problems());
        checks.replicas();
        return checks.problems.found();
    }

    private void replicas() {
        int nodes = groupsOfItsPods().stream()
                .mapToInt(group -> group.size().desired())
                .sum();
        if (!isOnFargate(spec, NAMESPACE) && nodes > 0 && nodes < karpenter.replicas()) {
            problems.add(
                    PROPERTY.key("replicas"),
                    karpenter.replicas() + " replicas, each on a node of its own, and node groups with " + nodes
                            + (nodes == 1 ? " node" : " nodes"),
                    "add nodes to a group, or use replicas: " + nodes);
        }
    }
}
