package dev.eksplatform.addon;

import dev.eksplatform.iam.PolicyReference;
import dev.eksplatform.iam.RoleName;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.identity.IdentityMode;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The AWS permissions of an add-on's controller.
 *
 * @param mode how its pods get the permissions; default {@code identity} of the environment
 * @param roleName the name of its IAM role; default cluster, namespace and ServiceAccount joined by hyphens
 * @param policyName the name of its IAM policy; default the name of the role
 * @param policies managed policies instead of the one of the catalogue; default none
 */
@RecordBuilder
public record ControllerIdentity(
        @Example("pod-identity") Optional<IdentityMode> mode,

        @Example("shop-controller") Optional<RoleName> roleName,

        @Example("shop-controller") @Limit(pattern = RoleName.POLICY_PATTERN)
        Optional<String> policyName,

        @Example("['arn:aws:iam::111122223333:policy/controller-of-shop']")
        List<PolicyReference> policies)
        implements ControllerIdentityBuilder.With {

    /** Checks the name of the policy. */
    public ControllerIdentity {
        policies = Components.list("policies", policies);
        Problems problems = new Problems();
        policyName.ifPresent(name -> RoleName.checkPolicyName("policyName", name, problems));
        problems.throwIfAny();
    }

    /**
     * A role of its own with the policy of the catalogue.
     *
     * @return the defaults
     */
    @Defaults
    public static ControllerIdentity standard() {
        return new ControllerIdentity(Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    /** A controller with the policy of the catalogue, unless managed policies replace it. */
    AddonController controller(
            ServiceAccountName account, Map<String, String> labels, Supplier<PolicyDocument> policy) {
        return new AddonController(
                account, labels, spec(), policies.isEmpty() ? Optional.of(policy.get()) : Optional.empty());
    }

    /** A controller that needs no permissions unless it is given some. */
    Optional<AddonController> optional(ServiceAccountName account, PolicyDocument policy) {
        return policies.isEmpty() && policy.statements().isEmpty()
                ? Optional.empty()
                : Optional.of(controller(account, Map.of(), () -> policy));
    }

    /** Reports settings for the permissions of a controller that is given none. */
    void checkOptional(boolean hasPermissions, Problems problems) {
        if (!hasPermissions && policies.isEmpty()) {
            unused("mode", mode, problems);
            unused("roleName", roleName, problems);
            unused("policyName", policyName, problems);
        }
    }

    private static void unused(String key, Optional<?> value, Problems problems) {
        if (value.isPresent()) {
            problems.add(PropertyPath.of(key), "not used: the add-on has no AWS permissions", "remove it");
        }
    }

    /** As an identity of its own. */
    IdentitySpec spec() {
        return IdentitySpec.none()
                .withMode(mode)
                .withRoleName(roleName)
                .withPolicyName(policyName)
                .withPolicies(policies);
    }
}
