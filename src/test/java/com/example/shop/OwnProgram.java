package com.example.shop;

import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.AppConfig;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroupConfig;
import com.hashicorp.cdktf.providers.aws.provider.AwsProvider;
import com.hashicorp.cdktf.providers.aws.provider.AwsProviderConfig;
import dev.eksplatform.cluster.Cluster;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.WorkloadIdentity;
import dev.eksplatform.network.Network;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.stack.EnvironmentStacks;
import dev.eksplatform.stack.InfrastructureStack;
import dev.eksplatform.stack.Synthesis;
import java.nio.file.Path;

/** Programs of somebody else's; tests name their lines. */
public final class OwnProgram {

    private OwnProgram() {}

    /** Constructs in a stack of its own. */
    public static void constructs(Path output) {
        App app = app(output);
        TerraformStack stack = new TerraformStack(app, "shop");
        new AwsProvider(
                stack, "aws", AwsProviderConfig.builder().region("eu-central-1").build());
        NetworkSpec spec = NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b");
        Network network = new Network(stack, "network", spec);
        new Cluster(stack, "cluster", network, ClusterSpec.of("shop", "1.36"));
        new CloudwatchLogGroup(
                stack, "orders", CloudwatchLogGroupConfig.builder().build());
        Synthesis.write(app);
    }

    /** An environment file, with an identity added to it. */
    public static void environment(Path file, Path output) {
        App app = app(output);
        EnvironmentStacks stacks = EnvironmentStacks.of(app, Environment.read(file));
        InfrastructureStack stack = stacks.infrastructure();
        IdentitySpec reads = IdentitySpec.managedPolicies("AmazonS3ReadOnlyAccess");
        new WorkloadIdentity(stack, "orders", stack.cluster(), "shop/orders", reads);
        Synthesis.write(app, stacks);
    }

    private static App app(Path output) {
        return new App(AppConfig.builder().outdir(output.toString()).build());
    }
}
