package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A network that exists already and is used as it is.
 *
 * <p>Control plane, node groups and Fargate profiles use all of {@code privateSubnetIds} unless {@code cluster.subnetIds} names
 * others. Set that key to the subnets in use before a subnet is added here later: see {@link ClusterNetwork}.
 *
 * @param vpcId the VPC
 * @param publicSubnetIds public subnets, for internet-facing load balancers; may be empty
 * @param privateSubnetIds private subnets of at least two zones, for nodes and the network interfaces of the control
 *     plane
 * @param tagSubnets whether to add the {@code kubernetes.io/role/*} tags to the subnets, without which the AWS Load
 *     Balancer Controller does not find them; default true
 * @param pods how pods get their addresses; default those of their node's subnet, one by one
 */
@YamlForm(key = "existing")
@RecordBuilder
public record ExistingNetworkSpec(
        @Example("vpc-0a1b2c3d4e5f60718") @Limit(pattern = ExistingNetworkSpec.VPC)
        String vpcId,

        @Example("[subnet-0a1b2c3d4e5f60710]") @Limit(pattern = SubnetIds.PATTERN, unique = true)
        List<String> publicSubnetIds,

        @Example("[subnet-0a1b2c3d4e5f60711, subnet-0a1b2c3d4e5f60712]")
        @Limit(minItems = NetworkSpec.MIN_ZONES, pattern = SubnetIds.PATTERN, unique = true)
        List<String> privateSubnetIds,

        @Example("false") boolean tagSubnets,

        @Example("{prefixDelegation: true}") Optional<ExistingPodsSpec> pods)
        implements NetworkSource, ExistingNetworkSpecBuilder.With {

    private static final String VPC = "^vpc-[0-9a-f]{8,17}$";
    private static final Pattern VPC_ID = Pattern.compile(VPC);

    /** Checks the ids' form, that there are no duplicates, and that there are two private subnets. */
    public ExistingNetworkSpec {
        Components.required("vpcId", vpcId);
        publicSubnetIds = Components.list("publicSubnetIds", publicSubnetIds);
        privateSubnetIds = Components.list("privateSubnetIds", privateSubnetIds);
        Problems problems = new Problems();
        if (!VPC_ID.matcher(vpcId).matches()) {
            problems.add(
                    "vpcId",
                    "\"" + vpcId + "\" is not a VPC id",
                    "vpc- and 8 to 17 hex digits",
                    "copy it from `aws ec2 describe-vpcs`");
        }
        SubnetIds ids = new SubnetIds(problems);
        ids.check(PropertyPath.of("publicSubnetIds"), publicSubnetIds);
        ids.check(PropertyPath.of("privateSubnetIds"), privateSubnetIds);
        if (privateSubnetIds.size() < NetworkSpec.MIN_ZONES) {
            problems.add(
                    "privateSubnetIds",
                    privateSubnetIds.size() + " given",
                    "private subnets in at least two zones: EKS needs them for its control plane",
                    "add a private subnet of another zone");
        }
        problems.throwIfAny();
    }

    /**
     * An existing network with the defaults.
     *
     * @param vpcId the VPC
     * @param publicSubnetIds its public subnets, may be empty
     * @param privateSubnetIds its private subnets, in at least two zones
     * @return the spec
     */
    @Defaults
    public static ExistingNetworkSpec of(String vpcId, List<String> publicSubnetIds, List<String> privateSubnetIds) {
        return new ExistingNetworkSpec(vpcId, publicSubnetIds, privateSubnetIds, true, Optional.empty());
    }
}
