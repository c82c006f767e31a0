package dev.eksplatform.stack;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.helm.release.Release;
import dev.eksplatform.addon.AckControllerSpec;
import dev.eksplatform.addon.AckSubscription;
import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.addon.HelmRelease;
import dev.eksplatform.cluster.ClusterAccess;
import dev.eksplatform.environment.AddonProperty;
import dev.eksplatform.environment.ResolvedEnvironment;
import dev.eksplatform.environment.ResolvedEnvironment.SettledIdentity;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.json.Json;
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

    private final ResolvedEnvironment blueprint;
    private final Origins origins;
    private final String name;
    private final Map<String, Namespace> namespaces = new LinkedHashMap<>();
    private final Map<ServiceAccountName, ITerraformDependable> serviceAccounts = new LinkedHashMap<>();
    private final Map<String, Release> releases = new LinkedHashMap<>();

    PlatformStack(Construct scope, String name, ResolvedEnvironment blueprint, Origins origins) {
        super(scope, name);
        this.blueprint = blueprint;
        this.origins = origins;
        this.name = name;
        StateBackend.keep(this, blueprint.spec(), name);
        origins.add(name, "");
        ClusterAccess access = EnvironmentStacks.access(this, blueprint);
        makeNamespaces();
        Construct accounts = new Construct(this, "service-accounts");
        makeServiceAccounts(accounts, settled -> blueprint
                .releasesBefore(settled.identity().serviceAccount())
                .isEmpty());
        if (blueprint.onRosa()) {
            subscribe();
        }
        List<HelmAddon> charts = charts(blueprint);
        if (!charts.isEmpty()) {
            access.provideHelm();
            install(charts, access.vpcId());
        }
        makeServiceAccounts(accounts, settled -> !blueprint
                .releasesBefore(settled.identity().serviceAccount())
                .isEmpty());
    }

    /** Whether an environment has anything for this stack. */
    static boolean hasContent(ResolvedEnvironment blueprint) {
        return !blueprint.namespaces().isEmpty()
                || !blueprint.addons().isEmpty()
                || blueprint.identities().stream().anyMatch(PlatformStack::isHere);
    }

    /** On ROSA the ACK controllers are operators, whose ServiceAccounts come with them. */
    static boolean isOperators(ResolvedEnvironment blueprint, SettledIdentity settled) {
        return blueprint.onRosa() && settled.property().startsWith("addons.ack.");
    }

    private static boolean isHere(SettledIdentity settled) {
        return settled.eksAddon().isEmpty();
    }

    private static List<HelmAddon> charts(ResolvedEnvironment blueprint) {
        return blueprint.onRosa()
                ? blueprint.addons().stream()
                        .filter(addon -> blueprint.spec().addons().helm().containsKey(addon.name()))
                        .toList()
                : blueprint.addons();
    }

    private void makeNamespaces() {
        Construct scope = new Construct(this, "namespaces");
        blueprint.namespaces().forEach((namespace, labels) -> {
            origins.add(name + "/namespaces/" + namespace, namespaceProperty(namespace));
            namespaces.put(namespace, new Namespace(scope, namespace, namespace, labels));
        });
    }

    /** What a namespace is made for, where the environment does not speak of it. */
    private String namespaceProperty(String namespace) {
        if (blueprint.spec().namespaces().containsKey(namespace)) {
            return "namespaces[\"" + namespace + "\"]";
        }
        return blueprint.addons().stream()
                .filter(addon -> addon.namespace().equals(namespace))
                .map(addon -> AddonProperty.of(blueprint.spec(), addon))
                .findFirst()
                .or(() -> blueprint.identities().stream()
                        .filter(settled ->
                                settled.identity().serviceAccount().namespace().equals(namespace))
                        .map(SettledIdentity::property)
                        .findFirst())
                .orElse("namespaces");
    }

    private void makeServiceAccounts(Construct scope, Predicate<SettledIdentity> which) {
        for (SettledIdentity settled : blueprint.identities()) {
            if (isHere(settled) && !isOperators(blueprint, settled) && which.test(settled)) {
                String id = InfrastructureStack.id(settled.identity());
                origins.add(name + "/service-accounts/" + id, settled.property());
                ServiceAccountName account = settled.identity().serviceAccount();
                List<ITerraformDependable> after = new ArrayList<>(namespace(account.namespace()));
                blueprint.releasesBefore(account).stream()
                        .map(releases::get)
                        .filter(Objects::nonNull)
                        .forEach(after::add);
                new ServiceAccount(
                                scope,
                                id,
                                settled.identity(),
                                blueprint.roleArn(settled.identity()),
                                settled.labels(),
                                after)
                        .resource()
                        .ifPresent(resource -> serviceAccounts.put(account, resource));
            }
        }
    }

    private List<ITerraformDependable> namespace(String namespace) {
        return Optional.ofNullable(namespaces.get(namespace))
                .map(made -> List.<ITerraformDependable>of(made.resource()))
                .orElse(List.of());
    }

    private void install(List<HelmAddon> charts, String vpcId) {
        Construct scope = new Construct(this, "addons");
        HelmAddon.ReleaseContext context = new HelmAddon.ReleaseContext(
                blueprint.clusterName(),
                blueprint.spec().region(),
                vpcId,
                charts.stream().map(HelmAddon::name).toList(),
                blueprint.spec().tags());
        Map<String, List<String>> dependencies = blueprint.addonDependencies();
        for (HelmAddon addon : charts) {
            origins.add(name + "/addons/" + addon.name(), AddonProperty.of(blueprint.spec(), addon));
            List<ITerraformDependable> after = new ArrayList<>(namespace(addon.namespace()));
            addon.controller()
                    .map(controller -> serviceAccounts.get(controller.serviceAccount()))
                    .ifPresent(after::add);
            blueprint.serviceAccountsBefore(addon.name()).stream()
                    .map(serviceAccounts::get)
                    .filter(Objects::nonNull)
                    .forEach(after::add);
            dependencies.getOrDefault(addon.name(), List.of()).stream()
                    .map(releases::get)
                    .filter(Objects::nonNull)
                    .forEach(after::add);
            releases.put(
                    addon.name(),
                    new HelmRelease(
                                    scope,
                                    addon.name(),
                                    addon,
                                    Json.merge(
                                            blueprint.identityValues(addon.name()),
                                            addon.values().apply(context)),
                                    after)
                            .release());
        }
    }

    private void subscribe() {
        if (blueprint.spec().addons().ack().isEmpty()) {
            return;
        }
        Construct scope = new Construct(this, "operators");
        List<ITerraformDependable> group =
                List.of(AckSubscription.group(scope, namespace(AckControllerSpec.NAMESPACE)));
        blueprint.spec().addons().ack().keySet().forEach(service -> {
            origins.add(name + "/operators/" + service, "addons.ack." + service);
            new AckSubscription(
                    scope,
                    service.id(),
                    service,
                    blueprint.spec().region(),
                    blueprint.spec().tags(),
                    group);
        });
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
