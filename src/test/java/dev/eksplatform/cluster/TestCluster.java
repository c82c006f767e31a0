package dev.eksplatform.cluster;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.network.ExistingNetwork;
import dev.eksplatform.network.ExistingNetworkSpec;
import java.util.List;

/** A cluster named shop in a network that exists, for what is made around it. */
public final class TestCluster {

    private TestCluster() {}

    public static Cluster in(TerraformStack stack) {
        return in(stack, ClusterSpec.of("shop", "1.36"));
    }

    public static Cluster in(TerraformStack stack, ClusterSpec spec) {
        ExistingNetworkSpec network = ExistingNetworkSpec.of(
                        "vpc-0a1b2c3d", List.of(), List.of("subnet-0000000a", "subnet-0000000b"))
                .withTagSubnets(false);
        return new Cluster(stack, "cluster", new ExistingNetwork(stack, "network", network), spec);
    }
}
