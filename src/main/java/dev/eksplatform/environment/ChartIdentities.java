package dev.eksplatform.environment;

import dev.eksplatform.addon.ChartServiceAccount;
import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.identity.Identity;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Identities whose ServiceAccounts a Helm chart would create too. A known chart gets the values for it: a ServiceAccount
 * of the platform is used by the chart; one of the chart is annotated by it, so that its first pods have their credentials
 * already. Whatever creates it comes first: a ServiceAccount of the platform before the releases of its namespace, the
 * annotation of an existing one after the release that creates it.
 */
final class ChartIdentities {

    private final EnvironmentSpec spec;
    private final Collection<HelmAddon> addons;
    private final Function<Identity, String> roleArn;
    private final Problems problems;
    private final Map<String, Map<String, Object>> values = new HashMap<>();
    private final Map<String, List<ServiceAccountName>> before = new LinkedHashMap<>();
    private final Map<ServiceAccountName, List<String>> after = new LinkedHashMap<>();

    ChartIdentities(
            EnvironmentSpec spec, Collection<HelmAddon> addons, Function<Identity, String> roleArn, Problems problems) {
        this.spec = spec;
        this.addons = addons;
        this.roleArn = roleArn;
        this.problems = problems;
    }

    ChartIdentities resolve(List<ResolvedIdentity> identities) {
        for (ResolvedIdentity one : identities) {
            if (one instanceof ResolvedIdentity.OfWorkload || one instanceof ResolvedIdentity.OfShared) {
                resolve(one);
            }
        }
        return this;
    }

    /** Values of a release that follow from identities. */
    Map<String, Object> values(String release) {
        return values.getOrDefault(release, Map.of());
    }

    /** The ServiceAccounts that a release waits for. */
    List<ServiceAccountName> before(String release) {
        return before.getOrDefault(release, List.of());
    }

    /** The releases that the annotation of a ServiceAccount waits for. */
    List<String> after(ServiceAccountName account) {
        return after.getOrDefault(account, List.of());
    }

    private void resolve(ResolvedIdentity workload) {
        Identity identity = workload.identity();
        String namespace = identity.serviceAccount().namespace();
        List<HelmAddon> neighbours = addons.stream()
                .filter(addon -> addon.namespace().equals(namespace))
                .filter(addon -> addon.controllers().isEmpty())
                .toList();
        List<String> creators = new ArrayList<>();
        // Every namespace has its default ServiceAccount from the beginning.
        boolean used = identity.serviceAccount().name().equals("default");
        for (HelmAddon addon : neighbours) {
            Optional<ChartServiceAccount> account = ChartServiceAccount.of(addon.chart()).stream()
                    .filter(one -> one.isNamed(identity.serviceAccount().name(), addon, given(addon)))
                    .findFirst();
            if (account.isPresent() && bind(workload, addon, account.get())) {
                creators.add(addon.name());
            } else if (account.isEmpty() && identity.createsServiceAccount()) {
                refuseDuplicate(workload, addon);
            }
            used |= account.isPresent()
                    || leaves(given(addon), identity.serviceAccount().name());
        }
        if (identity.createsServiceAccount() || used && creators.isEmpty()) {
            neighbours.forEach(addon -> before.computeIfAbsent(addon.name(), name -> new ArrayList<>())
                    .add(identity.serviceAccount()));
        } else {
            after.put(
                    identity.serviceAccount(),
                    used ? creators : neighbours.stream().map(HelmAddon::name).toList());
        }
    }

    /** Gives a known chart its values; true when the chart creates the ServiceAccount. */
    private boolean bind(ResolvedIdentity workload, HelmAddon addon, ChartServiceAccount account) {
        Identity identity = workload.identity();
        ServiceAccountName name = identity.serviceAccount();
        Optional<Boolean> given = account.isCreated(given(addon));
        if (identity.createsServiceAccount() && given.orElse(false)) {
            problems.add(
                    property(addon).key("values").plus(account.createPath()),
                    "duplicate ServiceAccount " + name + ": " + workload.property() + " creates it too",
                    "remove it, or set serviceAccount: existing in the identity");
        }
        boolean created = !identity.createsServiceAccount() && given.orElse(true);
        values.merge(
                addon.name(),
                account.values(name.name(), created, identity.annotations(roleArn.apply(identity))),
                Json::merge);
        return created;
    }

    /** An unknown chart mostly creates a ServiceAccount of its release's name, unless its values name another. */
    private void refuseDuplicate(ResolvedIdentity workload, HelmAddon addon) {
        String name = workload.identity().serviceAccount().name();
        boolean likely = name.equals(addon.name()) || name.equals(addon.chart()) || name.startsWith(addon.name() + "-");
        if (likely && !mentions(given(addon), name)) {
            problems.add(
                    workload.property(),
                    "duplicate ServiceAccount " + workload.identity().serviceAccount() + ": the chart " + addon.chart()
                            + " of " + property(addon) + " probably creates it too",
                    "set serviceAccount: existing, or let the chart use this one: in most charts by values: "
                            + "{serviceAccount: {create: false, name: " + name + "}}");
        }
    }

    /** Whether values name a ServiceAccount that the chart must not create. */
    private static boolean leaves(Object value, String name) {
        return value instanceof Map<?, ?> map
                && (name.equals(map.get("name"))
                                && (Boolean.FALSE.equals(map.get("create")) || Boolean.FALSE.equals(map.get("enabled")))
                        || map.values().stream().anyMatch(item -> item != null && leaves(item, name)));
    }

    private static boolean mentions(Object value, String name) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(item -> item != null && mentions(item, name));
        }
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(item -> item != null && mentions(item, name));
        }
        return value.equals(name);
    }

    private Map<String, Object> given(HelmAddon addon) {
        return spec.addons().valuesOf(addon.name());
    }

    private static PropertyPath property(HelmAddon addon) {
        return PropertyPath.of("addons").plus(addon.property());
    }
}
