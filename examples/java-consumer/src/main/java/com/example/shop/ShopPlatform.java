package com.example.shop;

import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.aws.provider.AwsProvider;
import com.hashicorp.cdktf.providers.aws.provider.AwsProviderConfig;
import dev.eksplatform.cluster.Cluster;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.NodeGroup;
import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.WorkloadIdentity;
import dev.eksplatform.network.Network;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.stack.Synthesis;

/** A network, a cluster with nodes, and AWS permissions for one ServiceAccount. */
public final class ShopPlatform {

    private ShopPlatform() {}

    public static void main(String[] arguments) {
        App app = new App();
        addTo(app);
        Synthesis.write(app);
    }

    static WorkloadIdentity addTo(App app) {
        TerraformStack infrastructure = new TerraformStack(app, "shop-infrastructure");
        new AwsProvider(
                infrastructure, "aws", AwsProviderConfig.builder().region("eu-central-1").build());
        Network network =
                new Network(infrastructure, "network", NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b"));
        Cluster cluster = new Cluster(infrastructure, "cluster", network, ClusterSpec.of("shop", "1.33"));
        new NodeGroup(infrastructure, "general", cluster, NodeGroupSpec.of("m7g.large").withSize(2, 6));
        return new WorkloadIdentity(
                infrastructure,
                "orders",
                cluster,
                "shop/orders",
                IdentitySpec.managedPolicies("AmazonS3ReadOnlyAccess"));
    }
}
