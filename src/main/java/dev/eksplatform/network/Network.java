package dev.eksplatform.network;

import com.hashicorp.cdktf.Fn;
import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.default_security_group.DefaultSecurityGroup;
import com.hashicorp.cdktf.providers.aws.default_security_group.DefaultSecurityGroupConfig;
import com.hashicorp.cdktf.providers.aws.egress_only_internet_gateway.EgressOnlyInternetGateway;
import com.hashicorp.cdktf.providers.aws.egress_only_internet_gateway.EgressOnlyInternetGatewayConfig;
import com.hashicorp.cdktf.providers.aws.internet_gateway.InternetGateway;
import com.hashicorp.cdktf.providers.aws.internet_gateway.InternetGatewayConfig;
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
import com.hashicorp.cdktf.providers.aws.vpc_ipv4_cidr_block_association.VpcIpv4CidrBlockAssociation;
import com.hashicorp.cdktf.providers.aws.vpc_ipv4_cidr_block_association.VpcIpv4CidrBlockAssociationConfig;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.internal.json.TerraformText;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import software.constructs.Construct;

/**
 * A VPC for a cluster: in each zone a public subnet (for load balancers and NAT gateways) and a private one (for nodes),
 * tagged so that the AWS Load Balancer Controller finds them; on demand subnets of their own for pods, for the control plane and
 * for what has no way out; an internet gateway; NAT gateways and VPC endpoints as chosen; routes; a
 * default security group that lets nothing through; and flow logs.
 *
 * <pre>{@code
 * Network network =
 *         new Network(stack, "network", NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b"));
 * }</pre>
 */
public final class Network extends PlatformConstruct implements ClusterNetwork {

    private static final String ANYWHERE_IPV6 = "::/0";
    private static final String EGRESS_ONLY_GATEWAY = "egress-only-internet-gateway";

