package dev.eksplatform.addon;

import dev.eksplatform.cluster.EksAddonName;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.PolicyReference;
import dev.eksplatform.identity.ServiceAccountName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The controller of an add-on that calls AWS.
 *
 * @param serviceAccount its ServiceAccount
 * @param labels labels of the ServiceAccount
 * @param identity what the user chose
 * @param policy what the controller needs; empty when that is in {@code identity}
 */
public record AddonController(
        ServiceAccountName serviceAccount,
        Map<String, String> labels,
        IdentitySpec identity,
        Optional<PolicyDocument> policy) {

    /**
     * The controller of an EKS add-on, with the managed policy that AWS publishes for it.
     *
     * @param addon the EKS add-on
     * @return empty when it calls no AWS API, or does so with the node's role
     */
    public static Optional<AddonController> of(EksAddonName addon) {
        return addon.managedPolicy()
                .map(policy -> new AddonController(
                        ServiceAccountName.parse(addon.serviceAccount()),
                        Map.of(),
                        IdentitySpec.none().withPolicies(List.of(PolicyReference.parse(policy))),
                        Optional.empty()));
    }
}
