package dev.eksplatform.stack;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.helm.release.Release;
import dev.eksplatform.addon.AckControllerSpec;
import dev.eksplatform.addon.AckOperator;
import dev.eksplatform.addon.Addon;
import dev.eksplatform.addon.HelmRelease;
import dev.eksplatform.environment.AddonProperty;
import dev.eksplatform.environment.Blueprint;
import dev.eksplatform.environment.Blueprint.SettledIdentity;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.workload.Namespace;
import dev.eksplatform.workload.ServiceAccount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.constructs.Construct;

/** What an environment has in Kubernetes for all its workloads: namespaces, ServiceAccounts and add-ons. */
public final class PlatformStack extends TerraformStack {

    private final Blueprint blueprint;
    private final Origins origins;
    private final String name;
    private final Map<String, Namespace> namespaces = new LinkedHashMap<>();
    private final Map<ServiceAccountName, ITerraformDependable> serviceAccounts = new LinkedHashMap<>();
    private final Map<String, Release> releases = new LinkedHashMap<>();

    PlatformStack(Construct scope, String name, Blueprint blueprint, Origins origins) {
        super(scope, name);
        this.blueprint = blueprint;
        this.origins = origins;
        this.name = name;
        State.keep(this, blueprint.spec(), name);
        origins.add(name, "");
        ClusterAccess access = ClusterAccess.provide(this, blueprint);
        makeNamespaces();
        makeServiceAccounts();
        if (blueprint.onRosa()) {
            subscribe();
        }
        List<Addon> charts = charts(blueprint);
        if (!charts.isEmpty()) {
            access.provideHelm(this);
            install(charts, access.vpcId());
        }
    }

    /** Whether an environment has anything for this stack. */
    static boolean hasContent(Blueprint blueprint) {
        return !blueprint.namespaces().isEmpty()
                || !blueprint.addons().isEmpty()
                || blueprint.identities().stream().anyMatch(PlatformStack::isHere);
    }

    /** On ROSA the ACK controllers are operators, whose ServiceAccounts come with them. */
    static boolean isOperators(Blueprint blueprint, SettledIdentity settled) {
        return blueprint.onRosa() && settled.property().startsWith("addons.ack.");
    }

    private static boolean isHere(SettledIdentity settled) {
        return settled.eksAddon().isEmpty();
    }

    private static List<Addon> charts(Blueprint blueprint) {
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

    private void makeServiceAccounts() {
        Construct scope = new Construct(this, "service-accounts");
        for (SettledIdentity settled : blueprint.identities()) {
            if (isHere(settled) && !isOperators(blueprint, settled)) {
                String id = InfrastructureStack.id(settled.identity());
                origins.add(name + "/service-accounts/" + id, settled.property());
                ServiceAccountName account = settled.identity().serviceAccount();
                new ServiceAccount(
                                scope,
                                id,
                                settled.identity(),
                                blueprint.roleArn(settled.identity()),
                                settled.labels(),
                                namespace(account.namespace()))
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

    private void install(List<Addon> charts, String vpcId) {
        Construct scope = new Construct(this, "addons");
        Addon.ReleaseContext context = new Addon.ReleaseContext(
                blueprint.clusterName(),
                blueprint.spec().region(),
                vpcId,
                charts.stream().map(Addon::name).toList());
        Map<String, List<String>> dependencies = blueprint.addonDependencies();
        for (Addon addon : charts) {
            origins.add(name + "/addons/" + addon.name(), AddonProperty.of(blueprint.spec(), addon));
            List<ITerraformDependable> after = new ArrayList<>(namespace(addon.namespace()));
            addon.controller()
                    .map(controller -> serviceAccounts.get(controller.serviceAccount()))
                    .ifPresent(after::add);
            dependencies.getOrDefault(addon.name(), List.of()).stream()
                    .map(releases::get)
                    .filter(Objects::nonNull)
                    .forEach(after::add);
            releases.put(
                    addon.name(),
                    new HelmRelease(scope, addon.name(), addon, addon.values().apply(context), after).release());
        }
    }

    private void subscribe() {
        if (blueprint.spec().addons().ack().isEmpty()) {
            return;
        }
        Construct scope = new Construct(this, "operators");
        List<ITerraformDependable> group = List.of(AckOperator.group(scope, namespace(AckControllerSpec.NAMESPACE)));
        blueprint.spec().addons().ack().keySet().forEach(service -> {
            origins.add(name + "/operators/" + service, "addons.ack." + service);
            new AckOperator(scope, service.id(), service, blueprint.spec().region(), group);
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
