package dev.eksplatform.stack;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.TerraformOutput;
import com.hashicorp.cdktf.TerraformOutputConfig;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.helm.provider.HelmProvider;
import com.hashicorp.cdktf.providers.helm.provider.HelmProviderRegistries;
import com.hashicorp.cdktf.providers.helm.release.Release;
import dev.eksplatform.addon.AckControllerSpec;
import dev.eksplatform.addon.AckSubscription;
import dev.eksplatform.addon.AddonController;
import dev.eksplatform.addon.AdotSpec;
import dev.eksplatform.addon.FargateLogRouter;
import dev.eksplatform.addon.GatewayApiSpec;
import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.addon.HelmRelease;
import dev.eksplatform.addon.PrometheusWorkspace;
import dev.eksplatform.cluster.ClusterAccess;
import dev.eksplatform.environment.EnvironmentSpec;
import dev.eksplatform.environment.Observability;
import dev.eksplatform.environment.ResolvedEnvironment;
import dev.eksplatform.environment.ResolvedIdentity;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.json.TerraformText;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.workload.ConfigMap;
import dev.eksplatform.workload.KubernetesObject;
import dev.eksplatform.workload.Namespace;
import dev.eksplatform.workload.ServiceAccount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import software.constructs.Construct;

/** What an environment has in Kubernetes for all its workloads: namespaces, ServiceAccounts and add-ons. */
public final class PlatformStack extends TerraformStack {

    private final ResolvedEnvironment environment;
    private final TracedScope scope;
    private final Map<String, Namespace> namespaces = new LinkedHashMap<>();
    private final Map<ServiceAccountName, ITerraformDependable> serviceAccounts = new LinkedHashMap<>();
    private final List<ITerraformDependable> storageClasses = new ArrayList<>();
    private final Map<String, Release> releases = new LinkedHashMap<>();
    private final List<ITerraformDependable> fargateLogs = new ArrayList<>();
    private final List<ITerraformDependable> definitions = new ArrayList<>();

    PlatformStack(Construct app, String name, ResolvedEnvironment environment, Origins origins) {
        super(app, name);
        this.environment = environment;
        StateBackend.configure(this, environment.spec(), name);
        scope = TracedScope.of(this, name, PropertyPath.ROOT, origins);
        ClusterAccess access = EnvironmentStacks.access(this, environment);
        createNamespaces();
        createDefinitions();
        createStorageClasses();
        TracedScope accounts = scope.scope("service-accounts");
        createServiceAccounts(accounts, List::isEmpty);
        subscribe();
        String workspaceId = environment.observability().createsWorkspace()
                ? PrometheusWorkspace.idOf(this, environment.clusterName())
                : "";
        observe(workspaceId);
        if (!environment.releases().isEmpty()) {
            List<HelmProviderRegistries> registries = environment.releases().stream()
                    .flatMap(addon -> HelmRelease.registry(this, addon).stream())
                    .distinct()
                    .toList();
            HelmProvider helm = access.provideHelm();
            if (!registries.isEmpty()) {
                helm.setRegistries(registries);
            }
            if (environment.releases().stream()
                    .anyMatch(addon -> !addon.options().sensitiveValues().isEmpty())) {
                StateBackend.requireWriteOnlyArguments(this, environment.spec().state());
            }
            install(environment.releases(), access.vpcId(), workspaceId);
        }
        createServiceAccounts(accounts, before -> !before.isEmpty());
    }

    /** Whether an environment has anything for this stack. */
    static boolean hasContent(ResolvedEnvironment environment) {
        return !environment.namespaces().isEmpty()
                || !environment.observability().outputs().isEmpty()
                || !environment.addons().isEmpty()
                || environment.spec().addons().gatewayApi().isPresent()
                || !environment.storageClasses().isEmpty()
                || environment.identities().stream()
                        .anyMatch(resolved -> resolved.eksAddon().isEmpty());
    }

    private void createNamespaces() {
        TracedScope all = scope.scope("namespaces");
        environment
                .namespaces()
                .forEach((namespace, labels) -> namespaces.put(
                        namespace,
                        all.create(
                                namespace,
                                namespaceProperty(namespace),
                                (in, id) -> new Namespace(in, id, namespace, labels))));
    }

    private void createDefinitions() {
        TracedScope all = scope.scope(GatewayApiSpec.NAME);
        environment.spec().addons().gatewayApi().ifPresent(spec -> spec.definitions()
                .forEach((name, body) -> definitions.add(all.create(
                                name.replace('.', '-'),
                                PropertyPath.of("addons", GatewayApiSpec.NAME),
                                (in, id) -> new KubernetesObject(in, id, body, List.of(), List.of()))
                        .resource())));
    }

    private void createStorageClasses() {
        TracedScope all = scope.scope("storage-classes");
        environment
                .storageClasses()
                .forEach((name, object) -> storageClasses.add(all.create(
                                name,
                                object.property(),
                                (in, id) -> new KubernetesObject(in, id, object.body(), List.of(), List.of()))
                        .resource()));
    }

    /** What a namespace is created for, where the environment has no settings for it. */
    private PropertyPath namespaceProperty(String namespace) {
        if (environment.spec().namespaces().containsKey(namespace)) {
            return PropertyPath.of("namespaces", namespace);
        }
        return environment.addons().stream()
                .filter(addon -> addon.namespace().equals(namespace))
                .map(PlatformStack::property)
                .findFirst()
                .or(() -> environment.identities().stream()
                        .filter(resolved ->
                                resolved.identity().serviceAccount().namespace().equals(namespace))
                        .map(ResolvedIdentity::property)
                        .findFirst())
                .orElse(
                        namespace.equals(FargateLogRouter.NAMESPACE)
                                ? PropertyPath.of("fargate")
                                : PropertyPath.of("namespaces"));
    }

