package dev.eksplatform.environment;

import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.InstanceType;
import dev.eksplatform.cluster.IpFamily;
import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.cluster.PodAddresses;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.TagCheck;
import dev.eksplatform.network.ExistingNetworkSpec;
import dev.eksplatform.network.NetworkSource;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.network.SubnetBlocks;
import dev.eksplatform.network.SubnetKind;
import dev.eksplatform.network.Zone;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;

/**
 * Whether the addresses of a network, the cluster and its VPC CNI go together. Sources: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/cni-ipv6.html">IPv6 addresses</a>, <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/cni-custom-network.html">custom networking</a>.
 */
final class AddressChecks {

    private static final PropertyPath NETWORK = PropertyPath.of("network");
    private static final PropertyPath FAMILY = PropertyPath.of("cluster", "ipFamily");
    private static final PropertyPath CNI = PropertyPath.of("cluster", "addons", "vpc-cni", "configuration");

    private final EnvironmentSpec spec;
    private final NetworkSource network;
    private final ClusterSpec cluster;
    private final PodSettings pods;
    private final Problems problems;

    private AddressChecks(EnvironmentSpec spec, NetworkSource network, ClusterSpec cluster, Problems problems) {
        this.spec = spec;
        this.network = network;
        this.cluster = cluster;
        this.problems = problems;
        pods = PodSettings.of(network, cluster);
    }

    static void check(EnvironmentSpec spec, Problems problems) {
        spec.network().ifPresent(network -> spec.cluster().created().ifPresent(cluster -> {
            AddressChecks checks = new AddressChecks(spec, network, cluster, problems);
            checks.cni();
            checks.ipv6();
            checks.windows();
            if (network instanceof NetworkSpec created) {
                checks.labels(created);
                checks.controlPlane(created);
            }
        }));
    }

    /** What the environment sets of the VPC CNI itself must not contradict the network. */
    private void cni() {
        PodAddresses.variables(pods.ownSubnets(), pods.prefixes() || pods.ipv6())
                .forEach((name, value) -> pods.variable(name)
                        .filter(own -> !own.equals(value) && !name.equals("WARM_PREFIX_TARGET"))
                        .ifPresent(own -> problems.add(
                                CNI.key("env").key(name),
                                "\"" + own + "\" contradicts "
                                        + (pods.ownSubnets() || pods.prefixes() ? pods.property() : FAMILY),
                                "remove it: it is set to \"" + value + "\"")));
        if (pods.ownSubnets() && pods.cni().containsKey(PodAddresses.ENI_CONFIG)) {
            problems.add(
                    CNI.key(PodAddresses.ENI_CONFIG),
                    "the subnets of pods are those of " + pods.property(),
                    "remove it, or the subnets there");
        }
    }

    private void ipv6() {
        if (cluster.ipFamily() != IpFamily.IPV6) {
            return;
        }
        if (network instanceof NetworkSpec created && created.ipv6().isEmpty()) {
            problems.add(
                    FAMILY,
                    "pods with IPv6 addresses in a network that has none",
                    "add network.ipv6: amazon-provided, or remove ipFamily");
        }
        if (Partition.ofRegion(spec.region()) == Partition.AWS_CN) {
            problems.add(FAMILY, "EKS has no IPv6 clusters in " + spec.region(), "remove ipFamily");
        }
        if (pods.ownSubnets()) {
            problems.add(
                    network instanceof ExistingNetworkSpec
                            ? pods.property().key("subnetIds")
                            : pods.property().key("cidr"),
                    "the VPC CNI gives pods of an IPv6 cluster no addresses of other subnets, which are not scarce there",
                    "remove it");
        }
        if (cluster.remoteNetwork().isPresent()) {
            problems.add(
                    PropertyPath.of("cluster", "remoteNetwork"),
                    "hybrid nodes in an IPv6 cluster, which EKS does not support",
                    "remove it, or ipFamily");
        }
        spec.nodeGroups().forEach(this::ipv6);
    }

    /**
     * Source: <a href="https://docs.aws.amazon.com/eks/latest/userguide/windows-support.html">deploy Windows nodes,
     * considerations</a>.
     */
    private void windows() {
        if (pods.ownSubnets()) {
            spec.nodeGroups().forEach((name, group) -> {
                if (group.image().isWindows()) {
                    problems.add(
                            PropertyPath.of("nodeGroups", name, "image"),
                            "pods on Windows nodes get no addresses of other subnets than those of their nodes",
                            "use another image, or remove the subnets of " + pods.property());
                }
            });
        }
    }

    private void ipv6(String name, NodeGroupSpec group) {
        PropertyPath where = PropertyPath.of("nodeGroups", name);
        if (group.image().isWindows()) {
            problems.add(
                    where.key("image"),
                    "Windows nodes in an IPv6 cluster, which EKS does not support",
                    "use another image, or another cluster");
        }
        List<String> types = group.instanceTypes();
        for (int i = 0; i < types.size(); i++) {
            String type = types.get(i);
            if (InstanceType.find(type).filter(known -> !known.isNitro()).isPresent()) {
                problems.add(
                        where.key("instanceTypes").index(i),
                        type + " is not built on the Nitro System, which nodes of an IPv6 cluster have to be",
                        "use a newer type, such as m7g.large");
            }
        }
    }

    private void labels(NetworkSpec created) {
        created.subnetTags().forEach((kind, tags) -> TagCheck.texts(kindOf("subnetTags", kind), tags, problems));
        created.zoneTags()
                .forEach((zone, tags) -> TagCheck.texts(NETWORK.key("zoneTags").key(zone.name()), tags, problems));
        created.subnetNames().forEach((kind, names) -> {
            for (int i = 0; i < names.size(); i++) {
                TagCheck.value(kindOf("subnetNames", kind).index(i), names.get(i), problems);
            }
        });
    }

    private static PropertyPath kindOf(String property, SubnetKind kind) {
        return NETWORK.key(property).key(kind.word());
    }

    /** Subnets of the control plane are those of the first zones, which need not be its own. */
    private void controlPlane(NetworkSpec created) {
        if (created.controlPlaneSubnets().orElse(null) instanceof SubnetBlocks.Given given) {
            List<Zone> zones = cluster.zones();
            for (int i = 0; i < zones.size(); i++) {
                int index = created.zones().indexOf(zones.get(i));
                if (index >= given.blocks().size()) {
                    problems.add(
                            NETWORK.key("controlPlaneSubnets"),
                            "no block for " + zones.get(i) + ", a zone of the control plane",
                            "one for each zone up to that",
                            "add " + (index + 1 - given.blocks().size()));
                }
            }
        }
    }
}
