package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Binder;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether network ACLs let through what a cluster needs.
 *
 * @param flows what must be let through
 */
record AclFlows(List<Flow> flows) {

    /**
     * Traffic through a network ACL.
     *
     * @param subnets of which subnets
     * @param direction into or out of them
     * @param protocol its protocol
     * @param ports the ports it goes to
     * @param peer the other side
     * @param what what it is for
     * @param way in which networks there is such traffic
     */
    record Flow(
            SubnetKind subnets,
            Direction direction,
            NetworkAclRule.AclProtocol protocol,
            PortRange ports,
            Peer peer,
            String what,
            Way way) {

        @Defaults
        static Flow of(
                SubnetKind subnets,
                Direction direction,
                NetworkAclRule.AclProtocol protocol,
                PortRange ports,
                Peer peer,
                String what) {
            return new Flow(subnets, direction, protocol, ports, peer, what, Way.NONE);
        }
    }

    enum Direction {
        INGRESS,
        EGRESS
    }

    /** The other side: the whole VPC, or some addresses of the internet. */
    enum Peer {
        VPC,
        INTERNET
    }

    /** The way to the internet that a network must have. */
    enum Way {
        NONE,
        NAT,
        ANY
    }

    private static final int USUAL_RULES = 20;

    /** Warns of what the network ACLs of a network cut off, and of more rules than AWS allows without a request. */
    static void warn(NetworkSpec spec, Problems warnings) {
        if (spec.networkAcls().isEmpty()) {
            return;
        }
        List<Flow> all =
                Binder.ofProgram(AclFlows.class, "network-acl-flows.yaml").flows();
        spec.networkAcls().forEach((kind, acl) -> {
            PropertyPath property = PropertyPath.of("networkAcls").key(kind.word());
            for (Direction direction : Direction.values()) {
                List<NetworkAclRule> rules = direction == Direction.INGRESS ? acl.ingress() : acl.egress();
                PropertyPath where = property.key(direction == Direction.INGRESS ? "ingress" : "egress");
                if (rules.size() > USUAL_RULES) {
                    warnings.add(
                            where,
                            rules.size() + " rules, of which AWS allows " + USUAL_RULES + " by default",
                            "ask AWS to raise the quota before the apply, or join rules");
                }
                all.stream()
                        .filter(flow -> flow.subnets() == kind && flow.direction() == direction)
                        .filter(flow -> exists(flow.way(), spec))
                        .forEach(flow -> blocks(spec, flow)
                                .filter(block -> !lets(flow, rules, block))
                                .forEach(block -> warnings.add(where, cutOff(flow, block), fix(flow, block))));
                boolean ipv6 = rules.stream()
                        .anyMatch(rule ->
                                rule.cidr().ipv4().isEmpty() && rule.action() == NetworkAclRule.AclAction.ALLOW);
                if (spec.ipv6().isPresent() && !ipv6 && kind == SubnetKind.PRIVATE) {
                    warnings.add(
                            where,
                            "no rule allows IPv6 addresses, which the network has: all IPv6 packets are dropped",
                            "allow all with cidr \"::/0\", or what is needed, or remove ipv6");
                }
            }
        });
    }

    /**
     * The blocks of the VPC, as far as they are known, with the subnets of the other side: nodes, and for private subnets pods and the
     * control plane, too. For the internet it is the first block, which is not a part of that.
     */
    private static Stream<Cidr> blocks(NetworkSpec spec, Flow flow) {
        if (flow.peer() == Peer.INTERNET) {
            return spec.block().stream();
        }
        SubnetLayout layout = spec.layout();
        List<SubnetKind> kinds = flow.subnets() == SubnetKind.PUBLIC
                ? List.of(SubnetKind.PRIVATE)
                : List.of(SubnetKind.PRIVATE, SubnetKind.PODS, SubnetKind.CONTROL_PLANE);
        List<Cidr> used = kinds.stream()
                .flatMap(kind -> IntStream.range(0, layout.count(kind))
                        .boxed()
                        .flatMap(zone -> layout.block(kind, zone).stream()))
                .toList();
        return spec.ipv4Blocks().values().stream().filter(block -> used.stream().anyMatch(block::contains));
    }

