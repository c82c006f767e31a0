package dev.eksplatform.network;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.TerraformDataSource;
import com.hashicorp.cdktf.Token;
import com.hashicorp.cdktf.providers.aws.data_aws_route_tables.DataAwsRouteTables;
import com.hashicorp.cdktf.providers.aws.data_aws_route_tables.DataAwsRouteTablesConfig;
import com.hashicorp.cdktf.providers.aws.data_aws_route_tables.DataAwsRouteTablesFilter;
import com.hashicorp.cdktf.providers.aws.data_aws_subnets.DataAwsSubnets;
import com.hashicorp.cdktf.providers.aws.data_aws_subnets.DataAwsSubnetsConfig;
import com.hashicorp.cdktf.providers.aws.data_aws_subnets.DataAwsSubnetsFilter;
import com.hashicorp.cdktf.providers.aws.data_aws_vpc.DataAwsVpc;
import com.hashicorp.cdktf.providers.aws.data_aws_vpc.DataAwsVpcConfig;
import com.hashicorp.cdktf.providers.aws.ec2_tag.Ec2Tag;
import com.hashicorp.cdktf.providers.aws.ec2_tag.Ec2TagConfig;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.internal.json.TerraformText;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/**
 * A network that exists already. Only the role tags of its subnets are created, and the VPC endpoints and flow logs that are
 * asked for.
 */
public final class ExistingNetwork extends PlatformConstruct implements ClusterNetwork {

    private final ExistingNetworkSpec spec;
    private final String name;
    private final String vpcId;
    private final List<String> publicSubnetIds;
    private final List<String> privateSubnetIds;
    private final List<ITerraformDependable> privateRoutes = new ArrayList<>();
    private @Nullable DataAwsVpc vpc;

    /**
     * Refers to an existing network.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param spec which network
     * @throws InvalidInputException when the VPC or its private subnets are not known
     */
    public ExistingNetwork(Construct scope, String id, ExistingNetworkSpec spec) {
        super(scope, id);
        spec.requireComplete();
        this.spec = spec;
        name = getNode().getPath().replace('/', '-');
        vpcId = spec.vpcId().orElseGet(() -> vpc().getId());
        publicSubnetIds = spec.publicSubnetTags().isEmpty()
                ? spec.publicSubnetIds()
                : lookUp(SubnetKind.PUBLIC, spec.publicSubnetTags());
        privateSubnetIds = spec.privateSubnetTags().isEmpty()
                ? spec.privateSubnetIds()
                : lookUp(SubnetKind.PRIVATE, spec.privateSubnetTags());
        if (spec.tagSubnets()) {
            tag("public", publicSubnetIds, spec.publicSubnetTags(), SubnetRoleTags.PUBLIC);
            tag("private", privateSubnetIds, spec.privateSubnetTags(), SubnetRoleTags.PRIVATE);
        }
        if (!spec.endpointServices().isEmpty()) {
            privateRoutes.addAll(endpoints().all());
        }
        spec.flowLogs().settings().ifPresent(logs -> new NetworkFlowLog(this, "flow-log", name, vpcId, logs));
    }

    /** The VPC as Terraform reads it; the provider refuses tags that none or several have. */
    private DataAwsVpc vpc() {
        if (vpc == null) {
            DataAwsVpcConfig.Builder config = DataAwsVpcConfig.builder();
            spec.vpcId().ifPresentOrElse(config::id, () -> config.tags(TerraformText.escapeTexts(spec.vpcTags())));
            vpc = new DataAwsVpc(this, "vpc", config.build());
        }
        return vpc;
    }

    /** One subnet in each zone, so that a subnet that is tagged later replaces nothing: the plan fails. */
    private List<String> lookUp(SubnetKind kind, Map<String, String> tags) {
        String word = kind == SubnetKind.PUBLIC ? "public" : "private";
        List<String> ids = new ArrayList<>();
        for (Zone zone : spec.zones()) {
            DataAwsSubnets found = new DataAwsSubnets(
                    this,
                    word + "-" + zone,
                    DataAwsSubnetsConfig.builder()
                            .filter(List.of(
                                    DataAwsSubnetsFilter.builder()
                                            .name("vpc-id")
                                            .values(List.of(vpcId))
                                            .build(),
                                    DataAwsSubnetsFilter.builder()
                                            .name("availability-zone")
                                            .values(List.of(zone.name()))
                                            .build()))
                            .tags(TerraformText.escapeTexts(tags))
                            .build());
            require(
                    found,
                    "${length(self.ids) == 1}",
                    "Exactly one subnet of " + zone + " must have the tags of " + word + "SubnetTags. Found:"
                            + " ${length(self.ids)}. Name tags that one subnet in each zone has, or give "
                            + word + "SubnetIds.");
            ids.add(first(found));
        }
        return List.copyOf(ids);
    }

