package dev.eksplatform.addon;

import dev.eksplatform.cluster.EksAddonName;
import dev.eksplatform.cluster.EksAddonSpec;
import dev.eksplatform.iam.PolicyReference;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.identity.IdentityMode;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.release.EksAddonFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
     * The controller of an EKS add-on, with the policies that AWS documents for it unless its settings have others.
     *
     * @param addon the EKS add-on
     * @param spec its settings
     * @return empty when it calls no AWS API, does so with the node's role, or has permissions that depend on resources of the user
     *     and are not given
     */
    public static Optional<AddonController> of(EksAddonName addon, EksAddonSpec spec) {
        Optional<EksAddonFacts> facts = addon.facts();
        List<String> documented = facts.map(EksAddonFacts::accounts).orElse(List.of()).stream()
                .findFirst()
                .map(EksAddonFacts.Account::policies)
                .orElse(List.of());
        boolean byDefault = !documented.isEmpty()
                && facts.filter(known -> known.usesNodeRole() || known.asksForPermissions())
                        .isEmpty();
        if (spec.mode().filter(EksAddonSpec.Mode.NODE_ROLE::equals).isPresent()
                || !(spec.setsIdentity() || byDefault)) {
            return Optional.empty();
        }
        boolean replaced = !spec.policies().isEmpty()
                || spec.policy().isPresent()
                || spec.roleArn().isPresent()
                || facts.filter(EksAddonFacts::asksForPermissions).isPresent();
        IdentitySpec identity = IdentitySpec.none()
                .withMode(mode(spec, facts))
                .withPolicies(
                        replaced
                                ? spec.policies()
                                : documented.stream()
                                        .map(PolicyReference::parse)
                                        .toList())
                .withPolicy(spec.policy())
                .withRole(spec.roleArn());
        return serviceAccounts(addon, spec).stream()
                .findFirst()
                .map(account -> new AddonController(account, Map.of(), identity, keys(spec, facts)));
    }

    /**
     * Whether it has any permission.
     *
     * @return false without policies, policy document and role
     */
    public boolean isGiven() {
        return policy.isPresent()
                || identity.role().isPresent()
                || identity.policy().isPresent()
                || !identity.policies().isEmpty();
    }

    /** The mode of its settings, or the only one that it has. */
    private static Optional<IdentityMode> mode(EksAddonSpec spec, Optional<EksAddonFacts> facts) {
        return spec.mode()
                .map(Enum::name)
                .or(() -> facts.map(EksAddonFacts::modes)
                        .filter(modes -> modes.size() == 1)
                        .map(modes -> modes.get(0).toUpperCase(Locale.ROOT).replace('-', '_')))
                .map(IdentityMode::valueOf);
    }

    /**
     * The ServiceAccounts of an EKS add-on that call AWS APIs, its controller's first.
     *
     * @param addon the EKS add-on
     * @param spec its settings
     * @return empty when they are not known
     */
    public static List<ServiceAccountName> serviceAccounts(EksAddonName addon, EksAddonSpec spec) {
        List<ServiceAccountName> accounts = new ArrayList<>();
        spec.serviceAccount().map(ServiceAccountName::parse).ifPresent(accounts::add);
        addon.facts().ifPresent(facts -> facts.accounts()
                .forEach(account -> accounts.add(
                        new ServiceAccountName(spec.namespace().orElseGet(facts::namespace), account.name()))));
        return accounts.stream().distinct().toList();
    }

    /**
     * What a driver does with customer managed keys. Sources: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html">EBS CSI driver, step 1</a>, <a
     * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html">SSE-KMS, permissions</a>.
     */
    private static Optional<PolicyDocument> keys(EksAddonSpec spec, Optional<EksAddonFacts> facts) {
        if (spec.kmsKeys().isEmpty()) {
            return Optional.empty();
        }
        String[] keys = spec.kmsKeys().toArray(new String[0]);
        boolean grants = facts.flatMap(EksAddonFacts::kms)
                .filter(kind -> kind.equals("grants"))
                .isPresent();
        return Optional.of(
                grants
                        ? PolicyDocument.of(
                                Statement.allow("kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant")
                                        .on(keys)
                                        .when("Bool", "kms:GrantIsForAWSResource", "true"),
                                Statement.allow(
                                                "kms:Encrypt",
                                                "kms:Decrypt",
                                                "kms:ReEncrypt*",
                                                "kms:GenerateDataKey*",
                                                "kms:DescribeKey")
                                        .on(keys))
                        : PolicyDocument.of(Statement.allow("kms:GenerateDataKey", "kms:Decrypt")
                                .on(keys)));
    }
}
