package dev.eksplatform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.LowerChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class IdentityTest {

    private static final ServiceAccountName ORDERS = ServiceAccountName.parse("shop/orders");
    private static final IdentitySpec READ_S3 = IdentitySpec.managedPolicies("AmazonS3ReadOnlyAccess");

    private static Identity settle(IdentityMode mode, IdentitySpec spec) {
        return Identity.of("eks", mode, ORDERS, spec, Optional.empty());
    }

    @Test
    void roleAndAnnotationDeriveFromOneName() {
        Identity identity = settle(IdentityMode.IRSA, READ_S3);

        assertThat(identity.roleName()).hasToString("eks-shop-orders");
        assertThat(identity.policyName()).isEqualTo("eks-shop-orders");
        assertThat(identity.annotations("arn")).isEqualTo(Map.of("eks.amazonaws.com/role-arn", "arn"));
        assertThat(identity.isMade()).isTrue();
        assertThat(identity.existing().isMade()).isFalse();
        assertThat(identity.managedPolicyArns("aws-cn"))
                .containsExactly("arn:aws-cn:iam::aws:policy/AmazonS3ReadOnlyAccess");
        assertThat(identity.ownPolicy("aws")).isEmpty();
    }

    @Test
    void itsOwnModeGoesBeforeTheDefault() {
        IdentitySpec bound = READ_S3.withMode(Optional.of(IdentityMode.POD_IDENTITY));

        assertThat(settle(IdentityMode.IRSA, bound).mode()).isEqualTo(IdentityMode.POD_IDENTITY);
        assertThat(settle(IdentityMode.POD_IDENTITY, READ_S3).mode()).isEqualTo(IdentityMode.POD_IDENTITY);
        assertThat(settle(IdentityMode.POD_IDENTITY, READ_S3).annotations("arn"))
                .isEmpty();
    }

    @Test
    void anIdentityHasAPermission() {
        assertThat(ProblemsOf.making(() -> settle(IdentityMode.IRSA, IdentitySpec.none())))
                .containsExactly("the identity has no permission; allowed: policies, policy, buckets or role; fix: add "
                        + "one of them");
    }

    @Test
    void irsaSharesNoRoleBetweenClusters() {
        String rest =
                ": a role shared between clusters, in IRSA mode; allowed: Pod Identity: IRSA needs every cluster's "
                        + "OIDC provider in the role's trust; fix: set mode: pod-identity";

        assertThat(ProblemsOf.making(() -> settle(IdentityMode.IRSA, READ_S3.withClusters(List.of("other")))))
                .containsExactly("clusters" + rest);
        assertThat(ProblemsOf.making(() -> settle(
                        IdentityMode.IRSA,
                        IdentitySpec.none().withRole(Optional.of("arn:aws:iam::111122223333:role/r")))))
                .containsExactly("role" + rest);
    }

    @Test
    void anExistingRoleHasItsOwnPermissions() {
        Optional<String> role = Optional.of("arn:aws:iam::111122223333:role/r");

        assertThat(ProblemsOf.making(() -> READ_S3.withRole(role)))
                .containsExactly(
                        "role: an existing role together with permissions or a name for a new one; allowed: an "
                                + "existing role, or policies, policy, buckets and roleName; fix: give permissions where the "
                                + "role is made");
        assertThat(ProblemsOf.making(() -> IdentitySpec.none()
                        .withMode(Optional.of(IdentityMode.IRSA))
                        .withRole(role)))
                .containsExactly(
                        "role: an existing role in IRSA mode; allowed: Pod Identity, where an association binds "
                                + "any role: IRSA needs this cluster in the role's trust; fix: set mode: pod-identity");
    }

    @Test
    void aPolicyStandsOnce() {
        assertThat(ProblemsOf.making(() -> IdentitySpec.managedPolicies("A", "B", "A")))
                .containsExactly("policies[2]: duplicate policy A; fix: remove one of them");
    }

    @Test
    void aLongRoleNameIsNotCutBehindTheUsersBack() {
        String cluster = "c".repeat(54);

        assertThat(ProblemsOf.making(() -> Identity.of(cluster, IdentityMode.IRSA, ORDERS, READ_S3, Optional.empty())))
                .containsExactly(
                        "the role's name \"" + cluster + "-shop-orders\" has 66 characters; allowed: at most 64 "
                                + "characters (IAM); fix: set roleName to a shorter one");
    }

    @Test
    void aPolicyTooLargeForIamIsRefused() {
        IdentitySpec spec = IdentitySpec.none()
                .withPolicy(Map.of(
                        "Statement",
                        List.of(Map.of(
                                "Effect",
                                "Allow",
                                "Action",
                                "s3:GetObject",
                                "Resource",
                                "arn:aws:s3:::" + "x".repeat(6200)))));

        assertThat(ProblemsOf.making(() -> settle(IdentityMode.IRSA, spec).ownPolicy("aws")))
                .hasSize(1)
                .first()
                .asString()
                .contains("6,144");
    }

    @Property
    void theDefaultRoleNameTellsServiceAccountsOfOneClusterApart(
            @ForAll @LowerChars @StringLength(min = 1, max = 12) String namespace,
            @ForAll @LowerChars @StringLength(min = 1, max = 12) String one,
            @ForAll @LowerChars @StringLength(min = 1, max = 12) String other,
            @ForAll @AlphaChars @StringLength(min = 1, max = 20) String cluster) {
        String first = roleName(cluster, namespace, one);
        String second = roleName(cluster, namespace, other);

        assertThat(first.equals(second)).isEqualTo(one.equals(other));
        assertThat(first).hasSizeLessThanOrEqualTo(64).matches("[A-Za-z0-9+=,.@_-]+");
    }

    private static String roleName(String cluster, String namespace, String name) {
        return Identity.of(
                        cluster, IdentityMode.IRSA, new ServiceAccountName(namespace, name), READ_S3, Optional.empty())
                .roleName()
                .toString();
    }
}
