package dev.eksplatform.environment;

import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.InstanceType;
import dev.eksplatform.cluster.NetworkInterfaces;
import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.network.SubnetKind;
import dev.eksplatform.network.SubnetLayout;
import dev.eksplatform.network.Zone;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Subnets with fewer addresses than the largest number of nodes and their pods take, and nodes with fewer than they may be given
 * pods. Sources: <a href="https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html">VPC and subnet requirements</a>, <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html">number of pods</a>.
 */
final class AddressHints {

    /** Free addresses that EKS recommends for the interfaces of the control plane in each of its subnets. */
    private static final int CONTROL_PLANE = 16;

    /** Blocks of a VPC unless AWS raises the quota. */
    private static final int BLOCKS = 5;

    private static final PropertyPath NETWORK = PropertyPath.of("network");

    private final EnvironmentSpec spec;
    private final ClusterSpec cluster;
    private final PodSettings pods;
    private final List<Problem> found = new ArrayList<>();

    private AddressHints(EnvironmentSpec spec, ClusterSpec cluster, PodSettings pods) {
        this.spec = spec;
        this.cluster = cluster;
        this.pods = pods;
    }

    static List<Problem> of(EnvironmentSpec spec) {
        if (spec.network().isEmpty() || spec.cluster().created().isEmpty()) {
            return List.of();
        }
        ClusterSpec cluster = spec.cluster().created().get();
        AddressHints hints =
                new AddressHints(spec, cluster, PodSettings.of(spec.network().get(), cluster));
        spec.nodeGroups().forEach(hints::nodes);
        if (spec.network().get() instanceof NetworkSpec created) {
            hints.network(created);
        }
        hints.egress();
        return hints.found;
    }

    private void network(NetworkSpec network) {
        int blocks = network.associatedBlocks().size() + 1;
        if (blocks > BLOCKS) {
            add(
                    NETWORK.key(network.secondaryCidrs().isEmpty() ? "pods" : "secondaryCidrs"),
                    "the VPC has " + blocks + " blocks, and the quota is " + BLOCKS + " unless AWS has raised it",
                    "use fewer and larger blocks, or ask for a higher quota of IPv4 CIDR blocks per VPC");
        }
        SubnetLayout layout = network.layout();
        for (int zone = 0; zone < layout.count(SubnetKind.CONTROL_PLANE); zone++) {
            if (layout.addresses(SubnetKind.CONTROL_PLANE, zone) < CONTROL_PLANE) {
                add(
                        NETWORK.plus(layout.property(SubnetKind.CONTROL_PLANE, zone)),
                        "the subnet has " + layout.addresses(SubnetKind.CONTROL_PLANE, zone)
                                + " addresses; the control plane needs 6, and EKS recommends " + CONTROL_PLANE,
                        "use a /27 or larger");
            }
        }
        if (!pods.hasOwnNetworking()) {
            compare(network, SubnetKind.PRIVATE);
            compare(network, SubnetKind.PODS);
        }
    }

    /** Reports the zone of a kind of subnets in which most addresses are missing. */
    private void compare(NetworkSpec network, SubnetKind kind) {
        SubnetLayout layout = network.layout();
        Optional<Problem> worst = Optional.empty();
        long most = 0;
        for (int i = 0; i < layout.count(kind); i++) {
            Zone zone = network.zones().get(i);
            Demand demand = demand(network, kind, zone);
            long missing = demand.addresses() - layout.addresses(kind, i);
            if (missing > most) {
                most = missing;
                worst = Optional.of(new Problem(
                        Place.of(NETWORK.plus(layout.property(kind, i))),
                        "the " + (kind == SubnetKind.PODS ? "pods'" : "private") + " subnet of " + zone + " has "
                                + layout.addresses(kind, i) + " addresses, and " + String.join(", ", demand.parts())
                                + " take " + demand.addresses(),
                        fix(kind)));
            }
        }
        worst.ifPresent(found::add);
    }

    private String fix(SubnetKind kind) {
        String smaller = "use a larger block, or lower size.max of the node groups";
        return kind == SubnetKind.PODS || pods.ownSubnets() || pods.ipv6()
                ? smaller
                : smaller + ", or give pods a block of their own with pods: {cidr: 100.64.0.0/16}";
    }

    private record Demand(long addresses, List<String> parts) {

        Demand and(long more, String part) {
            List<String> all = new ArrayList<>(parts);
            all.add(part);
            return new Demand(addresses + more, all);
        }
    }

