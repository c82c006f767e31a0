package dev.eksplatform.environment;

import dev.eksplatform.cluster.EksAddonName;
import dev.eksplatform.identity.Identity;
import dev.eksplatform.problem.PropertyPath;
import java.util.Map;
import java.util.Optional;

/** An identity, where it came from and what its ServiceAccount looks like. */
public sealed interface ResolvedIdentity {

    /**
     * The identity.
     *
     * @return role and ServiceAccount
     */
    Identity identity();

    /**
     * The property of the environment that asked for it.
     *
     * @return such as {@code identities["shop/orders"]}
     */
    PropertyPath property();

    /**
     * Labels of its ServiceAccount.
     *
     * @return none for most
     */
    default Map<String, String> labels() {
        return Map.of();
    }

    /**
     * Whether the platform creates the ServiceAccount.
     *
     * @return false when it exists already, or comes with an add-on
     */
    boolean createsServiceAccount();

    /**
     * Whether the ServiceAccount comes with an operator, whose install plan is approved after the platform stack.
     *
     * @return true for ACK controllers on OpenShift
     */
    default boolean isOperators() {
        return false;
    }

    /**
     * The identity that has the role.
     *
     * @return itself for most; the one that shares its role with it otherwise
     */
    default Identity owner() {
        return identity();
    }

    /**
     * The EKS add-on that takes the role itself.
     *
     * @return empty for most
     */
    default Optional<EksAddonName> eksAddon() {
        return Optional.empty();
    }

    /**
     * An identity of {@code identities}.
     *
     * @param identity the identity
     * @param property its property
     */
    record OfWorkload(Identity identity, PropertyPath property) implements ResolvedIdentity {

        @Override
        public boolean createsServiceAccount() {
            return identity.createsServiceAccount();
        }

        @Override
        public Map<String, String> labels() {
            return identity.spec().serviceAccountSettings().labels();
        }
    }

    /**
     * Another ServiceAccount with the role of an identity of {@code identities}.
     *
     * @param identity the identity, of this ServiceAccount
     * @param property its property, such as {@code identities["shop/orders"].serviceAccounts[0]}
     * @param owner the identity whose role it is
     */
    record OfShared(Identity identity, PropertyPath property, Identity owner) implements ResolvedIdentity {

        @Override
        public boolean createsServiceAccount() {
            return identity.createsServiceAccount();
        }

        @Override
        public Map<String, String> labels() {
            return identity.spec().serviceAccountSettings().labels();
        }
    }

    /**
     * The identity of an add-on's controller.
     *
     * @param identity the identity
     * @param property the property of the add-on
     * @param labels labels of its ServiceAccount
     * @param isOperators whether the ServiceAccount comes with an operator
     */
    record OfAddon(Identity identity, PropertyPath property, Map<String, String> labels, boolean isOperators)
            implements ResolvedIdentity {

        @Override
        public boolean createsServiceAccount() {
            return !isOperators;
        }
    }

    /**
     * The identity of an EKS add-on's controller.
     *
     * @param identity the identity
     * @param property the property of the add-on, or that of {@code identities}
     * @param addon the add-on
     */
    record OfEksAddon(Identity identity, PropertyPath property, EksAddonName addon) implements ResolvedIdentity {

        @Override
        public boolean createsServiceAccount() {
            return false;
        }

        @Override
        public Optional<EksAddonName> eksAddon() {
            return Optional.of(addon);
        }
    }
}
