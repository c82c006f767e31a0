package dev.eksplatform.environment;

import dev.eksplatform.addon.AddonController;
import dev.eksplatform.addon.AdotSpec;
import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.cluster.CniPolicy;
import dev.eksplatform.cluster.Distribution;
import dev.eksplatform.cluster.EksAddonName;
import dev.eksplatform.cluster.EksAddonSpec;
import dev.eksplatform.cluster.IpFamily;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.PolicyUse;
import dev.eksplatform.identity.Compute;
import dev.eksplatform.identity.Identity;
import dev.eksplatform.identity.IdentityMode;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.PodIdentitySettings;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.identity.ServiceAccountSettings;
import dev.eksplatform.identity.TrustedCluster;
import dev.eksplatform.internal.release.EksAddonFacts;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Resolves all identities of an environment and checks them against each other. */
final class IdentityResolver {

    private final EnvironmentSpec spec;
    private final Partition partition;
    private final Problems problems;
    private final Compute compute;
    private final Map<ServiceAccountName, PropertyPath> owners = new HashMap<>();
    private final Map<String, PropertyPath> roleOwners = new HashMap<>();
    private final Map<ServiceAccountName, EksAddonName> ofAddon = new HashMap<>();
    private final Map<EksAddonName, IdentityMode> addonModes = new HashMap<>();
    private final List<ResolvedIdentity> resolved = new ArrayList<>();

    IdentityResolver(EnvironmentSpec spec, Partition partition, Problems problems) {
        this.spec = spec;
        this.partition = partition;
        this.problems = problems;
        compute = new Compute(spec.cluster().distribution(), spec.nodeGroups(), spec.fargate());
    }

    /** The identities of add-ons, of EKS add-ons and of {@code identities}, by namespace and name. */
    List<ResolvedIdentity> resolve(List<HelmAddon> addons, Optional<AdotSpec.Collector> collector) {
        for (HelmAddon addon : addons) {
            PropertyPath property = PropertyPath.of("addons").plus(addon.property());
            boolean isOperators = addon.isOperatorOn(spec.cluster().distribution());
            addon.controllers()
                    .forEach(controller -> add(
                            property,
                            controller,
                            identity -> new ResolvedIdentity.OfAddon(
                                    identity, property, controller.labels(), isOperators)));
        }
        collector.ifPresent(one -> add(
                one.property(),
                one.controller(),
                identity -> new ResolvedIdentity.OfAddon(
                        identity, one.property(), one.controller().labels(), false)));
        Map<EksAddonName, EksAddonSpec> eksAddons = eksAddons();
        eksAddons.forEach(this::addEksAddon);
        spec.identities().forEach((name, identitySpec) -> {
            PropertyPath property = PropertyPath.of("identities", name.toString());
            Optional<EksAddonName> addon = Optional.ofNullable(ofAddon.get(name));
            addon.ifPresent(owner -> checkOfAddon(property, name, identitySpec, owner));
            add(property, name, identitySpec, Optional.empty(), identity -> addon.<ResolvedIdentity>map(
                            owner -> new ResolvedIdentity.OfEksAddon(identity, property, owner))
                    .orElseGet(() -> new ResolvedIdentity.OfWorkload(identity, property)));
        });
        resolved.sort(Comparator.comparing(
                (ResolvedIdentity one) -> one.identity().serviceAccount().toString()));
        return resolved;
    }

    /** The EKS add-ons of the cluster, with their settings; for one that is created those of every cluster among them. */
    private Map<EksAddonName, EksAddonSpec> eksAddons() {
        Map<EksAddonName, EksAddonSpec> all = new LinkedHashMap<>();
        if (spec.cluster().created().isPresent() && !AutoModeChecks.isOn(spec)) {
            EksAddonName.ofEveryCluster().forEach(name -> all.put(name, EksAddonSpec.standard()));
        }
        all.putAll(spec.cluster().addons());
        return all;
    }

