package dev.eksplatform.network;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.eip.Eip;
import com.hashicorp.cdktf.providers.aws.eip.EipConfig;
import com.hashicorp.cdktf.providers.aws.internet_gateway.InternetGateway;
import com.hashicorp.cdktf.providers.aws.nat_gateway.NatGateway;
import com.hashicorp.cdktf.providers.aws.nat_gateway.NatGatewayAvailabilityZoneAddress;
import com.hashicorp.cdktf.providers.aws.nat_gateway.NatGatewayConfig;
import com.hashicorp.cdktf.providers.aws.route.Route;
import com.hashicorp.cdktf.providers.aws.route.RouteConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The NAT gateways of a network, created in its scope: in the public subnets, or one of the VPC. Source: <a
 * href="https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html">regional NAT gateways</a>.
 */
final class NatGateways {

    static final String ANYWHERE = "0.0.0.0/0";

    /** The id of the one that is not in a zone. */
    static final String REGIONAL = "nat-regional";

    private final Network network;
    private final String name;
    private final NetworkSpec spec;
    private final String vpcId;
    private final List<String> publicSubnetIds;
    /** A NAT gateway does not work before its VPC has an internet gateway. */
    private final List<ITerraformDependable> wayOut;

    private final List<String> ids;

    NatGateways(
            Network network,
            String name,
            NetworkSpec spec,
            String vpcId,
            List<String> publicSubnetIds,
            InternetGateway internetGateway) {
        this.network = network;
        this.name = name;
        this.spec = spec;
        this.vpcId = vpcId;
        this.publicSubnetIds = publicSubnetIds;
        wayOut = List.of(internetGateway);
        ids = switch (spec.nat()) {
            case NONE -> List.of();
            case SINGLE -> List.of(zonal(0));
            case PER_ZONE ->
                IntStream.range(0, spec.zones().size()).mapToObj(this::zonal).toList();
            case REGIONAL -> List.of(regional());
        };
    }

    private String zonal(int index) {
        String zone = spec.zones().get(index).name();
        List<String> given = spec.natGateways().allocationIds();
        String address = given.isEmpty() ? address(zone) : given.get(index);
        return new NatGateway(
                        network,
                        "nat-" + zone,
                        NatGatewayConfig.builder()
                                .allocationId(address)
                                .subnetId(publicSubnetIds.get(index))
                                .tags(Map.of("Name", name + "-" + zone))
                                .dependsOn(wayOut)
                                .build())
                .getId();
    }

    private String address(String zone) {
        return new Eip(
                        network,
                        "nat-address-" + zone,
                        EipConfig.builder()
                                .domain("vpc")
                                .tags(Map.of("Name", name + "-nat-" + zone))
                                .dependsOn(wayOut)
                                .build())
                .getId();
    }

    /** AWS gives it addresses where none are given. */
    private String regional() {
        NatGatewayConfig.Builder config = NatGatewayConfig.builder()
                .availabilityMode("regional")
                .vpcId(vpcId)
                .tags(Map.of("Name", name + "-regional"))
                .dependsOn(wayOut);
        List<String> given = spec.natGateways().allocationIds();
        if (!given.isEmpty()) {
            config.availabilityZoneAddress(IntStream.range(0, given.size())
                    .mapToObj(zone -> NatGatewayAvailabilityZoneAddress.builder()
                            .availabilityZone(spec.zones().get(zone).name())
                            .allocationIds(List.of(given.get(zone)))
                            .build())
                    .toList());
        }
        return new NatGateway(network, REGIONAL, config.build()).getId();
    }

    /** Routes of a private subnet through the gateway of its zone, or else the only one. */
    List<ITerraformDependable> route(String id, String routeTableId, int zone) {
        List<ITerraformDependable> routes = new ArrayList<>();
        if (!ids.isEmpty()) {
            List<Cidr> given = spec.natGateways().destinationCidrs();
            List<Cidr> destinations = given.isEmpty() ? List.of(Cidr.parse(ANYWHERE)) : given;
            for (Cidr destination : destinations) {
                String block = destination.toString();
                routes.add(new Route(
                        network,
                        id + "-to-" + (block.equals(ANYWHERE) ? "internet" : block.replace('/', '-')),
                        RouteConfig.builder()
                                .routeTableId(routeTableId)
                                .destinationCidrBlock(block)
                                .natGatewayId(ids.get(Math.min(zone, ids.size() - 1)))
                                .build()));
            }
        }
        return routes;
    }
}
