package dev.eksplatform.environment;

import dev.eksplatform.addon.CertManagerSpec;
import dev.eksplatform.addon.ChartServiceAccount;
import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.addon.HelmReleaseSpec;
import dev.eksplatform.environment.ResolvedEnvironment.SettledIdentity;
import dev.eksplatform.identity.Identity;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Identities whose ServiceAccounts a Helm chart would make too. A chart that is known gets the values for it: one that the
 * platform makes is used, one that the chart makes is annotated by it, so that its first pods have their credentials
 * already. What is made comes first: a ServiceAccount of the platform before the releases of its namespace, the annotation
 * of one that exists after the release that makes it.
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

    ChartIdentities settle(List<SettledIdentity> identities) {
        for (SettledIdentity settled : identities) {
            ServiceAccountName account = settled.identity().serviceAccount();
            if (spec.identities().containsKey(account)) {
                settle(settled);
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

    private void settle(SettledIdentity settled) {
        Identity identity = settled.identity();
        String namespace = identity.serviceAccount().namespace();
        List<HelmAddon> neighbours = addons.stream()
                .filter(addon -> addon.namespace().equals(namespace))
                .filter(addon -> addon.controller().isEmpty())
                .toList();
        List<String> makers = new ArrayList<>();
        // Every namespace has its default ServiceAccount from the beginning.
        boolean used = identity.serviceAccount().name().equals("default");
        for (HelmAddon addon : neighbours) {
            Optional<ChartServiceAccount> account = ChartServiceAccount.of(addon.chart()).stream()
                    .filter(one -> one.isNamed(identity.serviceAccount().name(), addon, given(addon)))
                    .findFirst();
            if (account.isPresent() && bind(settled, addon, account.get())) {
                makers.add(addon.name());
            } else if (account.isEmpty() && identity.isMade()) {
                refuseSecond(settled, addon);
            }
            used |= account.isPresent()
                    || leaves(given(addon), identity.serviceAccount().name());
        }
        if (identity.isMade() || used && makers.isEmpty()) {
            neighbours.forEach(addon -> before.computeIfAbsent(addon.name(), name -> new ArrayList<>())
                    .add(identity.serviceAccount()));
        } else {
            after.put(
                    identity.serviceAccount(),
                    used ? makers : neighbours.stream().map(HelmAddon::name).toList());
        }
    }

    /** Gives a known chart its values; true when the chart makes the ServiceAccount. */
    private boolean bind(SettledIdentity settled, HelmAddon addon, ChartServiceAccount account) {
        Identity identity = settled.identity();
        ServiceAccountName name = identity.serviceAccount();
        Optional<Boolean> said = account.isMade(given(addon));
        if (identity.isMade() && said.orElse(false)) {
            problems.add(
                    property(addon) + ".values." + account.path() + "." + account.makes(),
                    "true, for the ServiceAccount " + name + ", which " + settled.property() + " makes",
                    "a ServiceAccount that is made once",
                    "remove it, or set serviceAccount: existing in the identity");
        }
        boolean made = !identity.isMade() && said.orElse(true);
        values.merge(
                addon.name(),
                account.values(name.name(), made, identity.annotations(roleArn.apply(identity))),
                Json::merge);
        return made;
    }

    /** A chart that is not known mostly makes a ServiceAccount of its release's name, unless its values name another. */
    private void refuseSecond(SettledIdentity settled, HelmAddon addon) {
        String name = settled.identity().serviceAccount().name();
        boolean likely = name.equals(addon.name()) || name.equals(addon.chart()) || name.startsWith(addon.name() + "-");
        if (likely && !mentions(given(addon), name)) {
            problems.add(
                    settled.property(),
                    "the ServiceAccount " + settled.identity().serviceAccount() + ", which the chart " + addon.chart()
                            + " of " + property(addon) + " probably makes too",
                    "a ServiceAccount that is made once",
                    "set serviceAccount: existing, or let the chart use this one: in most charts by values: "
                            + "{serviceAccount: {create: false, name: " + name + "}}");
        }
    }

    /** Whether values name a ServiceAccount that the chart is not to make. */
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

    /** What the environment says of a release's values. */
    private Map<String, Object> given(HelmAddon addon) {
        return Optional.ofNullable(spec.addons().helm().get(addon.name()))
                .map(HelmReleaseSpec::values)
                .or(() -> spec.addons().certManager().map(CertManagerSpec::values))
                .orElse(Map.of());
    }

    private String property(HelmAddon addon) {
        return AddonProperty.of(spec, addon);
    }
}