    /** Its own settings give an add-on its identity, unless identities names its ServiceAccount. */
    private void addEksAddon(EksAddonName name, EksAddonSpec settings) {
        PropertyPath property = PropertyPath.of("cluster", "addons", name.id());
        List<ServiceAccountName> accounts = AddonController.serviceAccounts(name, settings);
        accounts.forEach(account -> ofAddon.put(account, name));
        boolean named = accounts.stream().anyMatch(spec.identities()::containsKey);
        Optional<AddonController> controller = named && !settings.setsIdentity()
                ? Optional.empty()
                : AddonController.of(name, settings).map(one -> forAddresses(name, settings, one));
        controller.ifPresent(
                one -> add(property, one, identity -> new ResolvedIdentity.OfEksAddon(identity, property, name)));
        boolean none =
                settings.mode().filter(EksAddonSpec.Mode.NODE_ROLE::equals).isEmpty()
                        && (controller.isEmpty() || !controller.get().isGiven())
                        && !named;
        name.facts()
                .filter(EksAddonFacts::asksForPermissions)
                .filter(facts -> none)
                .ifPresent(facts -> problems.add(
                        property,
                        "permissions of " + name + " are missing: they depend on your resources",
                        "add policy or policies, such as "
                                + facts.accounts().get(0).policies().get(0)
                                + ", which allows more than it needs; or mode: node-role"));
    }

    /** The managed policy of the VPC CNI does not allow it to assign IPv6 addresses. */
    private AddonController forAddresses(EksAddonName name, EksAddonSpec settings, AddonController controller) {
        boolean documented = settings.policies().isEmpty()
                && settings.policy().isEmpty()
                && settings.roleArn().isEmpty();
        boolean ipv6 = spec.cluster()
                .created()
                .filter(cluster -> cluster.ipFamily() == IpFamily.IPV6)
                .isPresent();
        return name.equals(EksAddonName.VPC_CNI) && documented && ipv6
                ? new AddonController(
                        controller.serviceAccount(),
                        controller.labels(),
                        controller.identity().withPolicies(List.of()),
                        Optional.of(CniPolicy.ipv6(
                                partition.id(), spec.region(), spec.account().digits())))
                : controller;
    }

    /** EKS binds the role of an add-on itself, and installs its ServiceAccount. */
    private void checkOfAddon(
            PropertyPath property, ServiceAccountName name, IdentitySpec identity, EksAddonName addon) {
        String of = "the ServiceAccount " + name + " comes with the EKS add-on " + addon;
        if (!identity.podIdentity().equals(PodIdentitySettings.standard())) {
            problems.add(
                    property.key("podIdentity"), of + ", whose association has no such settings", "remove podIdentity");
        }
        if (!identity.serviceAccountSettings().equals(ServiceAccountSettings.none())) {
            problems.add(
                    property.key("serviceAccountSettings"),
                    of,
                    "set it in the configuration of the add-on, where that has it");
        }
        for (int i = 0; i < identity.serviceAccounts().size(); i++) {
            if (!addon.equals(ofAddon.get(identity.serviceAccounts().get(i)))) {
                problems.add(
                        property.key("serviceAccounts").index(i),
                        identity.serviceAccounts().get(i) + " does not come with " + addon + ", as " + name + " does",
                        "give it an identity of its own");
            }
        }
        IdentityMode mode = identity.mode().orElse(spec.identity());
        String word = mode == IdentityMode.IRSA ? "irsa" : "pod-identity";
        addon.facts()
                .map(EksAddonFacts::modes)
                .filter(modes -> !modes.isEmpty() && !modes.contains(word))
                .ifPresent(modes -> problems.add(
                        identity.mode().isPresent() ? property.key("mode") : property,
                        addon + " does not support " + word,
                        String.join(", ", modes),
                        "set mode: " + modes.get(0)));
        IdentityMode other = addonModes.putIfAbsent(addon, mode);
        if (other != null && (other != mode || mode == IdentityMode.IRSA)) {
            problems.add(
                    property,
                    other == mode
                            ? "a second role for " + addon + ", which EKS gives one role in IRSA mode"
                            : "two modes for " + addon + ": EKS gives it its roles in one",
                    other == mode
                            ? "name the ServiceAccount in serviceAccounts of the other identity, or set mode: pod-identity"
                            : "set the same mode");
        }
    }

