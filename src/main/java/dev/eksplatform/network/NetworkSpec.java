package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * A network that is created: a VPC with one public and one private subnet in each zone.
 *
 * @param cidr the address block of the VPC, /16 to /28, or the IPAM pool that allocates it; /16 to /22 when the subnets are
 *     planned
 * @param zones two to seven availability zones of the region. Add new ones at the end and remove only the last: their
 *     order decides the blocks of the subnets and the zone of a single NAT gateway
 * @param nat how nodes in private subnets reach the internet; default {@code single}
 * @param publicSubnets blocks of the public subnets, one per zone; default planned from {@code cidr}
 * @param privateSubnets blocks of the private subnets, one per zone; default planned from {@code cidr}
 * @param flowLogs whether the traffic of the VPC is logged to CloudWatch, or settings; default true
 * @param endpoints AWS services that are reached through VPC endpoints; default none with NAT gateways, else those
 *     that nodes and add-ons call. Each except {@code s3} and {@code dynamodb} costs by the hour and zone
 * @param secondaryCidrs more blocks of the VPC, in which subnets may be given; default none. Which blocks go together depends
 *     on {@code cidr}, and EKS needs up to an hour until the API server reaches pods in a new one
 * @param pods how pods get their addresses; default those of their node's subnet, one by one
 * @param intraSubnets blocks of subnets without a route out of the VPC, one per zone, or {@code planned}; default none
 * @param controlPlaneSubnets blocks of small subnets for the network interfaces of the control plane, one for each of the
 *     first zones, or {@code planned}, one per zone; default none: the interfaces are in private subnets. May be changed while the
 *     cluster runs, in the zones that it has
 * @param subnetTags tags of the subnets of a kind; default none beside those that controllers need
 * @param zoneTags tags of all subnets in a zone; default none
 * @param subnetNames names of the subnets of a kind in their {@code Name} tags, one per zone; default the network's, the kind and the
 *     zone
 * @param natGateways settings of the NAT gateways
 * @param ipv6 the IPv6 block of the VPC, of which each subnet but those of pods gets a /64; default none. May be added to a
 *     network that exists
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
        @Example("10.20.0.0/16") CidrSource cidr,

        @Example("[eu-central-1a, eu-central-1b]")
        @Limit(minItems = NetworkSpec.MIN_ZONES, maxItems = SubnetPlan.MAX_ZONES, unique = true)
        List<Zone> zones,

        @Example("per-zone") NatMode nat,

        @Example("[10.20.0.0/24, 10.20.1.0/24]") List<Cidr> publicSubnets,

        @Example("[10.20.64.0/18, 10.20.128.0/18]") List<Cidr> privateSubnets,

        @Example("true") FlowLogs flowLogs,

        @Example("[s3, ecr.api, ecr.dkr]") Optional<List<NetworkEndpoint>> endpoints,

        @Example("[10.21.0.0/16]") @Limit(maxItems = VpcBlocks.MOST - 1, unique = true)
        List<Cidr> secondaryCidrs,

        @Example("{cidr: 100.64.0.0/16, prefixDelegation: true}")
        Optional<PodsSpec> pods,

        @Example("planned") Optional<SubnetBlocks> intraSubnets,

        @Example("planned") Optional<SubnetBlocks> controlPlaneSubnets,

        @Example("{private: {karpenter.sh/discovery: shop}}")
        Map<SubnetKind, Map<String, String>> subnetTags,

        @Example("{eu-central-1a: {example.com/building: west}}")
        Map<Zone, Map<String, String>> zoneTags,

        @Example("{private: [shop-nodes-a, shop-nodes-b]}") Map<SubnetKind, List<String>> subnetNames,

        @Example("{allocationIds: [eipalloc-0a1b2c3d4e5f60711]}")
        NatGatewaysSpec natGateways,

        @Example("amazon-provided") Optional<Ipv6Source> ipv6,

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
        Components.required("cidr", cidr);
        zones = Components.list("zones", zones);
        publicSubnets = Components.list("publicSubnets", publicSubnets);
        privateSubnets = Components.list("privateSubnets", privateSubnets);
        endpoints = endpoints.map(List::copyOf);
        secondaryCidrs = Components.list("secondaryCidrs", secondaryCidrs);
        subnetTags = Components.map("subnetTags", subnetTags);
        zoneTags = Components.map("zoneTags", zoneTags);
        subnetNames = Components.map("subnetNames", subnetNames);
        nat = privateCluster && nat == NatMode.SINGLE ? NatMode.NONE : nat;
        networkAcls = Components.map("networkAcls", networkAcls);
        routes = Components.list("routes", routes);
        Problems problems = new Problems();
        checkZones(zones, problems);
        natGateways.check(nat, zones.size(), problems);
        VpcBlocks blocks = VpcBlocks.of(cidr, secondaryCidrs, pods);
        new Connectivity(
                        blocks,
                        ipv6.isPresent(),
                        zones,
                        nat,
                        natGateways.destinationCidrs(),
                        privateCluster,
                        endpoints.orElse(List.of()),
                        networkAcls.keySet(),
                        blockPublicAccess,
                        encryptionControl,
                        transitGateway,
                        routes)
                .check(problems);
        if (privateCluster && !publicSubnets.isEmpty()) {
            problems.add(PropertyPath.of("publicSubnets"), "privateCluster has no public subnets", "remove them");
        }
        SubnetLayout layout = layout(
                blocks, pods, zones, privateCluster, publicSubnets, privateSubnets, intraSubnets, controlPlaneSubnets);
        blocks.checkDestinations(
                PropertyPath.of("natGateways", "destinationCidrs"), natGateways.destinationCidrs(), problems);
        if (blocks.check(problems)) {
            layout.check(problems);
        }
        networkAcls.keySet().stream()
                .filter(kind -> !layout.has(kind) && !(kind == SubnetKind.PUBLIC && privateCluster))
                .forEach(kind -> problems.add(
                        PropertyPath.of("networkAcls", kind.word()),
                        "the network has no " + kind.word() + " subnets",
                        "remove it"));
        if (problems.isEmpty() && transitGateway.isPresent()) {
            Connectivity.checkOverlaps(transitGateway.get().subnets(), layout.knownBlocks(), problems);
        }
        new SubnetLabels(subnetTags, zoneTags, subnetNames).check(layout, zones, problems);
        ipv6.ifPresent(source -> layout.check(source, problems));
        problems.throwIfAny();
    }

    /**
     * A network with the defaults, whose subnets are planned.
     *
     * @param cidr the VPC's block, or the pool that allocates it
     * @param zones the zones
     * @return the spec
     */
    @Defaults
    public static NetworkSpec of(CidrSource cidr, List<Zone> zones) {
        return new NetworkSpec(
                cidr,
                zones,
                NatMode.SINGLE,
                List.of(),
                List.of(),
                new FlowLogs.On(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Map.of(),
                NatGatewaysSpec.standard(),
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
     * The blocks of the public and private subnets, given or planned.
     *
     * @return one public and one private block for each zone
     * @throws IllegalStateException when they are planned from a block that a pool allocates
     */
    public SubnetPlan subnets() {
        return privateSubnets.isEmpty()
                ? SubnetPlan.of(
                        block().orElseThrow(() -> new IllegalStateException("the block is known after apply")),
                        zones.size())
                : new SubnetPlan(publicSubnets, privateSubnets);
    }

    /**
     * The block of the VPC.
     *
     * @return empty when a pool allocates it
     */
    public Optional<Cidr> block() {
        return cidr instanceof Cidr known ? Optional.of(known) : Optional.empty();
    }

    /**
     * The blocks that are associated with the VPC after it is created.
     *
     * @return {@code secondaryCidrs}, and the block of pods unless it is a part of another one
     */
    public List<Cidr> associatedBlocks() {
        return List.copyOf(VpcBlocks.of(cidr, secondaryCidrs, pods).secondary().values());
    }

    /**
     * The blocks of all subnets.
     *
     * @return the blocks by kind and zone
     */
    @API(status = API.Status.INTERNAL)
    public SubnetLayout layout() {
        return layout(
                VpcBlocks.of(cidr, secondaryCidrs, pods),
                pods,
                zones,
                privateCluster,
                publicSubnets,
                privateSubnets,
                intraSubnets,
                controlPlaneSubnets);
    }

    private static SubnetLayout layout(
            VpcBlocks blocks,
            Optional<PodsSpec> pods,
            List<Zone> zones,
            boolean privateCluster,
            List<Cidr> publicSubnets,
            List<Cidr> privateSubnets,
            Optional<SubnetBlocks> intra,
            Optional<SubnetBlocks> controlPlane) {
        boolean planned = publicSubnets.isEmpty() && privateSubnets.isEmpty();
        SubnetLayout layout = new SubnetLayout(blocks, pods, zones)
                .put(SubnetKind.PRIVATE, planned ? SubnetBlocks.planned() : SubnetBlocks.of(privateSubnets));
        if (!privateCluster) {
            layout.put(SubnetKind.PUBLIC, planned ? SubnetBlocks.planned() : SubnetBlocks.of(publicSubnets));
        }
        intra.ifPresent(some -> layout.put(SubnetKind.INTRA, some));
        controlPlane.ifPresent(some -> layout.put(SubnetKind.CONTROL_PLANE, some));
        return layout;
    }

    /**
     * The IPv4 blocks of the VPC whose addresses are known.
     *
     * @return blocks by their properties, without one that a pool allocates
     */
    @API(status = API.Status.INTERNAL)
    public Map<PropertyPath, Cidr> ipv4Blocks() {
        return VpcBlocks.of(cidr, secondaryCidrs, pods).byProperty();
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
     * Whether a route of private subnets beside the network's own leads to a block; prefix lists may hold it.
     *
     * @param block the block
     * @return true when the whole block is reached
     */
    @API(status = API.Status.INTERNAL)
    public boolean leadsTo(Cidr block) {
        return privateDestinations().stream()
                .anyMatch(route -> route.block().isEmpty()
                        || route.block()
                                .flatMap(IpBlock::ipv4)
                                .filter(reached -> reached.contains(block))
                                .isPresent());
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
}
