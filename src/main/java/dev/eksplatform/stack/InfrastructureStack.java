package dev.eksplatform.stack;

import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.aws.provider.AwsProvider;
import com.hashicorp.cdktf.providers.aws.provider.AwsProviderConfig;
import com.hashicorp.cdktf.providers.aws.provider.AwsProviderDefaultTags;
import dev.eksplatform.cluster.Cluster;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.EksAddonTags;
import dev.eksplatform.cluster.FargateProfile;
import dev.eksplatform.cluster.KubernetesCluster;
import dev.eksplatform.cluster.NodeGroup;
import dev.eksplatform.cluster.PortRule;
import dev.eksplatform.construct.Account;
import dev.eksplatform.environment.EnvironmentSpec;
import dev.eksplatform.environment.ResolvedEnvironment;
import dev.eksplatform.environment.ResolvedIdentity;
import dev.eksplatform.iam.document.InlinePolicy;
import dev.eksplatform.identity.Identity;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.WorkloadIdentity;
import dev.eksplatform.internal.json.TerraformText;
import dev.eksplatform.network.ClusterNetwork;
import dev.eksplatform.network.ExistingNetwork;
import dev.eksplatform.network.ExistingNetworkSpec;
import dev.eksplatform.network.Network;
import dev.eksplatform.network.NetworkSource;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.PropertyPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/** What an environment has in AWS: network, cluster, nodes, EKS add-ons and every IAM role. */
public final class InfrastructureStack extends TerraformStack {

    private final ResolvedEnvironment environment;
    private final EnvironmentSpec spec;
    private final TracedScope scope;
    private final InfrastructureOutputs outputs;
    private final KubernetesCluster cluster;
    private final Map<String, WorkloadIdentity> identities = new LinkedHashMap<>();
    private @Nullable Cluster created;

    InfrastructureStack(Construct app, String name, ResolvedEnvironment environment, Origins origins) {
        super(app, name);
        this.environment = environment;
        this.spec = environment.spec();
        StateBackend.configure(this, spec, name);
        provideAws(this, spec);
        Account.declare(this, spec.account(), spec.region());
        scope = TracedScope.of(this, name, PropertyPath.ROOT, origins);
        outputs = new InfrastructureOutputs(this);
        cluster = spec.cluster()
                .created()
                .<KubernetesCluster>map(this::createCluster)
                .orElseGet(() -> scope.create(
                        "cluster",
                        PropertyPath.of("cluster"),
                        (stack, id) -> KubernetesCluster.existing(stack, id, spec.cluster())));
        outputs.cluster(cluster, spec.region());
        createIdentities();
    }

    /** The provider of an environment's account, which refuses every other. */
    static void provideAws(TerraformStack stack, EnvironmentSpec spec) {
        AwsProviderConfig.Builder config = AwsProviderConfig.builder()
                .region(spec.region())
                .allowedAccountIds(List.of(spec.account().digits()));
        if (!spec.tags().isEmpty()) {
            config.defaultTags(List.of(AwsProviderDefaultTags.builder()
                    .tags(TerraformText.escapeTexts(spec.tags()))
                    .build()));
        }
        new AwsProvider(stack, "aws", config.build());
    }

    private Cluster createCluster(ClusterSpec clusterSpec) {
        ClusterSpec named = clusterSpec
                .withName(Optional.of(environment.clusterName()))
                .withAddons(EksAddonTags.add(clusterSpec.addons(), spec.tags()));
        ClusterNetwork network = createNetwork();
        Cluster newCluster = scope.create(
                "cluster", PropertyPath.of("cluster"), (stack, id) -> new Cluster(stack, id, network, named));
        Cluster.attributes()
                .forEach((attribute, property) -> scope.trace(
                        Origins.attribute("cluster/cluster", attribute),
                        Place.of(PropertyPath.of("cluster").plus(property))));
        TracedScope nodeGroups = scope.scope("node-groups");
        spec.nodeGroups()
                .forEach((name, group) -> nodeGroups.create(
                        name,
                        PropertyPath.of("nodeGroups", name),
                        (in, id) -> new NodeGroup(in, id, newCluster, group, spec.tags())));
        TracedScope fargate = scope.scope("fargate");
        spec.fargate()
                .forEach((name, profile) -> fargate.create(
                        name,
                        PropertyPath.of("fargate", name),
                        (in, id) -> new FargateProfile(in, id, newCluster, profile)));
        environment.addons().forEach(addon -> addon.webhookPorts().stream()
                .flatMap(port -> PortRule.webhook(port, addon.name()).stream())
                .forEach(newCluster::open));
        created = newCluster;
        return newCluster;
    }

    private ClusterNetwork createNetwork() {
        NetworkSource source = spec.network().orElseThrow();
        ClusterNetwork network = scope.create(
                "network",
                PropertyPath.of("network"),
                (stack, id) -> source instanceof NetworkSpec toCreate
                        ? new Network(stack, id, environment.network(toCreate))
                        : new ExistingNetwork(stack, id, environment.network((ExistingNetworkSpec) source)));
        outputs.network(network);
        return network;
    }

    private void createIdentities() {
        TracedScope all = scope.scope("identities");
        Map<String, String> roleArns = new TreeMap<>();
        for (ResolvedIdentity resolved : environment.identities()) {
            Identity identity = resolved.identity();
            String account = identity.serviceAccount().toString();
            Cluster withAddon = resolved.eksAddon().isPresent() ? created : null;
            WorkloadIdentity workload = all.create(
                    identity.serviceAccount().id(),
                    resolved.property(),
                    (in, id) -> new WorkloadIdentity(in, id, cluster, identity, withAddon == null));
            tracePolicies(all, resolved);
            roleArns.put(account, workload.roleArn());
            if (withAddon == null) {
                identities.put(account, workload);
            } else {
                workload.bindTo(withAddon.addon(resolved.eksAddon().orElseThrow()));
            }
        }
        outputs.roles(roleArns);
    }

    /** A policy is fixed where it is written, not where its identity begins. */
    private static void tracePolicies(TracedScope identities, ResolvedIdentity resolved) {
        String id = resolved.identity().serviceAccount().id() + "/";
        IdentitySpec identity = resolved.identity().spec();
        WorkloadIdentity.parts(identity)
                .forEach((part, property) ->
                        identities.trace(id + part, Place.of(resolved.property().plus(property))));
        identity.policy()
                .map(InlinePolicy::place)
                .filter(place -> !place.equals(Place.InSpec.UNKNOWN))
                .ifPresent(place -> identities.trace(id + WorkloadIdentity.POLICY, place));
    }

    /**
     * The cluster.
     *
     * @return the construct
     */
    public KubernetesCluster cluster() {
        return cluster;
    }

    /**
     * The identities of ServiceAccounts.
     *
     * @return constructs by {@code namespace/name}
     */
    public Map<String, WorkloadIdentity> identities() {
        return Map.copyOf(identities);
    }
}
