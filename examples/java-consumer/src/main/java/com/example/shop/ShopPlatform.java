package com.example.shop;

import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.aws.provider.AwsProvider;
import com.hashicorp.cdktf.providers.aws.provider.AwsProviderConfig;
import dev.eksplatform.addon.HelmRelease;
import dev.eksplatform.addon.HelmReleaseSpec;
import dev.eksplatform.cluster.Cluster;
import dev.eksplatform.cluster.ClusterAccess;
import dev.eksplatform.cluster.ClusterAuthentication;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.NodeGroup;
import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.WorkloadIdentity;
import dev.eksplatform.network.Network;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.stack.Synthesis;
import dev.eksplatform.workload.Namespace;
import dev.eksplatform.workload.ServiceAccount;
import java.util.List;

/** A network, a cluster with nodes, AWS permissions for one ServiceAccount, and a Helm release. */
public final class ShopPlatform {

    private static final String REGION = "eu-central-1";

    private final TerraformStack infrastructure;
    private final TerraformStack platform;

    ShopPlatform(App app) {
        infrastructure = new TerraformStack(app, "shop-infrastructure");
        new AwsProvider(infrastructure, "aws", AwsProviderConfig.builder().region(REGION).build());
        Network network =
                new Network(infrastructure, "network", NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b"));
        Cluster cluster = new Cluster(infrastructure, "cluster", network, ClusterSpec.of("shop", "1.36"));
        new NodeGroup(infrastructure, "general", cluster, NodeGroupSpec.of("m7g.large").withSize(2, 6));
        WorkloadIdentity orders = new WorkloadIdentity(
                infrastructure,
                "orders",
                cluster,
                "shop/orders",
                IdentitySpec.managedPolicies("AmazonS3ReadOnlyAccess"));

        platform = new TerraformStack(app, "shop-platform");
        platform.addDependency(infrastructure);
        new AwsProvider(platform, "aws", AwsProviderConfig.builder().region(REGION).build());
        ClusterAccess access =
                ClusterAccess.toEks(platform, "access", cluster.name(), REGION, ClusterAuthentication.EXEC);
        access.provideHelm();
        Namespace shop = new Namespace(platform, "shop");
        new ServiceAccount(platform, "orders", orders, List.of(shop.resource()));
        HelmReleaseSpec podinfo =
                HelmReleaseSpec.of("podinfo", "https://stefanprodan.github.io/podinfo", "6.7.0", "shop");
        new HelmRelease(platform, "podinfo", podinfo, List.of(shop.resource()));
    }

    TerraformStack infrastructure() {
        return infrastructure;
    }

    TerraformStack platform() {
        return platform;
    }

    /** Writes {@code cdktf.out}. */
    public static void main(String[] arguments) {
        App app = new App();
        new ShopPlatform(app);
        Synthesis.write(app);
    }
}