    private final String name;
    private final NetworkSpec spec;
    private final Vpc vpc;
    private final String vpcId;
    private final SubnetLayout layout;
    private final Map<Cidr, ITerraformDependable> associations = new LinkedHashMap<>();
    private final Map<SubnetKind, List<Subnet>> subnets = new EnumMap<>(SubnetKind.class);
    private final List<String> publicSubnetIds;
    private final List<String> privateSubnetIds;
    private final List<String> controlPlaneSubnetIds;
    private final Optional<PodNetwork> pods;
    private final List<RouteTable> privateRouteTables = new ArrayList<>();
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
        layout = spec.layout();
        vpc = makeVpc();
        vpcId = vpc.getId();
        new DefaultSecurityGroup(
                this,
                "default-security-group",
                DefaultSecurityGroupConfig.builder()
                        .vpcId(vpcId)
                        .tags(tags("-unused"))
                        .build());
        spec.associatedBlocks().forEach(this::associate);
        makeSubnets();
        publicSubnetIds = ids(SubnetKind.PUBLIC);
        privateSubnetIds = ids(SubnetKind.PRIVATE);
        if (spec.privateCluster()) {
            routePrivate(Optional.empty());
        } else {
            InternetGateway internetGateway = new InternetGateway(
                    this,
                    "internet-gateway",
                    InternetGatewayConfig.builder().vpcId(vpcId).tags(tags("")).build());
            routePublic(internetGateway);
            routePrivate(Optional.of(new NatGateways(this, name, spec, vpcId, publicSubnetIds, internetGateway)));
        }
        controlPlaneSubnetIds = ids(SubnetKind.CONTROL_PLANE);
        pods = routePods();
        routeIntra();
        routeIpv6();
        if (!spec.endpointServices().isEmpty()) {
            privateRoutes.addAll(endpoints().all());
        }
        spec.flowLogs().settings().ifPresent(logs -> new NetworkFlowLog(this, "flow-log", name, vpcId, logs));
        privateRoutes.addAll(new NetworkConnections(this, name, spec, associations)
                .create(publicRouteTableIds, privateRouteTableIds));
    }

    private VpcEndpoints endpoints() {
        Map<String, VpcEndpoints.Source> sources = new LinkedHashMap<>();
        sources.put("https-from-vpc", new VpcEndpoints.Source(vpc.getCidrBlock(), null));
        spec.associatedBlocks()
                .forEach(block -> sources.put(
                        "https-from-" + block.toString().replace('/', '-'),
                        new VpcEndpoints.Source(block.toString(), null)));
        VpcEndpoints.Place place = new VpcEndpoints.Place(
                vpcId,
                endpoint -> endpoint.zones().isEmpty() ? privateSubnetIds : privateSubnetIds(endpoint.zones()),
                privateRouteTableIds,
                sources);
        return new VpcEndpoints(this, "endpoints", name, place, spec.endpointServices());
    }

    /**
     * The parts of a network that come from a property of their own, which a provider may not have or that is worth naming.
     *
     * @return properties of {@link NetworkSpec} by the id of the part
     */
    @API(status = API.Status.INTERNAL)
    public static Map<String, PropertyPath> parts() {
        return Map.of(NatGateways.REGIONAL, PropertyPath.of("nat"), EGRESS_ONLY_GATEWAY, PropertyPath.of("ipv6"));
    }

    private Vpc makeVpc() {
        VpcConfig.Builder config = VpcConfig.builder()
                .enableDnsHostnames(true)
                .enableDnsSupport(true)
                .tags(tags(""));
        if (spec.cidr() instanceof IpamPool pool) {
            config.ipv4IpamPoolId(pool.ipamPoolId()).ipv4NetmaskLength(pool.netmaskLength());
        } else {
            config.cidrBlock(spec.cidr().toString());
        }
        spec.ipv6().ifPresent(source -> new Ipv6Subnets(source).of(config));
        return new Vpc(this, "vpc", config.build());
    }

    private void associate(Cidr block) {
        associations.put(
                block,
                new VpcIpv4CidrBlockAssociation(
                        this,
                        "cidr-" + block.toString().replace('/', '-'),
                        VpcIpv4CidrBlockAssociationConfig.builder()
                                .vpcId(vpcId)
                                .cidrBlock(block.toString())
                                .build()));
    }

    private void makeSubnets() {
        for (SubnetKind kind : SubnetKind.values()) {
            List<Subnet> ofKind = new ArrayList<>();
            for (int zone = 0; zone < layout.count(kind); zone++) {
                ofKind.add(subnet(kind, zone));
            }
            subnets.put(kind, ofKind);
        }
    }

    private Subnet subnet(SubnetKind kind, int index) {
        Zone zone = spec.zones().get(index);
        String id = kind.word() + "-" + zone;
        SubnetConfig.Builder config = SubnetConfig.builder()
                .vpcId(vpcId)
                .availabilityZone(zone.name())
                .cidrBlock(layout.block(kind, index)
                        .map(Cidr::toString)
                        .orElseGet(() -> Fn.cidrsubnet(vpc.getCidrBlock(), kind.bits(), kind.part(index))))
                .tags(subnetTags(kind, index));
        if (kind == SubnetKind.PUBLIC) {
            config.mapPublicIpOnLaunch(true);
        }
        spec.ipv6().ifPresent(source -> new Ipv6Subnets(source).of(config, vpc, kind, index));
        layout.association(kind, index)
                .map(associations::get)
                .ifPresent(association -> config.dependsOn(List.of(association)));
        return new Subnet(this, id, config.build());
    }

    private Map<String, String> subnetTags(SubnetKind kind, int index) {
        SubnetLabels labels = new SubnetLabels(spec.subnetTags(), spec.zoneTags(), spec.subnetNames());
        Zone zone = spec.zones().get(index);
        Map<String, String> tags = new HashMap<>(TerraformText.escapeTexts(labels.tags(kind, zone)));
        tags.put(
                "Name",
                labels.name(kind, index).map(TerraformText::escape).orElse(name + "-" + kind.word() + "-" + zone));
        SubnetRoleTags.of(kind).ifPresent(role -> tags.put(role, "1"));
        return tags;
    }

    private List<String> ids(SubnetKind kind) {
        return subnets(kind).stream().map(Subnet::getId).toList();
    }

    private void routePublic(InternetGateway internetGateway) {
        RouteTable table = routeTable("public");
        publicRouteTableIds.add(table.getId());
        new Route(
                this,
                "public-to-internet",
                RouteConfig.builder()
                        .routeTableId(table.getId())
                        .destinationCidrBlock(NatGateways.ANYWHERE)
                        .gatewayId(internetGateway.getId())
                        .build());
        if (spec.ipv6().isPresent()) {
            new Route(
                    this,
                    "public-to-internet-ipv6",
                    RouteConfig.builder()
                            .routeTableId(table.getId())
                            .destinationIpv6CidrBlock(ANYWHERE_IPV6)
                            .gatewayId(internetGateway.getId())
                            .build());
        }
        for (int i = 0; i < publicSubnetIds.size(); i++) {
            associate("public-" + spec.zones().get(i), publicSubnetIds.get(i), table);
        }
    }

    private void routePrivate(Optional<NatGateways> gateways) {
        for (int i = 0; i < privateSubnetIds.size(); i++) {
            String id = "private-" + spec.zones().get(i);
            RouteTable table = routeTable(id);
            privateRouteTables.add(table);
            privateRouteTableIds.add(table.getId());
            int zone = i;
            gateways.ifPresent(some -> privateRoutes.addAll(some.route(id, table.getId(), zone)));
            privateRoutes.add(associate(id, privateSubnetIds.get(i), table));
        }
    }

    /** Pods and the control plane leave a zone by the ways of its private subnet. */
    private Optional<PodNetwork> routePods() {
        routeAsPrivate(SubnetKind.PODS);
        routeAsPrivate(SubnetKind.CONTROL_PLANE);
        Map<String, String> byZone = new LinkedHashMap<>();
        List<String> ids = ids(SubnetKind.PODS);
        for (int i = 0; i < ids.size(); i++) {
            byZone.put(spec.zones().get(i).name(), ids.get(i));
        }
        return spec.pods().map(settings -> new PodNetwork(byZone, settings.prefixDelegation()));
    }

    private void routeAsPrivate(SubnetKind kind) {
        List<String> ids = ids(kind);
        for (int i = 0; i < ids.size(); i++) {
            privateRoutes.add(
                    associate(kind.word() + "-" + spec.zones().get(i), ids.get(i), privateRouteTables.get(i)));
        }
    }

    private void routeIntra() {
        List<String> ids = ids(SubnetKind.INTRA);
        if (ids.isEmpty()) {
            return;
        }
        RouteTable table = routeTable("intra");
        for (int i = 0; i < ids.size(); i++) {
            associate("intra-" + spec.zones().get(i), ids.get(i), table);
        }
    }

    /** Without a NAT gateway there is no way out by IPv6 either. */
    private void routeIpv6() {
        if (spec.ipv6().isEmpty() || spec.nat() == NatMode.NONE) {
            return;
        }
        EgressOnlyInternetGateway gateway = new EgressOnlyInternetGateway(
                this,
                EGRESS_ONLY_GATEWAY,
                EgressOnlyInternetGatewayConfig.builder()
                        .vpcId(vpcId)
                        .tags(tags(""))
                        .build());
        for (int i = 0; i < privateRouteTableIds.size(); i++) {
            privateRoutes.add(new Route(
                    this,
                    "private-" + spec.zones().get(i) + "-to-internet-ipv6",
                    RouteConfig.builder()
                            .routeTableId(privateRouteTableIds.get(i))
                            .destinationIpv6CidrBlock(ANYWHERE_IPV6)
                            .egressOnlyGatewayId(gateway.getId())
                            .build()));
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

    private Map<String, String> tags(String suffix) {
        return Map.of("Name", name + suffix);
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
        return subnets(SubnetKind.PUBLIC);
    }

    /**
     * The private subnets, in the order of the zones.
     *
     * @return the resources
     */
    public List<Subnet> privateSubnets() {
        return subnets(SubnetKind.PRIVATE);
    }

    /**
     * The subnets of a kind, in the order of the zones.
     *
     * @param kind the kind
     * @return the resources; empty when the network has none
     */
    public List<Subnet> subnets(SubnetKind kind) {
        return List.copyOf(subnets.getOrDefault(kind, List.of()));
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

    /**
     * Those of the control plane in the zones of the private subnets, where there are some.
     *
     * @throws dev.eksplatform.problem.InvalidInputException when one of the zones has no subnet of the control plane
     */
    @Override
    public List<String> controlPlaneSubnetIds(List<String> privateIds) {
        if (controlPlaneSubnetIds.isEmpty()) {
            return privateIds;
        }
        List<String> ids = new ArrayList<>();
        for (String id : privateIds) {
            int zone = privateSubnetIds.indexOf(id);
            if (zone < 0 || zone >= controlPlaneSubnetIds.size()) {
                throw new InvalidInputException(new Problem(
                        Place.of(PropertyPath.of("zones")),
                        "the control plane has no subnet in "
                                + (zone < 0 ? id : spec.zones().get(zone).toString()),
                        "add a block to the network's controlPlaneSubnets"));
            }
            ids.add(controlPlaneSubnetIds.get(zone));
        }
        return ids;
    }

    @Override
    public Optional<PodNetwork> pods() {
        return pods;
    }

    @Override
    public boolean hasIpv6() {
        return spec.ipv6().isPresent();
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
