package dev.eksplatform.environment;

import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.EksAddonName;
import dev.eksplatform.cluster.RosaClusterSpec;
import dev.eksplatform.environment.ResolvedEnvironment.SettledIdentity;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.PolicyUse;
import dev.eksplatform.identity.Identity;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.PolicyReference;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.problem.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settles all identities of an environment and checks them against each other. */
final class IdentityResolver {

    private final EnvironmentSpec spec;
    private final Partition partition;
    private final List<HelmAddon> addons;
    private final Problems problems;
    private final Map<ServiceAccountName, String> owners = new HashMap<>();
    private final Map<String, String> roleOwners = new HashMap<>();
    private final List<SettledIdentity> settled = new ArrayList<>();

    IdentityResolver(EnvironmentSpec spec, Partition partition, List<HelmAddon> addons, Problems problems) {
        this.spec = spec;
        this.partition = partition;
        this.addons = addons;
        this.problems = problems;
    }

    List<SettledIdentity> settle() {
        boolean onRosa = spec.cluster() instanceof RosaClusterSpec;
        for (HelmAddon addon : addons) {
            addon.controller()
                    .ifPresent(controller -> add(
                            AddonProperty.of(spec, addon),
                            controller.serviceAccount(),
                            controller.identity(),
                            controller.policy(),
                            controller.labels(),
                            !onRosa,
                            Optional.empty()));
        }
        if (spec.cluster() instanceof ClusterSpec cluster) {
            cluster.addons().keySet().forEach(this::addEksAddon);
        }
        spec.identities()
                .forEach((name, identity) -> add(
                        "identities[\"" + name + "\"]",
                        name,
                        identity,
                        Optional.empty(),
                        Map.of(),
                        identity.serviceAccount() == IdentitySpec.Ownership.CREATE,
                        Optional.empty()));
        settled.sort(Comparator.comparing(
                (SettledIdentity one) -> one.identity().serviceAccount().toString()));
        return settled;
    }

    private void addEksAddon(EksAddonName name) {
        name.controller()
                .ifPresent(controller -> add(
                        "cluster.addons." + name,
                        new ServiceAccountName(controller.namespace(), controller.serviceAccount()),
                        IdentitySpec.none().withPolicies(List.of(PolicyReference.parse(controller.managedPolicy()))),
                        Optional.empty(),
                        Map.of(),
                        false,
                        Optional.of(name)));
    }

    private void add(
            String property,
            ServiceAccountName name,
            IdentitySpec identitySpec,
            Optional<PolicyDocument> required,
            Map<String, String> labels,
            boolean made,
            Optional<EksAddonName> eksAddon) {
        Identity identity = problems.collect(property, () -> {
            Identity one =
                    Identity.of(ResolvedEnvironment.clusterName(spec), spec.identity(), name, identitySpec, required);
            one.ownPolicy(partition.id());
            if (identitySpec.role().isEmpty()) {
                one.trust(ResolvedEnvironment.clusterName(spec), () -> ResolvedEnvironment.issuer(spec, partition))
                        .checkedFor(PolicyUse.TRUST);
            }
            return one;
        });
        String other = owners.putIfAbsent(name, property);
        if (other != null) {
            problems.add(
                    property,
                    "a second identity for the ServiceAccount " + name + ", which " + other + " has already",
                    "one identity for a ServiceAccount",
                    "remove one of them");
            return;
        }
        if (identity == null) {
            return;
        }
        new PodIdentitySupport(spec, property, problems).check(identity);
        if (identitySpec.role().isEmpty()) {
            String roleOwner = roleOwners.putIfAbsent(identity.roleName().toString(), property);
            if (roleOwner != null) {
                problems.add(
                        property,
                        "the role " + identity.roleName() + " is that of " + roleOwner + " too",
                        "a role name of its own for each identity",
                        "set roleName");
            }
        }
        settled.add(new SettledIdentity(identity, property, labels, made, eksAddon));
    }
}
