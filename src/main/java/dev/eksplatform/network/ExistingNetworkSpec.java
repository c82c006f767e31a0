package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A network that exists already. The VPC and its subnets are given by id, or looked up by tags at each plan.
 *
 * <p>Control plane, node groups and Fargate profiles use all of {@code privateSubnetIds} unless {@code cluster.subnetIds} names
 * others. Set that key to the subnets in use before a subnet is added here later: see {@link ClusterNetwork}. Subnets that
 * are looked up are used by zone, as in a network that is created.
 *
 * @param vpcId the VPC by id; default looked up by {@code vpcTags}
 * @param publicSubnetIds public subnets by id, for internet-facing load balancers; default none
 * @param privateSubnetIds private subnets of at least two zones by id, for nodes and the network interfaces of the control
 *     plane; default looked up by {@code privateSubnetTags}
 * @param tagSubnets whether to add the {@code kubernetes.io/role/*} tags to the subnets, without which the AWS Load
 *     Balancer Controller does not find them; default true
 * @param pods how pods get their addresses; default those of their node's subnet, one by one
 *     Balancer Controller does not find them; default true. A network that is {@code shared} is never tagged
 * @param vpcTags tags that only this VPC has, such as {@code Name}; default none
 * @param zones the zones whose subnets are looked up, at least two; required with {@code privateSubnetTags}. Add new ones at
 *     the end
 * @param privateSubnetTags tags that exactly one private subnet in each of the zones has; default none
 * @param publicSubnetTags tags that exactly one public subnet in each of the zones has; default none
 * @param shared whether another account owns the network and shares its subnets (AWS RAM); default false. Nothing of the
 *     owner's is changed
 * @param privateCluster whether nodes and pods reach AWS through VPC endpoints only: a private API endpoint, and an endpoint of
 *     every service that the environment calls; default false
 * @param endpoints AWS services that are reached through VPC endpoints that are created; default none. With
 *     {@code privateCluster} further ones, and settings
 * @param privateRouteTableIds route tables of the private subnets, for endpoints of {@code s3} and {@code dynamodb}; default
 *     looked up
 * @param flowLogs whether the traffic of the VPC is logged, or settings; default false
 */
@YamlForm(key = "existing")
@RecordBuilder
public record ExistingNetworkSpec(
        @Example("vpc-0a1b2c3d4e5f60718") @Limit(pattern = ExistingNetworkSpec.VPC)
        Optional<String> vpcId,

        @Example("[subnet-0a1b2c3d4e5f60710]") @Limit(pattern = SubnetIds.PATTERN, unique = true)
        List<String> publicSubnetIds,

        @Example("[subnet-0a1b2c3d4e5f60711, subnet-0a1b2c3d4e5f60712]")
        @Limit(minItems = NetworkSpec.MIN_ZONES, pattern = SubnetIds.PATTERN, unique = true)
        List<String> privateSubnetIds,

        @Example("false") boolean tagSubnets,

        @Example("{prefixDelegation: true}") Optional<ExistingPodsSpec> pods,

        @Example("{Name: shop}") Map<String, String> vpcTags,

        @Example("[eu-central-1a, eu-central-1b]") @Limit(unique = true)
        List<Zone> zones,

        @Example("{kubernetes.io/role/internal-elb: \"1\"}") Map<String, String> privateSubnetTags,

        @Example("{kubernetes.io/role/elb: \"1\"}") Map<String, String> publicSubnetTags,

        @Example("true") boolean shared,

        @Example("true") boolean privateCluster,

        @Example("[s3, ecr.api, ecr.dkr]") Optional<List<NetworkEndpoint>> endpoints,

        @Example("[rtb-0a1b2c3d4e5f60718]") @Limit(pattern = ExistingNetworkSpec.TABLE, unique = true)
        List<String> privateRouteTableIds,

        @Example("true") FlowLogs flowLogs)
        implements NetworkSource, ExistingNetworkSpecBuilder.With {

    private static final String VPC = "^vpc-[0-9a-f]{8,17}$";
    private static final Pattern VPC_ID = Pattern.compile(VPC);
    private static final String TABLE = "^rtb-[0-9a-f]{8,17}$";
    private static final Pattern TABLE_ID = Pattern.compile(TABLE);
    private static final String TWO_SUBNETS =
            "private subnets in at least two zones: EKS needs them for its control plane";

    /** Checks the ids' form, that VPC and subnets are given in one way only, and what a shared network does not allow. */
    public ExistingNetworkSpec {
        publicSubnetIds = Components.list("publicSubnetIds", publicSubnetIds);
        privateSubnetIds = Components.list("privateSubnetIds", privateSubnetIds);
        vpcTags = Components.map("vpcTags", vpcTags);
        zones = Components.list("zones", zones);
        privateSubnetTags = Components.map("privateSubnetTags", privateSubnetTags);
        publicSubnetTags = Components.map("publicSubnetTags", publicSubnetTags);
        endpoints = endpoints.map(List::copyOf);
        privateRouteTableIds = Components.list("privateRouteTableIds", privateRouteTableIds);
        tagSubnets = tagSubnets && !shared;
        Problems problems = new Problems();
        if (vpcId.isPresent() && !vpcTags.isEmpty()) {
            problems.add(PropertyPath.of("vpcTags"), "vpcId and vpcTags", "remove one of them");
        }
        vpcId.ifPresent(id -> problems.match(
                "vpcId",
                id,
                VPC_ID,
                "a VPC id",
                "vpc- and 8 to 17 hex digits",
                "copy it from `aws ec2 describe-vpcs`"));
        SubnetIds ids = new SubnetIds(problems);
        ids.check(PropertyPath.of("publicSubnetIds"), publicSubnetIds);
        ids.check(PropertyPath.of("privateSubnetIds"), privateSubnetIds);
        checkPrivateSubnets(privateSubnetIds, privateSubnetTags, problems);
        if (!publicSubnetIds.isEmpty() && !publicSubnetTags.isEmpty()) {
            problems.add(
                    PropertyPath.of("publicSubnetTags"), "publicSubnetIds and publicSubnetTags", "remove one of them");
        }
        checkZones(zones, !privateSubnetTags.isEmpty() || !publicSubnetTags.isEmpty(), problems);
        for (int i = 0; i < privateRouteTableIds.size(); i++) {
            problems.match(
                    PropertyPath.of("privateRouteTableIds").index(i),
                    privateRouteTableIds.get(i),
                    TABLE_ID,
                    "a route table id",
                    "rtb- and 8 to 17 hex digits",
                    "copy it from `aws ec2 describe-route-tables`");
        }
        checkEndpoints(endpoints.orElse(List.of()), privateSubnetTags.isEmpty() ? List.of() : zones, problems);
        if (shared) {
            checkShared(
                    !vpcTags.isEmpty() || !privateSubnetTags.isEmpty() || !publicSubnetTags.isEmpty(),
                    privateCluster || !endpoints.orElse(List.of()).isEmpty(),
                    flowLogs.settings().isPresent(),
                    problems);
        }
        problems.throwIfAny();
    }

    private static void checkPrivateSubnets(List<String> ids, Map<String, String> tags, Problems problems) {
        if (!ids.isEmpty() && !tags.isEmpty()) {
            problems.add(
                    PropertyPath.of("privateSubnetTags"),
                    "privateSubnetIds and privateSubnetTags",
                    "remove one of them");
        } else if (!ids.isEmpty() && ids.size() < NetworkSpec.MIN_ZONES) {
            problems.add(
                    "privateSubnetIds", ids.size() + " given", TWO_SUBNETS, "add a private subnet of another zone");
        }
    }

    private static void checkZones(List<Zone> zones, boolean lookedUp, Problems problems) {
        if (lookedUp && zones.size() < NetworkSpec.MIN_ZONES) {
            problems.add(
                    "zones",
                    zones.size() + " given",
                    "two or more zones: one subnet is looked up in each",
                    "add zones of the region");
        } else if (!lookedUp && !zones.isEmpty()) {
            problems.add(
                    PropertyPath.of("zones"),
                    "zones of subnets that are given by id",
                    "remove zones, or use privateSubnetTags instead of privateSubnetIds");
        }
        problems.once(PropertyPath.of("zones"), zones, "zone");
        NetworkSpec.checkRegion(zones, problems);
    }

    private static void checkEndpoints(List<NetworkEndpoint> endpoints, List<Zone> zones, Problems problems) {
        String region = zones.isEmpty() ? "" : zones.get(0).region();
        EndpointLists.checkDuplicates(PropertyPath.of("endpoints"), endpoints, region, problems);
        for (int i = 0; i < endpoints.size(); i++) {
            EndpointSettings endpoint = endpoints.get(i).settings();
            PropertyPath where = PropertyPath.of("endpoints").index(i);
            if (zones.isEmpty() && !endpoint.zones().isEmpty()) {
                problems.add(where.key("zones"), "zones of subnets that are given by id", "use subnetIds");
            } else {
                EndpointLists.checkZones(where, endpoint, zones, problems);
            }
        }
    }

    /**
     * What only the owner can do. Source: <a
     * href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html">responsibilities and permissions for
     * owners and participants</a>.
     */
    private static void checkShared(boolean tags, boolean endpoints, boolean flowLogs, Problems problems) {
        if (tags) {
            problems.add(
                    PropertyPath.of("shared"),
                    "tags of a shared network, which its owner does not share",
                    "use vpcId, publicSubnetIds and privateSubnetIds");
        }
        if (endpoints) {
            problems.add(
                    PropertyPath.of("endpoints"),
                    "only the owner of a shared network creates VPC endpoints",
                    "ask the owner for them, and remove endpoints and privateCluster here");
        }
        if (flowLogs) {
            problems.add(
                    PropertyPath.of("flowLogs"),
                    "only the owner of a shared network logs its traffic",
                    "ask the owner for it, and remove flowLogs here");
        }
    }

    /**
     * Whether VPC and private subnets are known.
     *
     * @return what is missing, each at its property; empty for a complete spec
     */
    public List<Problem> missing() {
        Problems problems = new Problems();
        if (vpcId.isEmpty() && vpcTags.isEmpty()) {
            problems.add(
                    PropertyPath.of("vpcId"),
                    "neither vpcId nor vpcTags",
                    "add vpcId: vpc-0a1b2c3d4e5f60718, or vpcTags: {Name: shop}");
        }
        if (privateSubnetIds.isEmpty() && privateSubnetTags.isEmpty()) {
            problems.add(
                    "privateSubnetIds",
                    "0 given",
                    TWO_SUBNETS,
                    "add private subnets of two zones, or privateSubnetTags and zones");
        }
        return problems.found();
    }

    /** Nothing yet: VPC and private subnets are missing. */
    @Defaults
    static ExistingNetworkSpec incomplete() {
        return new ExistingNetworkSpec(
                Optional.empty(),
                List.of(),
                List.of(),
                true,
                Optional.empty(),
                Map.of(),
                List.of(),
                Map.of(),
                Map.of(),
                false,
                false,
                Optional.empty(),
                List.of(),
                new FlowLogs.Off());
    }

    /**
     * An existing network with the defaults.
     *
     * @param vpcId the VPC
     * @param publicSubnetIds its public subnets, may be empty
     * @param privateSubnetIds its private subnets, in at least two zones
     * @return the spec
     */
    public static ExistingNetworkSpec of(String vpcId, List<String> publicSubnetIds, List<String> privateSubnetIds) {
        return complete(incomplete().with(spec -> spec.vpcId(Optional.of(vpcId))
                .publicSubnetIds(publicSubnetIds)
                .privateSubnetIds(privateSubnetIds)));
    }

    void requireComplete() {
        Problems problems = new Problems();
        missing().forEach(problems::add);
        problems.throwIfAny();
    }

    private static ExistingNetworkSpec complete(ExistingNetworkSpec spec) {
        spec.requireComplete();
        return spec;
    }

    /**
     * A network whose VPC and private subnets are looked up by tags.
     *
     * @param vpcTags tags that only this VPC has
     * @param zones its zones, at least two
     * @param privateSubnetTags tags that exactly one private subnet in each of the zones has
     * @return the spec
     */
    public static ExistingNetworkSpec byTags(
            Map<String, String> vpcTags, List<Zone> zones, Map<String, String> privateSubnetTags) {
        return complete(
                incomplete().with(spec -> spec.vpcTags(vpcTags).zones(zones).privateSubnetTags(privateSubnetTags)));
    }

    /**
     * The zones of a cluster whose spec names none.
     *
     * @return the first two; empty where subnets are given by id
     */
    public List<Zone> initialZones() {
        return privateSubnetTags.isEmpty() ? List.of() : zones.subList(0, NetworkSpec.MIN_ZONES);
    }

    /**
     * The endpoints to create.
     *
     * @return what is given, and with {@code privateCluster} what nodes call
     */
    public List<NetworkEndpoint> endpointServices() {
        List<NetworkEndpoint> given = endpoints.orElse(List.of());
        String region = zones.isEmpty() ? "" : zones.get(0).region();
        return privateCluster ? EndpointLists.merge(EndpointService.OF_NODES, given, region) : given;
    }
}
