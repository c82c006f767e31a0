package dev.eksplatform.network;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.ec2_tag.Ec2Tag;
import com.hashicorp.cdktf.providers.aws.ec2_tag.Ec2TagConfig;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.constructs.Construct;

/** A network that exists already; only the role tags of its subnets are created. */
public final class ExistingNetwork extends PlatformConstruct implements ClusterNetwork {

    private final ExistingNetworkSpec spec;

    /**
     * Refers to an existing network.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param spec which network
     */
    public ExistingNetwork(Construct scope, String id, ExistingNetworkSpec spec) {
        super(scope, id);
        this.spec = spec;
        if (spec.tagSubnets()) {
            spec.publicSubnetIds().forEach(subnet -> tag(subnet, SubnetRoleTags.PUBLIC));
            spec.privateSubnetIds().forEach(subnet -> tag(subnet, SubnetRoleTags.PRIVATE));
        }
    }

    private void tag(String subnetId, String key) {
        new Ec2Tag(
                this,
                "role-" + subnetId,
                Ec2TagConfig.builder().resourceId(subnetId).key(key).value("1").build());
    }

    @Override
    public String vpcId() {
        return spec.vpcId();
    }

    @Override
    public List<String> publicSubnetIds() {
        return spec.publicSubnetIds();
    }

    @Override
    public List<String> privateSubnetIds() {
        return spec.privateSubnetIds();
    }

    /** Always fails: the subnets of an existing network are given by id. */
    @Override
    public List<String> privateSubnetIds(List<Zone> zones) {
        throw new InvalidInputException(new Problem(
                Place.of(PropertyPath.of("zones")), "zones are only for a network that is created", "use subnetIds"));
    }

    @Override
    public List<String> initialSubnetIds() {
        return spec.privateSubnetIds();
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
        return List.of();
    }
}