    /** What a subnet has to have addresses for when every group has its largest size and every node its most pods. */
    private Demand demand(NetworkSpec network, SubnetKind kind, Zone zone) {
        List<Zone> controlPlane = cluster.zones().isEmpty() ? network.initialZones() : cluster.zones();
        Demand demand = new Demand(0, List.of());
        for (String name : spec.nodeGroups().keySet()) {
            NodeGroupSpec group = spec.nodeGroups().get(name);
            List<Zone> zones = group.zones().isEmpty() ? controlPlane : group.zones();
            long each = addresses(group, kind);
            if (zones.contains(zone) && each > 0) {
                int nodes = (group.size().max() + zones.size() - 1) / zones.size();
                demand = demand.and(
                        nodes * each,
                        nodes + (nodes == 1 ? " node of " : " nodes of ") + name + " with up to " + each
                                + (each == 1 ? " address" : " addresses") + (nodes == 1 ? "" : " each"));
            }
        }
        boolean isHost = kind == SubnetKind.PRIVATE
                && controlPlane.contains(zone)
                && network.controlPlaneSubnets().isEmpty();
        return isHost ? demand.and(CONTROL_PLANE, "the control plane with " + CONTROL_PLANE) : demand;
    }

    /** The most addresses that a node of a group takes; of types that are not known nothing but its own. */
    private long addresses(NodeGroupSpec group, SubnetKind kind) {
        boolean onlyItsOwn = pods.ipv6() || pods.ownSubnets() && kind == SubnetKind.PRIVATE;
        long least = kind == SubnetKind.PRIVATE ? 1 : 0;
        return onlyItsOwn || group.image().isWindows()
                ? least
                : group.instanceTypes().stream()
                        .flatMap(type -> InstanceType.find(type).stream())
                        .flatMap(type -> type.interfaces().stream()
                                .map(known -> (long) known.taken(pods.ownSubnets(), prefixes(type))))
                        .reduce(least, Math::max);
    }

    private boolean prefixes(InstanceType type) {
        return pods.usesPrefixes() && type.isNitro();
    }

    /** The first interface of a node has no pods when they have subnets of their own. */
    private void nodes(String name, NodeGroupSpec group) {
        for (int i = 0; i < group.instanceTypes().size() && !group.image().isWindows(); i++) {
            PropertyPath where =
                    PropertyPath.of("nodeGroups", name, "instanceTypes").index(i);
            InstanceType.find(group.instanceTypes().get(i)).ifPresent(type -> {
                type.interfaces().ifPresent(interfaces -> fewerThanGiven(where, type, interfaces));
                if (pods.prefixes() && !type.isNitro()) {
                    add(
                            where,
                            type.name() + " is not built on the Nitro System: its nodes get single addresses instead of"
                                    + " prefixes",
                            "use a newer type, such as m7g.large");
                }
            });
        }
    }

    private void fewerThanGiven(PropertyPath where, InstanceType type, NetworkInterfaces interfaces) {
        if (!pods.ownSubnets() || pods.ipv6()) {
            return;
        }
        int given = Math.min(interfaces.pods(false, prefixes(type)), NetworkInterfaces.MOST_PODS);
        int possible = interfaces.pods(true, prefixes(type));
        if (possible < given) {
            add(
                    where,
                    "a node of type " + type.name() + " has addresses for " + possible
                            + " pods in subnets of their own, but EKS computes a limit of " + given
                            + " with all its interfaces: pods beyond that find no address",
                    prefixes(type)
                            ? "use a larger type, such as m7g.large"
                            : "set prefixDelegation: true in " + pods.property());
        }
    }

    /** Rules for IPv4 addresses let no traffic to IPv6 addresses out. */
    private void egress() {
        boolean onlyIpv4 = cluster.nodeEgress().stream().allMatch(rule -> rule.cidr() instanceof Cidr);
        if (pods.ipv6() && onlyIpv4 && !cluster.nodeEgress().isEmpty()) {
            add(
                    PropertyPath.of("cluster", "nodeEgress"),
                    "no rule is for IPv6 addresses, which pods have: they reach nothing outside of the cluster",
                    "add {cidr: \"::/0\", port: 443}, or what pods need");
        }
    }

    private void add(PropertyPath where, String what, String fix) {
        found.add(new Problem(Place.of(where), what, fix));
    }
}