    private static PropertyPath property(HelmAddon addon) {
        return PropertyPath.of("addons").plus(addon.property());
    }

    /** Those whose releases before them pass a test; those of EKS add-ons and operators come with them. */
    private void createServiceAccounts(TracedScope accounts, Predicate<List<String>> releasesBefore) {
        for (ResolvedIdentity resolved : environment.identities()) {
            ServiceAccountName account = resolved.identity().serviceAccount();
            List<String> before = environment.releasesBefore(account);
            if (resolved.eksAddon().isPresent() || resolved.isOperators() || !releasesBefore.test(before)) {
                continue;
            }
            List<ITerraformDependable> after = new ArrayList<>(namespace(account.namespace()));
            after.addAll(present(before, releases));
            accounts.create(
                            account.id(),
                            resolved.property(),
                            (in, id) -> new ServiceAccount(
                                    in,
                                    id,
                                    resolved.identity(),
                                    environment.roleArn(resolved.identity()),
                                    resolved.labels(),
                                    after))
                    .resource()
                    .ifPresent(resource -> serviceAccounts.put(account, resource));
        }
    }

    private List<ITerraformDependable> namespace(String namespace) {
        return Optional.ofNullable(namespaces.get(namespace))
                .map(created -> List.<ITerraformDependable>of(created.resource()))
                .orElse(List.of());
    }

    private static <K> List<ITerraformDependable> present(
            List<K> names, Map<K, ? extends ITerraformDependable> resources) {
        return names.stream()
                .<ITerraformDependable>map(resources::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** What is read when pods start: the settings of Fargate's log router, and the environment of the collector. */
    private void observe(String workspaceId) {
        Observability observability = environment.observability();
        TracedScope all = scope.scope("observability");
        observability
                .fargateLogs()
                .ifPresent(router -> fargateLogs.add(all.create(
                                "fargate-logs",
                                PropertyPath.of("fargate"),
                                (in, id) -> new ConfigMap(
                                        in,
                                        id,
                                        FargateLogRouter.NAMESPACE,
                                        FargateLogRouter.NAME,
                                        router.data(),
                                        namespace(FargateLogRouter.NAMESPACE)))
                        .resource()));
        Map<String, String> variables = observability.collectorVariables(workspaceId);
        if (!variables.isEmpty()) {
            all.create(
                    "collector",
                    PropertyPath.of("addons", AdotSpec.NAME),
                    (in, id) ->
                            new ConfigMap(in, id, AdotSpec.NAME, AdotSpec.NAME, variables, namespace(AdotSpec.NAME)));
        }
        observability.outputs().forEach(this::output);
    }

    private void output(String name, HelmAddon.Output output) {
        new TerraformOutput(
                        this,
                        "output-" + name,
                        TerraformOutputConfig.builder()
                                .description(output.description())
                                .value(TerraformText.escape(output.value()))
                                .build())
                .overrideLogicalId(name);
    }

    private void install(List<HelmAddon> charts, String vpcId, String workspaceId) {
        TracedScope all = scope.scope("addons");
        HelmAddon.ReleaseContext context = new HelmAddon.ReleaseContext(
                        environment.clusterName(),
                        environment.spec().region(),
                        vpcId,
                        environment.addonNames(),
                        environment.spec().tags())
                .withPrometheusWorkspaceId(workspaceId);
        for (HelmAddon addon : charts) {
            List<ITerraformDependable> after = new ArrayList<>(namespace(addon.namespace()));
            after.addAll(fargateLogs);
            after.addAll(definitions);
            after.addAll(present(
                    addon.controllers().stream()
                            .map(AddonController::serviceAccount)
                            .toList(),
                    serviceAccounts));
            after.addAll(present(environment.serviceAccountsBefore(addon.name()), serviceAccounts));
            after.addAll(present(environment.addonsBefore(addon.name()), releases));
            after.addAll(storageClasses);
            Map<String, Object> values = Json.merge(
                    environment.identityValues(addon.name()), addon.values().apply(context));
            releases.put(
                    addon.name(),
                    all.create(addon.name(), property(addon), (in, id) -> new HelmRelease(in, id, addon, values, after))
                            .release());
            addon.outputs().forEach(this::output);
            addon.crdCommand()
                    .ifPresent(command -> output(
                            "crds_" + addon.name().replaceAll("[^A-Za-z0-9]", "_"),
                            new HelmAddon.Output(
                                    "Updates the CRDs of " + addon.name()
                                            + ", which Helm does not: run it before the apply that changes the version",
                                    command)));
        }
    }

    private void subscribe() {
        if (environment.operators().isEmpty()) {
            return;
        }
        TracedScope all = scope.scope("operators");
        List<ITerraformDependable> group =
                List.of(AckSubscription.group(all.scope(), namespace(AckControllerSpec.NAMESPACE)));
        EnvironmentSpec spec = environment.spec();
        environment
                .operators()
                .forEach(service -> all.create(
                        service.id(),
                        PropertyPath.of("addons", "ack", service.id()),
                        (in, id) -> new AckSubscription(in, id, service, spec.region(), spec.tags(), group)));
    }

    /**
     * The Helm releases.
     *
     * @return resources by release name
     */
    public Map<String, Release> releases() {
        return Map.copyOf(releases);
    }
}
