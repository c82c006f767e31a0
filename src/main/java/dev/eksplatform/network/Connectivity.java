package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.EnumWords;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a network that is created is connected to: endpoints, routes, and what limits them. Sources: <a
 * href="https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html">routing options</a>, <a
 * href="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html">subnet route tables</a>.
 */
record Connectivity(
        VpcBlocks vpc,
        boolean ipv6,
        List<Zone> zones,
        NatMode nat,
        List<Cidr> natDestinations,
        boolean privateCluster,
        List<NetworkEndpoint> endpoints,
        Set<SubnetKind> networkAcls,
        Optional<BlockPublicAccessSpec> blockPublicAccess,
        Optional<EncryptionControlSpec> encryptionControl,
        Optional<TransitGatewaySpec> transitGateway,
        List<RouteSpec> routes) {

    /** AWS refuses routes to a part of it. */
    private static final Cidr RESERVED = Cidr.parse("169.254.168.0/22");

    private static final String NO_PUBLIC_SUBNETS = "privateCluster has no public subnets";

    void check(Problems problems) {
        if (privateCluster && nat != NatMode.NONE) {
            problems.add(
                    "nat",
                    "NAT gateways with privateCluster, which has no way to the internet",
                    "none",
                    "remove nat, or privateCluster and keep nat: none");
        }
        checkEndpoints(problems);
        Map<SubnetKind, Map<String, PropertyPath>> known = new HashMap<>();
        for (int i = 0; i < natDestinations.size(); i++) {
            known.computeIfAbsent(SubnetKind.PRIVATE, any -> new HashMap<>())
                    .put(
                            natDestinations.get(i).toString(),
                            PropertyPath.of("natGateways", "destinationCidrs").index(i));
        }
        transitGateway.ifPresent(attachment -> {
            destinations("routes", attachment.routes(), SubnetKind.PRIVATE, known, problems);
            destinations("publicRoutes", attachment.publicRoutes(), SubnetKind.PUBLIC, known, problems);
            checkSubnets(attachment.subnets(), problems);
        });
        for (int i = 0; i < routes.size(); i++) {
            for (SubnetKind kind : routes.get(i).subnets()) {
                PropertyPath where = PropertyPath.of("routes").index(i).key("destination");
                route(where, routes.get(i).destination(), kind, known, problems);
            }
        }
        if (privateCluster && networkAcls.contains(SubnetKind.PUBLIC)) {
            problems.add(PropertyPath.of("networkAcls", "public"), NO_PUBLIC_SUBNETS, "remove it");
        }
        blockPublicAccess.ifPresent(block -> checkBlock(block, problems));
        encryptionControl.ifPresent(control -> checkEncryption(control, problems));
    }

    private void checkEndpoints(Problems problems) {
        String region = zones.isEmpty() ? "" : zones.get(0).region();
        EndpointLists.checkDuplicates(PropertyPath.of("endpoints"), endpoints, region, problems);
        for (int i = 0; i < endpoints.size(); i++) {
            EndpointSettings endpoint = endpoints.get(i).settings();
            PropertyPath where = PropertyPath.of("endpoints").index(i);
            if (!endpoint.subnetIds().isEmpty()) {
                problems.add(
                        where.key("subnetIds"),
                        "subnets by id are only for an existing network",
                        "use zones: " + zones);
            }
            EndpointLists.checkZones(where, endpoint, zones, problems);
        }
    }

    private void destinations(
            String property,
            List<RouteDestination> destinations,
            SubnetKind kind,
            Map<SubnetKind, Map<String, PropertyPath>> known,
            Problems problems) {
        for (int i = 0; i < destinations.size(); i++) {
            PropertyPath where = PropertyPath.of("transitGateway", property).index(i);
            route(where, destinations.get(i), kind, known, problems);
        }
    }

    private void route(
            PropertyPath where,
            RouteDestination destination,
            SubnetKind kind,
            Map<SubnetKind, Map<String, PropertyPath>> known,
            Problems problems) {
        String same = destination.block().map(IpBlock::toString).orElse(destination.text());
        PropertyPath first = known.computeIfAbsent(kind, any -> new HashMap<>()).putIfAbsent(same, where);
        boolean everyIpv6 = ipv6 && same.equals("::/0");
        Optional<Cidr> block = destination.block().flatMap(IpBlock::ipv4);
        if (kind != SubnetKind.PUBLIC && kind != SubnetKind.PRIVATE) {
            problems.add(
                    where,
                    "routes of " + kind.word() + " subnets",
                    "private, public: pods and the control plane have the routes of private subnets, intra subnets have none",
                    "route private subnets");
        } else if (kind == SubnetKind.PUBLIC && privateCluster) {
            problems.add(where, NO_PUBLIC_SUBNETS, "remove it, or route private subnets");
        } else if (first != null) {
            problems.add(where, destination + " is routed by " + first + ", too", "remove one of them");
        } else if ((destination.isDefault() || everyIpv6) && kind == SubnetKind.PUBLIC) {
            problems.add(where, destination + " of public subnets leads to the internet gateway already", "remove it");
        } else if (destination.isDefault() && nat != NatMode.NONE && natDestinations.isEmpty()) {
            problems.add(
                    where,
                    destination + " of private subnets leads to NAT gateways already",
                    "set nat: none, or route smaller blocks");
        } else if (everyIpv6 && nat != NatMode.NONE) {
            problems.add(
                    where,
                    destination + " of private subnets leads to the egress-only internet gateway already",
                    "set nat: none, or route smaller blocks");
        } else if (block.flatMap(vpc::with).isPresent()) {
            problems.add(
                    where,
                    destination + " is a part of the VPC, whose traffic stays in it",
                    "blocks outside of " + blocks(),
                    "remove it");
        } else if (block.filter(RESERVED::contains).isPresent()) {
            problems.add(where, destination + " is a part of " + RESERVED + ", which AWS uses itself", "remove it");
        }
    }

    private void checkSubnets(List<Cidr> blocks, Problems problems) {
        PropertyPath property = PropertyPath.of("transitGateway", "subnets");
        if (!blocks.isEmpty() && blocks.size() != zones.size()) {
            problems.add(
                    property,
                    blocks.size() + " blocks for " + zones.size() + " zones",
                    "one block a zone, or none",
                    "give " + zones.size() + " blocks");
        }
        for (int i = 0; i < blocks.size(); i++) {
            Cidr block = blocks.get(i);
            if (vpc.with(block).isEmpty()) {
                problems.add(
                        property.index(i),
                        block + " lies outside the network",
                        vpc.known().isEmpty()
                                ? "remove the blocks, or use a part of a block of secondaryCidrs"
                                : "use a part of " + blocks());
            } else if (block.prefixLength() > SubnetPlan.LARGEST_PREFIX) {
                problems.add(property.index(i), block + " is too small", "a subnet is a /16 to a /28", "use a /28");
            }
            int at = i;
            blocks.subList(0, i).stream()
                    .filter(block::overlaps)
                    .findFirst()
                    .ifPresent(other ->
                            problems.add(property.index(at), block + " overlaps " + other, "move one of them"));
        }
    }

    /** Whether subnets of the attachment overlap the others. */
    static void checkOverlaps(List<Cidr> blocks, List<Cidr> subnets, Problems problems) {
        for (int i = 0; i < blocks.size(); i++) {
            Cidr block = blocks.get(i);
            PropertyPath where = PropertyPath.of("transitGateway", "subnets").index(i);
            subnets.stream()
                    .filter(block::overlaps)
                    .findFirst()
                    .ifPresent(other -> problems.add(
                            where,
                            block + " overlaps the subnet " + other,
                            "use a block that no subnet has, or give publicSubnets and privateSubnets"));
        }
    }

    private String blocks() {
        return vpc.known().stream().map(Cidr::toString).collect(Collectors.joining(", "));
    }

    private void checkBlock(BlockPublicAccessSpec block, Problems problems) {
        PropertyPath property = PropertyPath.of("blockPublicAccess");
        if (block.equals(BlockPublicAccessSpec.none())) {
            problems.add(property, "neither a mode nor an exclusion", "mode, vpc, publicSubnets", "remove it");
        }
        if (privateCluster && block.publicSubnets().isPresent()) {
            problems.add(property.key("publicSubnets"), NO_PUBLIC_SUBNETS, "remove it");
        }
        boolean blocksAll = block.mode().equals(Optional.of(BlockPublicAccessSpec.BlockMode.BLOCK_BIDIRECTIONAL));
        if (blocksAll
                && nat != NatMode.NONE
                && block.vpc().isEmpty()
                && block.publicSubnets().isEmpty()) {
            problems.add(
                    property.key("mode"),
                    "block-bidirectional blocks NAT gateways, too: nodes would have no way to the internet",
                    "set mode: block-ingress, or vpc: allow-egress, or nat: none");
        } else if (blocksAll
                && block.publicSubnets().isPresent()
                && (nat == NatMode.REGIONAL || ipv6 && nat != NatMode.NONE)) {
            problems.add(
                    property.key("publicSubnets"),
                    nat == NatMode.REGIONAL
                            ? "a regional NAT gateway is in no subnet: nodes would have no way to the internet"
                            : "the egress-only internet gateway is in no subnet: IPv6 packets of private subnets are blocked",
                    "set vpc: " + EnumWords.word(block.publicSubnets().get()) + " instead of publicSubnets");
        }
    }

    /** What leaves the VPC unencrypted must be excluded before AWS enforces encryption. */
    private void checkEncryption(EncryptionControlSpec control, Problems problems) {
        PropertyPath property = PropertyPath.of("encryptionControl");
        if (control.mode() == EncryptionControlSpec.EncryptionMode.MONITOR) {
            if (!control.exclusions().isEmpty()) {
                problems.add(
                        property.key("exclusions"),
                        "exclusions with mode: monitor, which refuses nothing",
                        "remove exclusions, or set mode: enforce");
            }
            return;
        }
        Map<EncryptionControlSpec.UnencryptedWay, String> needed = new LinkedHashMap<>();
        if (!privateCluster) {
            needed.put(EncryptionControlSpec.UnencryptedWay.INTERNET_GATEWAY, "internet-gateway");
        }
        if (nat != NatMode.NONE) {
            needed.put(EncryptionControlSpec.UnencryptedWay.NAT_GATEWAY, "nat-gateway");
        }
        if (ipv6 && nat != NatMode.NONE) {
            needed.put(
                    EncryptionControlSpec.UnencryptedWay.EGRESS_ONLY_INTERNET_GATEWAY, "egress-only-internet-gateway");
        }
        Set<RouteTarget.Kind> targets =
                routes.stream().map(route -> route.target().kind()).collect(Collectors.toSet());
        if (targets.contains(RouteTarget.Kind.VPN_GATEWAY)) {
            needed.put(EncryptionControlSpec.UnencryptedWay.VIRTUAL_PRIVATE_GATEWAY, "virtual-private-gateway");
        }
        needed.keySet().removeAll(control.exclusions());
        if (!needed.isEmpty()) {
            problems.add(
                    property.key("exclusions"),
                    "AWS refuses enforce while the network has what does not encrypt: " + needed.values(),
                    "add " + String.join(", ", needed.values()) + " to exclusions"
                            + (nat == NatMode.NONE ? "" : ", or remove it from the network"));
        }
    }
}
