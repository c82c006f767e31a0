package dev.eksplatform.network;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.ec2_tag.Ec2Tag;
import com.hashicorp.cdktf.providers.aws.ec2_tag.Ec2TagConfig;
import dev.eksplatform.construct.PlatformConstruct;
import java.util.List;
import software.constructs.Construct;

/** A network that exists already; makes nothing in it but the role tags of its subnets. */
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
            spec.publicSubnetIds().forEach(subnet -> tag(subnet, RoleTags.PUBLIC));
            spec.privateSubnetIds().forEach(subnet -> tag(subnet, RoleTags.PRIVATE));
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

    @Override
    public List<ITerraformDependable> privateRoutes() {
        return List.of();
    }
}
