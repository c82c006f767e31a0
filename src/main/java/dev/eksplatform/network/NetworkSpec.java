package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Doc;
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

/**
 * A network to make: a VPC with one public and one private subnet in each zone.
 *
 * @param cidr the VPC's block, /16 to /28; /16 to /22 when the subnets are planned
 * @param zones the zones, two to seven of one region. Their order decides the subnets' blocks and where a single NAT gateway
 *     is: add a zone at the end, and remove none but the last
 * @param nat how nodes reach the internet; default one NAT gateway
 * @param publicSubnets the public subnets' blocks, one a zone; default (empty): planned, see {@link SubnetPlan}
 * @param privateSubnets the private subnets' blocks, one a zone; default (empty): planned
 * @param flowLogs whether the VPC's traffic is logged; default true
 * @param endpoints AWS services that private subnets reach through VPC endpoints; default: none with NAT gateways, and
 *     without them what nodes call (in an environment file also what its add-ons call)
 */
@RecordBuilder
public record NetworkSpec(
        @Doc(value = "The VPC's address block, /16 to /22 when the subnets are planned", example = "10.20.0.0/16")
        Cidr cidr,

        @Doc(
                value =
                        "Availability zones, two to seven of the region; add new ones at the end, for the order decides the subnets' blocks",
                example = "[eu-central-1a, eu-central-1b]")
        @Limit(minItems = NetworkSpec.MIN_ZONES, maxItems = SubnetPlan.MAX_ZONES, unique = true)
        List<Zone> zones,

        @Doc(value = "How nodes in private subnets reach the internet (default single)", example = "per-zone")
        NatMode nat,

        @Doc(
                value = "Blocks of the public subnets, one a zone; planned from cidr when absent",
                example = "[10.20.0.0/24, 10.20.1.0/24]")
        List<Cidr> publicSubnets,

        @Doc(
                value = "Blocks of the private subnets, one a zone; planned from cidr when absent",
                example = "[10.20.64.0/18, 10.20.128.0/18]")
        List<Cidr> privateSubnets,

        @Doc(value = "Log the VPC's traffic to CloudWatch (default true)", example = "true")
        boolean flowLogs,

        @Doc(
                value =
                        "AWS services reached through VPC endpoints (default: with nat none those that nodes and add-ons call,"
                                + " else none); each except s3 and dynamodb costs by the hour and zone",
                example = "[s3, ecr.api, ecr.dkr]")
        Optional<List<EndpointService>> endpoints)
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
        zones = List.copyOf(zones);
        publicSubnets = List.copyOf(publicSubnets);
        privateSubnets = List.copyOf(privateSubnets);
        endpoints = endpoints.map(List::copyOf);
        Problems problems = new Problems();
        checkZones(zones, problems);
        checkEndpoints(endpoints.orElse(List.of()), zones, problems);
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
            checkSubnets(cidr, zones, publicSubnets, privateSubnets, problems);
        }
        problems.throwIfAny();
    }

    /**
     * A network with planned subnets and one NAT gateway.
     *
     * @param cidr the VPC's block
     * @param zones the zones
     * @return the spec
     */
    @Defaults
    public static NetworkSpec of(Cidr cidr, List<Zone> zones) {
        return new NetworkSpec(cidr, zones, NatMode.SINGLE, List.of(), List.of(), true, Optional.empty());
    }

    /**
     * A network with planned subnets and one NAT gateway.
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
        return publicSubnets.isEmpty()
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
     * The services with an endpoint, given or by default.
     *
     * @return what nodes call where there is no NAT gateway and nothing is given
     */
    public List<EndpointService> endpointServices() {
        return endpoints.orElse(nat == NatMode.NONE ? EndpointService.OF_NODES : List.of());
    }

    /** A short and a full name are two names of one service. */
    private static void checkEndpoints(List<EndpointService> endpoints, List<Zone> zones, Problems problems) {
        String region = zones.isEmpty() ? "" : zones.get(0).region();
        List<String> names =
                endpoints.stream().map(service -> service.shortName(region)).toList();
        for (int i = 0; i < endpoints.size(); i++) {
            int first = names.indexOf(names.get(i));
            if (first < i) {
                problems.add(
                        PropertyPath.of("endpoints").index(i),
                        "duplicate service " + endpoints.get(i) + ": the same as endpoints[" + first + "]",
                        "remove one of them");
            }
        }
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
            Cidr cidr, List<Zone> zones, List<Cidr> publicSubnets, List<Cidr> privateSubnets, Problems problems) {
        Map<PropertyPath, Cidr> all = new LinkedHashMap<>();
        collect("publicSubnets", publicSubnets, zones, all, problems);
        collect("privateSubnets", privateSubnets, zones, all, problems);
        List<Map.Entry<PropertyPath, Cidr>> checked = new ArrayList<>();
        for (Map.Entry<PropertyPath, Cidr> subnet : all.entrySet()) {
            Cidr block = subnet.getValue();
            if (!cidr.contains(block)) {
                problems.add(
                        subnet.getKey(),
                        block + " lies outside the network",
                        "blocks within " + cidr,
                        "use a part of " + cidr);
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
                            "blocks that share no address",
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