    private static String first(DataAwsSubnets found) {
        return Token.asString("${" + found.getFqn() + ".ids[0]}");
    }

    private static void require(TerraformDataSource source, String condition, String message) {
        source.addOverride(
                "lifecycle.postcondition", List.of(Map.of("condition", condition, "error_message", message)));
    }

    /** A tag that subnets are looked up by is there, and must stay when this stack is destroyed. */
    private void tag(String kind, List<String> ids, Map<String, String> tags, String key) {
        if (tags.containsKey(key)) {
            return;
        }
        for (int i = 0; i < ids.size(); i++) {
            new Ec2Tag(
                    this,
                    "role-"
                            + (tags.isEmpty()
                                    ? ids.get(i)
                                    : kind + "-" + spec.zones().get(i)),
                    Ec2TagConfig.builder()
                            .resourceId(ids.get(i))
                            .key(key)
                            .value("1")
                            .build());
        }
    }

    private VpcEndpoints endpoints() {
        boolean gateways = spec.endpointServices().stream()
                .anyMatch(endpoint -> endpoint.settings().isGateway());
        VpcEndpoints.Place place = new VpcEndpoints.Place(
                vpcId,
                this::subnetsOf,
                gateways ? routeTableIds() : List.of(),
                Map.of(
                        "https-from-vpc",
                        new VpcEndpoints.Source(
                                "${each.value}",
                                () -> "${toset([for block in " + vpc().getFqn()
                                        + ".cidr_block_associations : block.cidr_block if block.state == \"associated\"])}")));
        return new VpcEndpoints(this, "endpoints", name, place, spec.endpointServices());
    }

    private List<String> subnetsOf(EndpointSettings endpoint) {
        if (!endpoint.subnetIds().isEmpty()) {
            return endpoint.subnetIds();
        }
        return endpoint.zones().isEmpty() ? privateSubnetIds : privateSubnetIds(endpoint.zones());
    }

    /** A subnet without a route table of its own uses the main one, which this lookup does not find. */
    private List<String> routeTableIds() {
        if (!spec.privateRouteTableIds().isEmpty()) {
            return spec.privateRouteTableIds();
        }
        DataAwsRouteTables tables = new DataAwsRouteTables(
                this,
                "private-routes",
                DataAwsRouteTablesConfig.builder()
                        .vpcId(vpcId)
                        .filter(List.of(DataAwsRouteTablesFilter.builder()
                                .name("association.subnet-id")
                                .values(privateSubnetIds)
                                .build()))
                        .build());
        require(
                tables,
                "${length(self.ids) > 0}",
                "The private subnets have no route table of their own. Give the ids of their route tables in"
                        + " privateRouteTableIds.");
        return tables.getIds();
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

    /** The private subnets of zones, where they are looked up; subnets that are given by id have no known zone. */
    @Override
    public List<String> privateSubnetIds(List<Zone> zones) {
        if (spec.privateSubnetTags().isEmpty()) {
            throw new InvalidInputException(new Problem(
                    Place.of(PropertyPath.of("zones")),
                    "zones are only for a network that is created, or whose subnets are looked up",
                    "use subnetIds"));
        }
        return ZonesOf.subnets(spec.zones(), privateSubnetIds, zones);
    }

    @Override
    public List<String> initialSubnetIds() {
        return spec.initialZones().isEmpty() ? privateSubnetIds : privateSubnetIds(spec.initialZones());
    }

    @Override
    public Optional<PodNetwork> pods() {
        return spec.pods().map(pods -> {
            Map<String, String> subnetIds = new LinkedHashMap<>();
            pods.subnetIds().forEach((zone, id) -> subnetIds.put(zone.name(), id));
            return new PodNetwork(subnetIds, pods.prefixDelegation());
        });
    }

    @Override
    public List<ITerraformDependable> privateRoutes() {
        return List.copyOf(privateRoutes);
    }
}
