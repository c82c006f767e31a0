package dev.eksplatform.environment;

import dev.eksplatform.addon.AddonController;
import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.PolicyUse;
import dev.eksplatform.identity.Compute;
import dev.eksplatform.identity.Identity;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
    private final List<ResolvedIdentity> resolved = new ArrayList<>();

    IdentityResolver(EnvironmentSpec spec, Partition partition, Problems problems) {
        this.spec = spec;
        this.partition = partition;
        this.problems = problems;
        compute = new Compute(spec.cluster().distribution(), spec.nodeGroups(), spec.fargate());
    }

    /** The identities of add-ons, of EKS add-ons and of {@code identities}, by namespace and name. */
    List<ResolvedIdentity> resolve(List<HelmAddon> addons) {
        for (HelmAddon addon : addons) {
            PropertyPath property = PropertyPath.of("addons").plus(addon.property());
            boolean isOperators = addon.isOperatorOn(spec.cluster().distribution());
            addon.controller()
                    .ifPresent(controller -> add(
                            property,
                            controller,
                            identity -> new ResolvedIdentity.OfAddon(
                                    identity, property, controller.labels(), isOperators)));
        }
        spec.cluster().addons().keySet().forEach(addon -> {
            PropertyPath property = PropertyPath.of("cluster", "addons", addon.id());
            AddonController.of(addon)
                    .ifPresent(controller -> add(
                            property,
                            controller,
                            identity -> new ResolvedIdentity.OfEksAddon(identity, property, addon)));
        });
        spec.identities().forEach((name, identitySpec) -> {
            PropertyPath property = PropertyPath.of("identities", name.toString());
            add(
                    property,
                    name,
                    identitySpec,
                    Optional.empty(),
                    identity -> new ResolvedIdentity.OfWorkload(identity, property));
        });
        resolved.sort(Comparator.comparing(
                (ResolvedIdentity one) -> one.identity().serviceAccount().toString()));
        return resolved;
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
            Identity one = Identity.of(clusterName, spec.identity(), name, identitySpec, required);
            one.ownPolicy(partition.id());
            if (identitySpec.role().isEmpty()) {
                one.trust(clusterName, () -> spec.cluster().issuer(spec.environment(), partition, spec.account()))
                        .checkedFor(PolicyUse.TRUST);
            }
            return one;
        });
        PropertyPath other = owners.putIfAbsent(name, property);
        if (other != null) {
            problems.add(
                    property,
                    "duplicate identity: the ServiceAccount " + name + " has one already at " + other,
                    "remove one of them");
            return;
        }
        if (identity == null) {
            return;
        }
        identity.mode().unsupported(identity, property, compute).forEach(problems::add);
        if (identitySpec.role().isEmpty()) {
            PropertyPath roleOwner = roleOwners.putIfAbsent(identity.roleName().toString(), property);
            if (roleOwner != null) {
                problems.add(
                        property,
                        "role name " + identity.roleName() + " is already used by " + roleOwner,
                        "set roleName");
            }
        }
        resolved.add(kind.apply(identity));
    }
}
