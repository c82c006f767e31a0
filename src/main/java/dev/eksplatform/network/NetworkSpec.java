package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A network that is created: a VPC with one public and one private subnet in each zone.
 *
 * @param cidr the address block of the VPC, /16 to /28; /16 to /22 when the subnets are planned
 * @param zones two to seven availability zones of the region. Add new ones at the end and remove only the last: their
 *     order decides the blocks of the subnets and the zone of a single NAT gateway
 * @param nat how nodes in private subnets reach the internet; default {@code single}
 * @param publicSubnets blocks of the public subnets, one per zone; default planned from {@code cidr}
 * @param privateSubnets blocks of the private subnets, one per zone; default planned from {@code cidr}
 * @param flowLogs whether the traffic of the VPC is logged to CloudWatch, or settings; default true
 * @param endpoints AWS services that are reached through VPC endpoints; default none with NAT gateways, else those
 *     that nodes and add-ons call. Each except {@code s3} and {@code dynamodb} costs by the hour and zone. With
 *     {@code privateCluster} further ones, and settings
 * @param privateCluster whether the network has no way to the internet: no NAT gateways, no public subnets, a private API
 *     endpoint, and an endpoint of every service that the environment calls; default false. Sets {@code nat: none}
 * @param networkAcls network ACLs by {@code public} and {@code private} subnets; default that of AWS, which allows everything
 * @param dhcpOptions DNS and NTP servers of instances; default those of AWS
 * @param blockPublicAccess VPC Block Public Access: the setting of the account, or exclusions of this VPC; default none
 * @param encryptionControl whether traffic in the VPC is encrypted; default not controlled. Needs AWS provider 6.23 or newer
 * @param transitGateway the attachment to a transit gateway; default none
 * @param routes routes beside those of the network itself; default none
 */
