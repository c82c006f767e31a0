package dev.eksplatform.network;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.default_security_group.DefaultSecurityGroup;
import com.hashicorp.cdktf.providers.aws.default_security_group.DefaultSecurityGroupConfig;
import com.hashicorp.cdktf.providers.aws.eip.Eip;
import com.hashicorp.cdktf.providers.aws.eip.EipConfig;
import com.hashicorp.cdktf.providers.aws.internet_gateway.InternetGateway;
import com.hashicorp.cdktf.providers.aws.internet_gateway.InternetGatewayConfig;
import com.hashicorp.cdktf.providers.aws.nat_gateway.NatGateway;
import com.hashicorp.cdktf.providers.aws.nat_gateway.NatGatewayConfig;
import com.hashicorp.cdktf.providers.aws.route.Route;
import com.hashicorp.cdktf.providers.aws.route.RouteConfig;
import com.hashicorp.cdktf.providers.aws.route_table.RouteTable;
import com.hashicorp.cdktf.providers.aws.route_table.RouteTableConfig;
import com.hashicorp.cdktf.providers.aws.route_table_association.RouteTableAssociation;
import com.hashicorp.cdktf.providers.aws.route_table_association.RouteTableAssociationConfig;
import com.hashicorp.cdktf.providers.aws.subnet.Subnet;
import com.hashicorp.cdktf.providers.aws.subnet.SubnetConfig;
import com.hashicorp.cdktf.providers.aws.vpc.Vpc;
import com.hashicorp.cdktf.providers.aws.vpc.VpcConfig;
import dev.eksplatform.construct.PlatformConstruct;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.constructs.Construct;

/**
 * A VPC for a cluster: in each zone a public subnet (for load balancers and NAT gateways) and a private one (for nodes),
 * tagged so that the AWS Load Balancer Controller finds them; an internet gateway; NAT gateways and VPC endpoints as chosen; routes; a
 * default security group that lets nothing through; and flow logs.
 *
 * <pre>{@code
 * Network network =
 *         new Network(stack, "network", NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b"));
 * }</pre>
 */
public final class Network extends PlatformConstruct implements ClusterNetwork {

    private static final String ANYWHERE = "0.0.0.0/0";

    private final String name;
    private final NetworkSpec spec;
    private final Vpc vpc;
    private final String vpcId;
    private final List<Subnet> publicSubnets = new ArrayList<>();
    private final List<Subnet> privateSubnets = new ArrayList<>();
    private final List<String> publicSubnetIds;
    private final List<String> privateSubnetIds;
    private final List<String> publicRouteTableIds = new ArrayList<>();
    private final List<String> privateRouteTableIds = new ArrayList<>();
    private final List<ITerraformDependable> privateRoutes = new ArrayList<>();

    /**
     * Creates a network.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope; with the scope's path the prefix of the {@code Name} tags
     * @param spec what to create
     */
    public Network(Construct scope, String id, NetworkSpec spec) {
        super(scope, id);
        this.spec = spec;
        name = getNode().getPath().replace('/', '-');
        vpc = new Vpc(
                this,
                "vpc",
                VpcConfig.builder()
                        .cidrBlock(spec.cidr().toString())
                        .enableDnsHostnames(true)
                        .enableDnsSupport(true)
                        .tags(tags(""))
                        .build());
        vpcId = vpc.getId();
        new DefaultSecurityGroup(
                this,
                "default-security-group",
                DefaultSecurityGroupConfig.builder()
                        .vpcId(vpcId)
                        .tags(tags("-unused"))
                        .build());
        makeSubnets();
        publicSubnetIds = publicSubnets.stream().map(Subnet::getId).toList();
        privateSubnetIds = privateSubnets.stream().map(Subnet::getId).toList();
        if (spec.privateCluster()) {
            routePrivate(List.of());
        } else {
            InternetGateway internetGateway = new InternetGateway(
                    this,
                    "internet-gateway",
                    InternetGatewayConfig.builder().vpcId(vpcId).tags(tags("")).build());
            routePublic(internetGateway);
            routePrivate(makeNatGateways(internetGateway));
        }
        if (!spec.endpointServices().isEmpty()) {
            privateRoutes.addAll(endpoints().all());
        }
        spec.flowLogs().settings().ifPresent(logs -> new NetworkFlowLog(this, "flow-log", name, vpcId, logs));
        privateRoutes.addAll(new NetworkConnections(this, name, spec)
                .create(publicRouteTableIds, privateRouteTableIds, publicSubnetIds, privateSubnetIds));
    }

    private VpcEndpoints endpoints() {
        VpcEndpoints.Place place = new VpcEndpoints.Place(
                vpcId,
                endpoint -> endpoint.zones().isEmpty() ? privateSubnetIds : privateSubnetIds(endpoint.zones()),
                privateRouteTableIds,
                Map.of("https-from-vpc", new VpcEndpoints.Source(vpc.getCidrBlock(), null)));
        return new VpcEndpoints(this, "endpoints", name, place, spec.endpointServices());
    }