    private void add(PropertyPath property, AddonController controller, Function<Identity, ResolvedIdentity> kind) {
        add(property, controller.serviceAccount(), controller.identity(), controller.policy(), kind);
    }

    private void add(
            PropertyPath property,
            ServiceAccountName name,
            IdentitySpec identitySpec,
            Optional<PolicyDocument> required,
            Function<Identity, ResolvedIdentity> kind) {
        String clusterName = spec.cluster().clusterName(spec.environment());
        Identity identity = problems.collect(property, () -> {
            Identity one = Identity.of(clusterName, spec.identity(), name, identitySpec, required)
                    .among(spec.roles());
            one.ownPolicy(partition.id());
            if (identitySpec.role().isEmpty()) {
                one.trust(new TrustedCluster(
                                clusterName,
                                partition.id(),
                                spec.region(),
                                spec.account().digits(),
                                () -> spec.cluster().issuer(spec.environment(), partition, spec.account())))
                        .checkedFor(PolicyUse.TRUST);
            }
            return one;
        });
        if (isTaken(name, property) || identity == null) {
            return;
        }
        ResolvedIdentity one = kind.apply(identity);
        List<ResolvedIdentity> all = new ArrayList<>(List.of(one));
        for (int i = 0; i < identitySpec.serviceAccounts().size(); i++) {
            ServiceAccountName another = identitySpec.serviceAccounts().get(i);
            PropertyPath at = property.key("serviceAccounts").index(i);
            if (!isTaken(another, at) && one.eksAddon().isEmpty()) {
                if (ofAddon.containsKey(another)) {
                    problems.add(
                            at,
                            another + " comes with the EKS add-on " + ofAddon.get(another)
                                    + ", which takes its role itself",
                            "give it an identity of its own");
                }
                all.add(new ResolvedIdentity.OfShared(identity.of(another), at, identity));
            }
        }
        for (ResolvedIdentity each : all) {
            boolean beforeCompute =
                    each.eksAddon().filter(EksAddonName::beforeCompute).isPresent();
            // pods on every node are not placed on Fargate
            Compute where =
                    beforeCompute ? new Compute(compute.distribution(), compute.nodeGroups(), Map.of()) : compute;
            each.identity()
                    .mode()
                    .unsupported(each.identity(), each.property(), where)
                    .forEach(problems::add);
        }
        if (spec.cluster().distribution() == Distribution.ROSA
                && !identitySpec.serviceAccountSettings().imagePullSecrets().isEmpty()) {
            problems.add(
                    property.key("serviceAccountSettings").key("imagePullSecrets"),
                    "pull secrets on ROSA, which adds its own to every ServiceAccount",
                    "remove it, and use `oc secrets link`");
        }
        if (identitySpec.role().isEmpty()) {
            PropertyPath roleOwner = roleOwners.putIfAbsent(identity.roleName().toString(), property);
            if (roleOwner != null) {
                problems.add(
                        property,
                        "role name " + identity.roleName() + " is already used by " + roleOwner,
                        "set roleName");
            }
        }
        resolved.addAll(all);
    }

    /** Whether a ServiceAccount has an identity already. */
    private boolean isTaken(ServiceAccountName name, PropertyPath property) {
        PropertyPath other = owners.putIfAbsent(name, property);
        if (other != null) {
            problems.add(
                    property,
                    "duplicate identity: the ServiceAccount " + name + " has one already at " + other,
                    "remove one of them");
        }
        return other != null;
    }
}
