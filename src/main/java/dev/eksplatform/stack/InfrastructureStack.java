package dev.eksplatform.stack;

import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.aws.provider.AwsProvider;
import com.hashicorp.cdktf.providers.aws.provider.AwsProviderConfig;
import com.hashicorp.cdktf.providers.aws.provider.AwsProviderDefaultTags;
import dev.eksplatform.cluster.Cluster;
import dev.eksplatform.cluster.ClusterSource;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.EksAddonName;
import dev.eksplatform.cluster.EksAddonTags;
import dev.eksplatform.cluster.ExistingCluster;
import dev.eksplatform.cluster.ExistingClusterSpec;
import dev.eksplatform.cluster.FargateProfile;
import dev.eksplatform.cluster.KubernetesCluster;
import dev.eksplatform.cluster.NodeGroup;
import dev.eksplatform.cluster.PortRule;
import dev.eksplatform.cluster.RosaCluster;
import dev.eksplatform.cluster.RosaClusterSpec;
import dev.eksplatform.construct.Account;
import dev.eksplatform.environment.EnvironmentSpec;
import dev.eksplatform.environment.ResolvedEnvironment;
import dev.eksplatform.environment.ResolvedEnvironment.SettledIdentity;
import dev.eksplatform.identity.Identity;
import dev.eksplatform.identity.IdentityMode;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.PolicyReference;
import dev.eksplatform.identity.WorkloadIdentity;
import dev.eksplatform.internal.json.TerraformText;
import dev.eksplatform.network.ClusterNetwork;
import dev.eksplatform.network.ExistingNetwork;
import dev.eksplatform.network.ExistingNetworkSpec;
import dev.eksplatform.network.Network;
import dev.eksplatform.network.NetworkSource;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.problem.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.constructs.Construct;

/** What an environment has in AWS: network, cluster, nodes, EKS add-ons and every IAM role. */
public final class InfrastructureStack extends TerraformStack {

    private final ResolvedEnvironment blueprint;
    private final EnvironmentSpec spec;
    private final Origins origins;
    private final InfrastructureOutputs outputs;
    private final KubernetesCluster cluster;
    private final Map<String, WorkloadIdentity> identities = new LinkedHashMap<>();

    InfrastructureStack(Construct scope, String name, ResolvedEnvironment blueprint, Origins origins) {
        super(scope, name);
        this.blueprint = blueprint;
        this.spec = blueprint.spec();
        this.origins = origins;
        StateBackend.keep(this, spec, name);
        provideAws(this, spec);
        Account.state(this, spec.account(), spec.region());
        origins.add(name, "");
        outputs = new InfrastructureOutputs(this);
        cluster = makeCluster();
        outputs.cluster(cluster, spec.region());
        makeIdentities();
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

    private KubernetesCluster makeCluster() {
        origins.add(path("cluster"), "cluster");
        ClusterSource source = spec.cluster();
        if (source instanceof ExistingClusterSpec existing) {
            return new ExistingCluster(this, "cluster", existing);
        }
        if (source instanceof RosaClusterSpec rosa) {
            return new RosaCluster(this, "cluster", rosa);
        }
        ClusterSpec asked = (ClusterSpec) source;
        ClusterSpec made = asked.withName(Optional.of(blueprint.clusterName()))
                .withAddons(EksAddonTags.add(asked.addons(), spec.tags()));
        Cluster newCluster = new Cluster(this, "cluster", makeNetwork(), made);
        Construct nodeGroups = new Construct(this, "node-groups");
        spec.nodeGroups().forEach((name, group) -> {
            origins.add(path("node-groups/" + name), "nodeGroups." + name);
            new NodeGroup(nodeGroups, name, newCluster, group, spec.tags());
        });
        Construct fargate = new Construct(this, "fargate");
        spec.fargate().forEach((name, profile) -> {
            origins.add(path("fargate/" + name), "fargate." + name);
            new FargateProfile(fargate, name, newCluster, profile);
        });
        blueprint.addons().forEach(addon -> addon.webhookPorts().stream()
                .flatMap(port -> PortRule.webhook(port, addon.name()).stream())
                .forEach(newCluster::open));
        return newCluster;
    }

    private ClusterNetwork makeNetwork() {
        origins.add(path("network"), "network");
        NetworkSource source = spec.network().orElseThrow();
        ClusterNetwork network = source instanceof NetworkSpec made
                ? new Network(this, "network", blueprint.network(made))
                : new ExistingNetwork(this, "network", (ExistingNetworkSpec) source);
        outputs.network(network);
        return network;
    }

    private void makeIdentities() {
        Construct scope = new Construct(this, "identities");
        Map<String, String> roleArns = new TreeMap<>();
        for (SettledIdentity settled : blueprint.identities()) {
            Identity identity = settled.identity();
            String id = id(identity);
            origins.add(path("identities/" + id), settled.property());
            addPolicyOrigins(path("identities/" + id), settled);
            String account = identity.serviceAccount().toString();
            boolean ofEksAddon = settled.eksAddon().isPresent() && cluster instanceof Cluster;
            WorkloadIdentity workload = new WorkloadIdentity(scope, id, cluster, identity, !ofEksAddon);
            roleArns.put(account, workload.roleArn());
            if (ofEksAddon) {
                bind((Cluster) cluster, settled.eksAddon().orElseThrow(), identity, workload);
            } else {
                identities.put(account, workload);
            }
        }
        outputs.roles(roleArns);
    }

    /** A policy is fixed where it is written, not where its identity begins. */
    private void addPolicyOrigins(String construct, SettledIdentity settled) {
        IdentitySpec identity = settled.identity().spec();
        identity.policy()
                .map(document -> document.place() instanceof Place.InFile place
                        ? place.toString()
                        : settled.property() + ".policy")
                .or(() ->
                        identity.buckets().isEmpty() ? Optional.empty() : Optional.of(settled.property() + ".buckets"))
                .ifPresent(origin -> origins.add(construct + "/policy", origin));
        for (int i = 0; i < identity.policies().size(); i++) {
            PolicyReference policy = identity.policies().get(i);
            String origin = settled.property() + ".policies[" + i + "]";
            origins.add(construct + "/attach-" + policy.name(), origin);
            origins.add(construct + "/attach-" + policy.reference().replace('/', '-'), origin);
        }
    }

    private static void bind(Cluster made, EksAddonName name, Identity identity, WorkloadIdentity workload) {
        String roleArn = workload.role().orElseThrow().getArn();
        if (identity.mode() == IdentityMode.POD_IDENTITY) {
            made.addon(name).usePodIdentity(identity.serviceAccount().name(), roleArn);
        } else {
            made.addon(name).useRole(roleArn);
        }
    }

    static String id(Identity identity) {
        return identity.serviceAccount().toString().replace('/', '_');
    }

    private String path(String below) {
        return spec.environment() + EnvironmentStacks.INFRASTRUCTURE + "/" + below;
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
