package dev.eksplatform.stack;

import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.aws.provider.AwsProvider;
import com.hashicorp.cdktf.providers.aws.provider.AwsProviderAssumeRole;
import com.hashicorp.cdktf.providers.aws.provider.AwsProviderConfig;
import com.hashicorp.cdktf.providers.aws.provider.AwsProviderDefaultTags;
import dev.eksplatform.addon.AddonResources;
import dev.eksplatform.cluster.CapabilitiesSpec;
import dev.eksplatform.cluster.Capability;
import dev.eksplatform.cluster.Cluster;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.ComputeCluster;
import dev.eksplatform.cluster.EksAddonName;
import dev.eksplatform.cluster.EksAddonSpec;
import dev.eksplatform.cluster.EksAddonTags;
import dev.eksplatform.cluster.EksManagedAddon;
import dev.eksplatform.cluster.FargateProfile;
import dev.eksplatform.cluster.KubernetesCluster;
import dev.eksplatform.cluster.NodeGroup;
import dev.eksplatform.cluster.OutputSet;
import dev.eksplatform.cluster.PortRule;
import dev.eksplatform.construct.Account;
import dev.eksplatform.construct.Roles;
import dev.eksplatform.environment.AssumeRoleSpec;
import dev.eksplatform.environment.EnvironmentSpec;
import dev.eksplatform.environment.ResolvedEnvironment;
import dev.eksplatform.environment.ResolvedIdentity;
import dev.eksplatform.iam.document.InlinePolicy;
import dev.eksplatform.identity.Identity;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.ServiceAccountName;
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
    private @Nullable ComputeCluster eks;

    InfrastructureStack(Construct app, String name, ResolvedEnvironment environment, Origins origins) {
        super(app, name);
        this.environment = environment;
        this.spec = environment.spec();
        StateBackend.configure(this, spec, name);
        provideAws(this, spec);
        Account.declare(this, spec.account(), spec.region());
        Roles.declare(this, spec.roles());
        scope = TracedScope.of(this, name, PropertyPath.ROOT, origins);
        outputs = new InfrastructureOutputs(this);
        cluster = spec.cluster()
                .created()
                .<KubernetesCluster>map(this::createCluster)
                .orElseGet(this::existingCluster);
        outputs.cluster(cluster, spec.region(), spec.credentials());
        createIdentities();
        createResourcesOfAddons();
        if (cluster instanceof Cluster created) {
            created.outputs().forEach(outputs::add);
        }
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
        spec.profile().map(TerraformText::escape).ifPresent(config::profile);
        List<AwsProviderAssumeRole> roles = spec.assumeRole().roles().stream()
                .map(InfrastructureStack::assume)
                .toList();
        if (!roles.isEmpty()) {
            config.assumeRole(roles);
        }
        new AwsProvider(stack, "aws", config.build());
    }

    private static AwsProviderAssumeRole assume(AssumeRoleSpec.Role role) {
        AwsProviderAssumeRole.Builder config = AwsProviderAssumeRole.builder().roleArn(role.roleArn());
        role.externalId().map(TerraformText::escape).ifPresent(config::externalId);
        role.sessionName().map(TerraformText::escape).ifPresent(config::sessionName);
        role.durationSeconds().map(seconds -> seconds + "s").ifPresent(config::duration);
        role.policy().map(InlinePolicy::toString).map(TerraformText::escape).ifPresent(config::policy);
        role.sourceIdentity().map(TerraformText::escape).ifPresent(config::sourceIdentity);
        if (!role.policyArns().isEmpty()) {
            config.policyArns(role.policyArns());
        }
        if (!role.tags().isEmpty()) {
            config.tags(TerraformText.escapeTexts(role.tags()));
        }
        if (!role.transitiveTagKeys().isEmpty()) {
            config.transitiveTagKeys(
                    role.transitiveTagKeys().stream().map(TerraformText::escape).toList());
        }
        return config.build();
    }

    private Cluster createCluster(ClusterSpec clusterSpec) {
        ClusterSpec named = clusterSpec
                .withName(Optional.of(environment.clusterName()))
                .withAddons(withIdentities(EksAddonTags.add(clusterSpec.addons(), spec.tags())))
                .withDeletionProtection(environment.deletionProtection(clusterSpec))
                .withAutoMode(clusterSpec.autoMode().map(autoMode -> autoMode.tagged(spec.tags())));
        ClusterNetwork network = createNetwork();
        Cluster newCluster = scope.create(
                "cluster", PropertyPath.of("cluster"), (stack, id) -> new Cluster(stack, id, network, named));
        Cluster.attributes()
                .forEach((attribute, property) -> scope.trace(
                        Origins.attribute("cluster/cluster", attribute),
                        Place.of(PropertyPath.of("cluster").plus(property))));
        Cluster.parts(named)
                .forEach((part, property) -> scope.trace(
                        "cluster/" + part, Place.of(PropertyPath.of("cluster").plus(property))));
        clusterSpec
                .addons()
                .keySet()
                .forEach(addon -> scope.trace(
                        Origins.attribute("cluster/" + addon + "/addon", EksManagedAddon.NAMESPACE),
                        Place.of(PropertyPath.of("cluster", "addons", addon.id(), "namespace"))));
        addCompute(newCluster, named.outputs());
        environment.addons().forEach(addon -> addon.webhookPorts().stream()
                .flatMap(port -> PortRule.webhook(port, addon.name()).stream())
                .forEach(newCluster::open));
        return newCluster;
    }

    private KubernetesCluster existingCluster() {
        KubernetesCluster existing = scope.create(
                "cluster",
                PropertyPath.of("cluster"),
                (stack, id) -> KubernetesCluster.existing(stack, id, spec.cluster()));
        if (existing instanceof ComputeCluster withCompute) {
            addCompute(withCompute, OutputSet.BASIC);
        }
        return existing;
    }

    private void addCompute(ComputeCluster to, OutputSet outputSet) {
        eks = to;
        Map<String, String> nodeRoles = new TreeMap<>();
        Map<String, String> fargateRoles = new TreeMap<>();
        TracedScope nodeGroups = scope.scope("node-groups");
        environment.nodeGroups().forEach((name, group) -> {
            PropertyPath property = PropertyPath.of("nodeGroups", group.property());
            nodeRoles.put(
                    name,
                    nodeGroups
                            .create(name, property, (in, id) -> new NodeGroup(in, id, to, group.spec(), spec.tags()))
                            .roleArn());
            NodeGroup.attributes()
                    .forEach((attribute, key) -> nodeGroups.trace(
                            Origins.attribute(name + "/node-group", attribute), Place.of(property.plus(key))));
            nodeGroups.trace(Origins.attribute(name + "/node-group", "ami_type"), Place.of(property.key("image")));
        });
        TracedScope fargate = scope.scope("fargate");
        spec.fargate()
                .forEach((name, profile) -> fargateRoles.put(
                        name,
                        fargate.create(
                                        name,
                                        PropertyPath.of("fargate", name),
                                        (in, id) -> new FargateProfile(in, id, to, profile))
                                .roleArn()));
        if (outputSet == OutputSet.ALL) {
            outputs.computeRoles(nodeRoles, fargateRoles);
        }
        CapabilitiesSpec capabilities = spec.cluster().capabilities();
        TracedScope all = scope.scope("capabilities");
        PropertyPath owner = PropertyPath.of("cluster", "capabilities");
        capabilities
                .argocd()
                .ifPresent(
                        one -> all.create("argocd", owner.key("argocd"), (in, id) -> Capability.argoCd(in, to, one)));
        capabilities
                .ack()
                .ifPresent(one -> all.create("ack", owner.key("ack"), (in, id) -> Capability.ack(in, to, one)));
        capabilities
                .kro()
                .ifPresent(one -> all.create("kro", owner.key("kro"), (in, id) -> Capability.kro(in, to, one)));
    }

    /** Node roles lack what an add-on has a role of its own for, also where identities gives it. */
    private Map<EksAddonName, EksAddonSpec> withIdentities(Map<EksAddonName, EksAddonSpec> addons) {
        Map<EksAddonName, EksAddonSpec> all = new LinkedHashMap<>(addons);
        environment.identities().forEach(resolved -> resolved.eksAddon().ifPresent(addon -> {
            EksAddonSpec settings = all.getOrDefault(addon, EksAddonSpec.standard());
            all.put(
                    addon,
                    settings.setsIdentity()
                            ? settings
                            : settings.withMode(Optional.of(EksAddonSpec.Mode.valueOf(
                                    resolved.identity().mode().name()))));
        }));
        return all;
    }

    private ClusterNetwork createNetwork() {
        NetworkSource source = spec.network().orElseThrow();
        ClusterNetwork network = scope.create(
                "network",
                PropertyPath.of("network"),
                (stack, id) -> source instanceof NetworkSpec toCreate
                        ? new Network(stack, id, environment.network(toCreate))
                        : new ExistingNetwork(stack, id, environment.network((ExistingNetworkSpec) source)));
        Network.parts()
                .forEach((part, property) -> scope.trace(
                        "network/" + part, Place.of(PropertyPath.of("network").plus(property))));
        outputs.network(network);
        return network;
    }

    private void createIdentities() {
        TracedScope all = scope.scope("identities");
        Map<String, String> roleArns = new TreeMap<>();
        Map<String, String> externalIds = new TreeMap<>();
        for (ResolvedIdentity resolved : environment.identities()) {
            Identity identity = resolved.identity();
            String account = identity.serviceAccount().toString();
            roleArns.put(account, environment.roleArn(identity));
            if (resolved instanceof ResolvedIdentity.OfShared) {
                continue;
            }
            ComputeCluster withAddon = resolved.eksAddon().isPresent() ? eks : null;
            WorkloadIdentity workload = all.create(
                    identity.serviceAccount().id(),
                    resolved.property(),
                    (in, id) -> new WorkloadIdentity(in, id, cluster, identity, withAddon == null));
            tracePolicies(all, resolved);
            externalIds.putAll(workload.externalIds());
            if (withAddon == null) {
                identities.put(account, workload);
            } else {
                workload.bindTo(withAddon.addon(resolved.eksAddon().orElseThrow()));
            }
        }
        outputs.roles(roleArns);
        outputs.externalIds(externalIds);
    }

    private void createResourcesOfAddons() {
        TracedScope all = scope.scope("addons");
        environment.addons().forEach(addon -> addon.resources()
                .forEach((resource, what) -> all.create(
                        addon.name() + "-" + resource,
                        PropertyPath.of("addons").plus(addon.property()),
                        (in, id) -> AddonResources.create(in, id, what, cluster))));
    }

    /** A policy is fixed where it is written, not where its identity begins. */
    private static void tracePolicies(TracedScope identities, ResolvedIdentity resolved) {
        String id = resolved.identity().serviceAccount().id() + "/";
        IdentitySpec identity = resolved.identity().spec();
        WorkloadIdentity.parts(identity)
                .forEach((part, property) ->
                        identities.trace(id + part, Place.of(resolved.property().plus(property))));
        WorkloadIdentity.documents(identity).forEach((part, document) -> {
            if (!document.place().equals(Place.InSpec.UNKNOWN)) {
                identities.trace(id + part, document.place());
            }
        });
        for (ServiceAccountName account : resolved.identity().serviceAccounts()) {
            String association = id + WorkloadIdentity.associationId(resolved.identity(), account);
            WorkloadIdentity.attributes()
                    .forEach((attribute, property) -> identities.trace(
                            Origins.attribute(association, attribute),
                            Place.of(resolved.property().plus(property))));
        }
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