@RecordBuilder
public record NetworkSpec(
        @Example("10.20.0.0/16") Cidr cidr,

        @Example("[eu-central-1a, eu-central-1b]")
        @Limit(minItems = NetworkSpec.MIN_ZONES, maxItems = SubnetPlan.MAX_ZONES, unique = true)
        List<Zone> zones,

        @Example("per-zone") NatMode nat,

        @Example("[10.20.0.0/24, 10.20.1.0/24]") List<Cidr> publicSubnets,

        @Example("[10.20.64.0/18, 10.20.128.0/18]") List<Cidr> privateSubnets,

        @Example("true") FlowLogs flowLogs,

        @Example("[s3, ecr.api, ecr.dkr]") Optional<List<NetworkEndpoint>> endpoints,

        @Example("true") boolean privateCluster,

        @Example("{private: {ingress: [{number: 100, cidr: 10.0.0.0/8, protocol: all}], egress: []}}")
        Map<SubnetKind, NetworkAclSpec> networkAcls,

        @Example("{domainNameServers: [10.0.0.2]}") Optional<DhcpOptionsSpec> dhcpOptions,

        @Example("{mode: block-ingress}") Optional<BlockPublicAccessSpec> blockPublicAccess,

        @Example("{mode: monitor}") Optional<EncryptionControlSpec> encryptionControl,

        @Example("{id: tgw-0a1b2c3d4e5f60718, routes: [10.0.0.0/8]}")
        Optional<TransitGatewaySpec> transitGateway,

        @Example("[{destination: 192.168.0.0/16, target: pcx-0a1b2c3d4e5f60718}]")
        List<RouteSpec> routes)
        implements NetworkSource, NetworkSpecBuilder.With {

    /** EKS needs subnets in at least two zones. */
    static final int MIN_ZONES = 2;

    /**
     * Checks the block, the zones and the subnets.
     *
     * <p>Sources: <a href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html">VPC CIDR blocks</a>
     * (/16 to /28), <a href="https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html">EKS networking
     * requirements</a> (two zones).
     */
    public NetworkSpec {
        zones = Components.list("zones", zones);
        publicSubnets = Components.list("publicSubnets", publicSubnets);
        privateSubnets = Components.list("privateSubnets", privateSubnets);
        endpoints = endpoints.map(List::copyOf);
        nat = privateCluster && nat == NatMode.SINGLE ? NatMode.NONE : nat;
        networkAcls = Components.map("networkAcls", networkAcls);
        routes = Components.list("routes", routes);
        Problems problems = new Problems();
        checkZones(zones, problems);
        new Connectivity(
                        cidr,
                        zones,
                        nat,
                        privateCluster,
                        endpoints.orElse(List.of()),
                        networkAcls.keySet(),
                        blockPublicAccess,
                        encryptionControl,
                        transitGateway,
                        routes)
                .check(problems);
        if (cidr.prefixLength() < SubnetPlan.SMALLEST_PREFIX || cidr.prefixLength() > SubnetPlan.LARGEST_PREFIX) {
            problems.add(
                    "cidr",
                    cidr + " is a /" + cidr.prefixLength(),
                    "a VPC's block is a /16 to a /28",
                    cidr.prefixLength() < SubnetPlan.SMALLEST_PREFIX ? "use a /16 of it" : "use a larger block");
        } else if (ReservedBlocks.refusedForVpc(cidr).isPresent()) {
            problems.add(
                    "cidr",
                    cidr + " lies in " + ReservedBlocks.refusedForVpc(cidr).get(),
                    "blocks that AWS accepts for a VPC, such as those of 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16",
                    "use a block such as 10.20.0.0/16");
        } else if (publicSubnets.isEmpty() && privateSubnets.isEmpty()) {
            if (problems.isEmpty()) {
                int count = zones.size();
                problems.collect(PropertyPath.of("cidr"), () -> SubnetPlan.of(cidr, count));
            }
        } else {
            checkSubnets(cidr, zones, publicSubnets, privateSubnets, privateCluster, problems);
        }
        if (problems.isEmpty() && transitGateway.isPresent()) {
            SubnetPlan plan = plan(cidr, zones, publicSubnets, privateSubnets);
            Connectivity.checkOverlaps(transitGateway.get().subnets(), plan, problems);
        }
        problems.throwIfAny();
    }

    /**
     * A network with the defaults, whose subnets are planned.
     *
     * @param cidr the VPC's block
     * @param zones the zones
     * @return the spec
     */
    @Defaults
    public static NetworkSpec of(Cidr cidr, List<Zone> zones) {
        return new NetworkSpec(
                cidr,
                zones,
                NatMode.SINGLE,
                List.of(),
                List.of(),
                new FlowLogs.On(),
                Optional.empty(),
                false,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /**
     * A network with the defaults, whose subnets are planned.
     *
     * @param cidr the VPC's block, such as {@code 10.20.0.0/16}
     * @param zones the zones, such as {@code eu-central-1a}
     * @return the spec
     * @throws dev.eksplatform.problem.InvalidInputException when one of them is not valid
     */
    public static NetworkSpec of(String cidr, String... zones) {
        Problems problems = new Problems();
        Cidr block = problems.collect(PropertyPath.of("cidr"), () -> Cidr.parse(cidr));
        List<Zone> parsed = problems.collectEach(PropertyPath.of("zones"), List.of(zones), Zone::parse);
        problems.throwIfAny();
        return of(Objects.requireNonNull(block), parsed);
    }

    /**
     * The subnets' blocks, given or planned.
     *
     * @return one public and one private block for each zone
     */
    public SubnetPlan subnets() {
        return plan(cidr, zones, publicSubnets, privateSubnets);
    }

    private static SubnetPlan plan(Cidr cidr, List<Zone> zones, List<Cidr> publicSubnets, List<Cidr> privateSubnets) {
        return privateSubnets.isEmpty()
                ? SubnetPlan.of(cidr, zones.size())
                : new SubnetPlan(publicSubnets, privateSubnets);
    }

    /**
     * The zones of a cluster whose spec names none.
     *
     * @return the first two, whatever is added later
     */
    public List<Zone> initialZones() {
        return zones.subList(0, MIN_ZONES);
    }

    /**
     * The spec with flow logs that have the defaults, or without them.
     *
     * @param on whether traffic is logged
     * @return a copy
     */
    public NetworkSpec withFlowLogs(boolean on) {
        return withFlowLogs(FlowLogs.of(on));
    }

    /**
     * Whether private subnets reach nothing but the VPC and its endpoints by a default route.
     *
     * @return false with NAT gateways, or a default route of {@code transitGateway} or {@code routes}
     */
    public boolean isClosed() {
        return nat == NatMode.NONE && privateDestinations().stream().noneMatch(RouteDestination::isDefault);
    }

    /**
     * Where private subnets reach to beside the VPC and the internet.
     *
     * @return the destinations of {@code transitGateway} and {@code routes}
     */
    public List<RouteDestination> privateDestinations() {
        return Stream.concat(
                        transitGateway.stream().flatMap(attachment -> attachment.routes().stream()),
                        routes.stream()
                                .filter(route -> route.subnets().contains(SubnetKind.PRIVATE))
                                .map(RouteSpec::destination))
                .toList();
    }

    /**
     * The endpoints, given or by default.
     *
     * @return what nodes call where there is no way to the internet and nothing is given
     */
    public List<NetworkEndpoint> endpointServices() {
        List<NetworkEndpoint> given = endpoints.orElse(List.of());
        if (privateCluster) {
            return EndpointLists.merge(
                    EndpointService.OF_NODES, given, zones.get(0).region());
        }
        return endpoints.isEmpty() && isClosed() ? EndpointService.OF_NODES : given;
    }

    private static void checkZones(List<Zone> zones, Problems problems) {
        if (zones.size() < MIN_ZONES || zones.size() > SubnetPlan.MAX_ZONES) {
            problems.add(
                    "zones",
                    zones.size() + " given",
                    "two to seven zones: EKS needs subnets in at least two",
                    zones.size() < MIN_ZONES ? "add a zone of the same region" : "remove zones");
        }
        problems.once(PropertyPath.of("zones"), zones, "zone");
        checkRegion(zones, problems);
    }

    /** Whether zones are of one region. */
    static void checkRegion(List<Zone> zones, Problems problems) {
        for (int i = 0; i < zones.size(); i++) {
            Zone zone = zones.get(i);
            if (!zone.region().equals(zones.get(0).region())) {
                problems.add(
                        PropertyPath.of("zones").index(i),
                        zone + " is a zone of " + zone.region(),
                        "zones of one region, here " + zones.get(0).region(),
                        "use " + zones.get(0).region() + zone.letter());
            }
        }
    }

    private static void checkSubnets(
            Cidr cidr,
            List<Zone> zones,
            List<Cidr> publicSubnets,
            List<Cidr> privateSubnets,
            boolean privateCluster,
            Problems problems) {
        Map<PropertyPath, Cidr> all = new LinkedHashMap<>();
        if (!privateCluster) {
            collect("publicSubnets", publicSubnets, zones, all, problems);
        } else if (!publicSubnets.isEmpty()) {
            problems.add(PropertyPath.of("publicSubnets"), "privateCluster has no public subnets", "remove them");
        }
        collect("privateSubnets", privateSubnets, zones, all, problems);
        List<Map.Entry<PropertyPath, Cidr>> checked = new ArrayList<>();
        for (Map.Entry<PropertyPath, Cidr> subnet : all.entrySet()) {
            Cidr block = subnet.getValue();
            if (!cidr.contains(block)) {
                problems.add(subnet.getKey(), block + " lies outside the network", "use a part of " + cidr);
            } else if (block.prefixLength() > SubnetPlan.LARGEST_PREFIX) {
                problems.add(
                        subnet.getKey(), block + " is too small", "a subnet is a /16 to a /28", "use a /28 or larger");
            }
            checked.stream()
                    .filter(other -> other.getValue().overlaps(block))
                    .findFirst()
                    .ifPresent(other -> problems.add(
                            subnet.getKey(),
                            block + " overlaps " + other.getValue() + " of " + other.getKey(),
                            "move one of them, or leave both lists out to have the subnets planned"));
            checked.add(subnet);
        }
    }

    private static void collect(
            String property, List<Cidr> blocks, List<Zone> zones, Map<PropertyPath, Cidr> all, Problems problems) {
        if (blocks.size() != zones.size()) {
            problems.add(
                    property,
                    blocks.size() + " blocks for " + zones.size() + " zones",
                    "one block a zone in both lists, or neither list",
                    "give " + zones.size() + " blocks");
        }
        for (int i = 0; i < blocks.size(); i++) {
            all.put(PropertyPath.of(property).index(i), blocks.get(i));
        }
    }
}