    private static boolean exists(Way way, NetworkSpec spec) {
        return switch (way) {
            case NONE -> true;
            case NAT -> spec.nat() != NatMode.NONE;
            case ANY -> !spec.isClosed();
        };
    }

    private static String cutOff(Flow flow, Cidr vpc) {
        return "the rules cut off " + flow.what() + ": " + packets(flow, vpc) + " are dropped";
    }

    private static String packets(Flow flow, Cidr vpc) {
        return flow.protocol().word() + " packets " + (flow.direction() == Direction.INGRESS ? "from " : "to ")
                + (flow.peer() == Peer.VPC ? vpc.toString() : "the internet") + " to port" + (isOne(flow) ? " " : "s ")
                + flow.ports();
    }

    private static boolean isOne(Flow flow) {
        return flow.ports().from() == flow.ports().to();
    }

    private static String fix(Flow flow, Cidr vpc) {
        return "allow " + flow.protocol().word() + " " + flow.ports() + " with cidr "
                + (flow.peer() == Peer.VPC ? vpc : "0.0.0.0/0");
    }

    private static boolean lets(Flow flow, List<NetworkAclRule> rules, Cidr vpc) {
        List<NetworkAclRule> about = rules.stream()
                .filter(rule -> rule.cidr().ipv4().isPresent())
                .filter(rule -> rule.protocol() == NetworkAclRule.AclProtocol.ALL || rule.protocol() == flow.protocol())
                .sorted(Comparator.comparingInt(NetworkAclRule::number))
                .toList();
        Set<NetworkAclRule.AclAction> outcomes = EnumSet.noneOf(NetworkAclRule.AclAction.class);
        if (flow.peer() == Peer.VPC) {
            decide(vpc, flow.ports(), about, block -> true, outcomes);
            return !outcomes.contains(NetworkAclRule.AclAction.DENY);
        }
        decide(Cidr.parse("0.0.0.0/0"), flow.ports(), about, block -> isPublic(block, vpc), outcomes);
        return outcomes.contains(NetworkAclRule.AclAction.ALLOW);
    }

    private static boolean isPublic(Cidr block, Cidr vpc) {
        return !vpc.contains(block)
                && ReservedBlocks.refusedForPublicEndpoint(block).isEmpty();
    }

    /** Adds what happens to packets of each part of a block about which the rules are of one mind. */
    private static void decide(
            Cidr block,
            PortRange ports,
            List<NetworkAclRule> rules,
            Predicate<Cidr> counts,
            Set<NetworkAclRule.AclAction> outcomes) {
        boolean mixed = rules.stream()
                .map(rule -> rule.cidr().ipv4().orElseThrow())
                .anyMatch(other -> block.contains(other) && !other.equals(block));
        if (mixed) {
            decide(block.part(1, 0), ports, rules, counts, outcomes);
            decide(block.part(1, 1), ports, rules, counts, outcomes);
        } else if (counts.test(block)) {
            List<NetworkAclRule> about = rules.stream()
                    .filter(rule -> rule.cidr().ipv4().orElseThrow().contains(block))
                    .toList();
            boolean allowed =
                    starts(ports, about).allMatch(port -> action(port, about) == NetworkAclRule.AclAction.ALLOW);
            outcomes.add(allowed ? NetworkAclRule.AclAction.ALLOW : NetworkAclRule.AclAction.DENY);
        }
    }

    /** The first port of each stretch about which the rules are of one mind. */
    private static Stream<Integer> starts(PortRange ports, List<NetworkAclRule> rules) {
        Set<Integer> starts = new TreeSet<>(Set.of(ports.from()));
        rules.forEach(rule -> {
            starts.add(rule.portsOrAll().from());
            starts.add(rule.portsOrAll().to() + 1);
        });
        return starts.stream().filter(port -> port >= ports.from() && port <= ports.to());
    }

    private static NetworkAclRule.AclAction action(int port, List<NetworkAclRule> rules) {
        return rules.stream()
                .filter(rule -> rule.portsOrAll().from() <= port
                        && port <= rule.portsOrAll().to())
                .map(NetworkAclRule::action)
                .findFirst()
                .orElse(NetworkAclRule.AclAction.DENY);
    }
}