    private void makeSubnets() {
        SubnetPlan plan = spec.subnets();
        for (int i = 0; i < spec.zones().size(); i++) {
            String zone = spec.zones().get(i).name();
            if (!spec.privateCluster()) {
                publicSubnets.add(subnet("public", zone, plan.publicSubnets().get(i), SubnetRoleTags.PUBLIC));
            }
            privateSubnets.add(subnet("private", zone, plan.privateSubnets().get(i), SubnetRoleTags.PRIVATE));
        }
    }

    private Subnet subnet(String kind, String zone, Cidr block, String roleTag) {
        SubnetConfig.Builder config = SubnetConfig.builder()
                .vpcId(vpcId)
                .availabilityZone(zone)
                .cidrBlock(block.toString())
                .tags(tags("-" + kind + "-" + zone, roleTag));
        if (kind.equals("public")) {
            config.mapPublicIpOnLaunch(true);
        }
        return new Subnet(this, kind + "-" + zone, config.build());
    }

    private List<NatGateway> makeNatGateways(InternetGateway internetGateway) {
        int count =
                switch (spec.nat()) {
                    case NONE -> 0;
                    case SINGLE -> 1;
                    case PER_ZONE -> spec.zones().size();
                };
        List<NatGateway> gateways = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String zone = spec.zones().get(i).name();
            // A NAT gateway does not work before its VPC has an internet gateway.
            List<ITerraformDependable> wayOut = List.of(internetGateway);
            Eip address = new Eip(
                    this,
                    "nat-address-" + zone,
                    EipConfig.builder()
                            .domain("vpc")
                            .tags(tags("-nat-" + zone))
                            .dependsOn(wayOut)
                            .build());
            gateways.add(new NatGateway(
                    this,
                    "nat-" + zone,
                    NatGatewayConfig.builder()
                            .allocationId(address.getId())
                            .subnetId(publicSubnetIds.get(i))
                            .tags(tags("-" + zone))
                            .dependsOn(wayOut)
                            .build()));
        }
        return gateways;
    }

    private void routePublic(InternetGateway internetGateway) {
        RouteTable table = routeTable("public");
        publicRouteTableIds.add(table.getId());
        new Route(
                this,
                "public-to-internet",
                RouteConfig.builder()
                        .routeTableId(table.getId())
                        .destinationCidrBlock(ANYWHERE)
                        .gatewayId(internetGateway.getId())
                        .build());
        for (int i = 0; i < publicSubnets.size(); i++) {
            associate("public-" + spec.zones().get(i), publicSubnetIds.get(i), table);
        }
    }

    private void routePrivate(List<NatGateway> gateways) {
        for (int i = 0; i < privateSubnets.size(); i++) {
            String id = "private-" + spec.zones().get(i);
            RouteTable table = routeTable(id);
            privateRouteTableIds.add(table.getId());
            if (!gateways.isEmpty()) {
                NatGateway gateway = gateways.get(Math.min(i, gateways.size() - 1));
                privateRoutes.add(new Route(
                        this,
                        id + "-to-internet",
                        RouteConfig.builder()
                                .routeTableId(table.getId())
                                .destinationCidrBlock(ANYWHERE)
                                .natGatewayId(gateway.getId())
                                .build()));
            }
            privateRoutes.add(associate(id, privateSubnetIds.get(i), table));
        }
    }

    private RouteTable routeTable(String id) {
        return new RouteTable(
                this,
                id + "-routes",
                RouteTableConfig.builder().vpcId(vpcId).tags(tags("-" + id)).build());
    }

    private RouteTableAssociation associate(String id, String subnetId, RouteTable table) {
        return new RouteTableAssociation(
                this,
                id + "-association",
                RouteTableAssociationConfig.builder()
                        .subnetId(subnetId)
                        .routeTableId(table.getId())
                        .build());
    }

    private Map<String, String> tags(String suffix, String... roleTags) {
        Map<String, String> tags = new HashMap<>();
        tags.put("Name", name + suffix);
        for (String roleTag : roleTags) {
            tags.put(roleTag, "1");
        }
        return tags;
    }

    /**
     * The VPC, for what this construct does not cover.
     *
     * @return the resource
     */
    public Vpc vpc() {
        return vpc;
    }

    /**
     * The public subnets, in the order of the zones.
     *
     * @return the resources
     */
    public List<Subnet> publicSubnets() {
        return List.copyOf(publicSubnets);
    }

    /**
     * The private subnets, in the order of the zones.
     *
     * @return the resources
     */
    public List<Subnet> privateSubnets() {
        return List.copyOf(privateSubnets);
    }

    @Override
    public String vpcId() {
        return vpcId;
    }

    @Override
    public List<String> publicSubnetIds() {
        return publicSubnetIds;
    }

    @Override
    public List<String> privateSubnetIds() {
        return privateSubnetIds;
    }

    @Override
    public List<String> privateSubnetIds(List<Zone> zones) {
        return ZonesOf.subnets(spec.zones(), privateSubnetIds, zones);
    }

    @Override
    public List<String> initialSubnetIds() {
        return privateSubnetIds(spec.initialZones());
    }

    @Override
    public List<ITerraformDependable> privateRoutes() {
        return List.copyOf(privateRoutes);
    }
}
