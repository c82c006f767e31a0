package dev.eksplatform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.construct.RoleSettings;
import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.iam.document.InlinePolicy;
import dev.eksplatform.iam.document.PolicyUse;
import dev.eksplatform.problem.ProblemsOf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.LowerChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class IdentityTest {

    private static final ServiceAccountName ORDERS = ServiceAccountName.parse("shop/orders");
    private static final IdentitySpec READ_S3 = IdentitySpec.managedPolicies("AmazonS3ReadOnlyAccess");

    private static Identity resolve(IdentityMode mode, IdentitySpec spec) {
        return Identity.of("eks", mode, ORDERS, spec, Optional.empty());
    }

    @Test
    void roleAndAnnotationDeriveFromOneName() {
        Identity identity = resolve(IdentityMode.IRSA, READ_S3);

        assertThat(identity.roleName()).hasToString("eks-shop-orders");
        assertThat(identity.policyName()).isEqualTo("eks-shop-orders");
        assertThat(identity.annotations("arn")).isEqualTo(Map.of("eks.amazonaws.com/role-arn", "arn"));
        assertThat(identity.createsServiceAccount()).isTrue();
        assertThat(identity.existing().createsServiceAccount()).isFalse();
        assertThat(identity.managedPolicyArns("aws-cn"))
                .containsExactly("arn:aws-cn:iam::aws:policy/AmazonS3ReadOnlyAccess");
        assertThat(identity.ownPolicy("aws")).isEmpty();
    }

    @Test
    void itsOwnModeGoesBeforeTheDefault() {
        IdentitySpec bound = READ_S3.withMode(Optional.of(IdentityMode.POD_IDENTITY));

        assertThat(resolve(IdentityMode.IRSA, bound).mode()).isEqualTo(IdentityMode.POD_IDENTITY);
        assertThat(resolve(IdentityMode.POD_IDENTITY, READ_S3).mode()).isEqualTo(IdentityMode.POD_IDENTITY);
        assertThat(resolve(IdentityMode.POD_IDENTITY, READ_S3).annotations("arn"))
                .isEmpty();
    }

    @Test
    void anIdentityHasAPermission() {
        assertThat(ProblemsOf.making(() -> resolve(IdentityMode.IRSA, IdentitySpec.none())))
                .containsExactly("the identity has no permission; fix: add policies, policy, buckets or role");
    }

    @Test
    void eachModeHasPropertiesOfItsOwn() {
        IdentitySpec tagless =
                READ_S3.withPodIdentity(PodIdentitySettings.standard().withDisableSessionTags(true));
        IdentitySpec issuers =
                READ_S3.withIssuers(List.of(OidcIssuer.parse("oidc.eks.eu-central-1.amazonaws.com/id/A1")));

        assertThat(ProblemsOf.making(() -> resolve(IdentityMode.IRSA, READ_S3.withClusters(List.of("other")))))
                .containsExactly("clusters: names of clusters in IRSA mode, in which a role trusts the issuer of each"
                        + " cluster; fix: name their issuers in issuers, or set mode: pod-identity");
        assertThat(ProblemsOf.making(() -> resolve(IdentityMode.IRSA, tagless)))
                .containsExactly("podIdentity: not used in IRSA mode; fix: remove it, or set mode: pod-identity");
        assertThat(ProblemsOf.making(() -> resolve(IdentityMode.POD_IDENTITY, issuers)))
                .containsExactly("issuers: issuers with Pod Identity, where a role trusts names of clusters;"
                        + " fix: name the clusters in clusters, or set mode: irsa");
        assertThat(resolve(IdentityMode.IRSA, issuers).spec().issuers()).hasSize(1);
        assertThat(resolve(IdentityMode.POD_IDENTITY, tagless)
                        .spec()
                        .podIdentity()
                        .disableSessionTags())
                .isTrue();
    }

    @Test
    void anExistingRoleIsUsedInBothModes() {
        IdentitySpec spec = IdentitySpec.none().withRole(Optional.of("arn:aws:iam::111122223333:role/team/r"));

        assertThat(resolve(IdentityMode.IRSA, spec).annotations("arn:aws:iam::111122223333:role/team/r"))
                .isEqualTo(Map.of("eks.amazonaws.com/role-arn", "arn:aws:iam::111122223333:role/team/r"));
        assertThat(resolve(IdentityMode.POD_IDENTITY, spec).roleArn("aws", "111122223333"))
                .isEqualTo("arn:aws:iam::111122223333:role/team/r");
    }

    @Test
    void whatIsForANewRoleIsRefusedBesideAnExistingOne() {
        IdentitySpec existing = IdentitySpec.none().withRole(Optional.of("arn:aws:iam::111122223333:role/r"));

        assertThat(ProblemsOf.making(() -> existing.withDescription(Optional.of("Orders"))))
                .containsExactly("description: an existing role cannot be combined with description; fix: remove it; it"
                        + " is set where the role is created");
        assertThat(ProblemsOf.making(
                        () -> existing.withRoleSettings(RoleSettings.standard().withPath(Optional.of("/a/")))))
                .containsExactly(
                        "roleSettings: an existing role cannot be combined with roleSettings; fix: remove it; it"
                                + " is set where the role is created");
    }

    @Test
    void thePathIsAPartOfTheArn() {
        RoleSettings settings = RoleSettings.standard().withPath(Optional.of("/platform/"));

        assertThat(resolve(IdentityMode.IRSA, READ_S3).among(settings).roleArn("aws", "111122223333"))
                .isEqualTo("arn:aws:iam::111122223333:role/platform/eks-shop-orders");
        assertThat(resolve(
                                IdentityMode.IRSA,
                                READ_S3.withRoleSettings(RoleSettings.standard().withPath(Optional.of("/own/"))))
                        .among(settings)
                        .roleArn("aws", "111122223333"))
                .isEqualTo("arn:aws:iam::111122223333:role/own/eks-shop-orders");
    }

    @Test
    void settingsAreChecked() {
        assertThat(ProblemsOf.making(() -> RoleSettings.standard().withPath(Optional.of("platform"))))
                .containsExactly(
                        "path: \"platform\" is not a path of IAM; allowed: at most 512 characters of ASCII without"
                                + " spaces, / at both ends; fix: write it like /platform/");
        assertThat(ProblemsOf.making(() -> RoleSettings.standard().withMaxSessionSeconds(Optional.of(900))))
                .containsExactly("maxSessionSeconds: 900 seconds; allowed: 3600 to 43200 (IAM): one hour to twelve;"
                        + " fix: use 3600");
        assertThat(ProblemsOf.making(() -> RoleSettings.standard()
                        .withBoundaryPolicy(Optional.of(InlinePolicy.of(Map.of(
                                "Statement",
                                List.of(Map.of("Effect", "Allow", "Action", "s3:GetObject", "Resource", "*"))))))))
                .containsExactly("boundaryPolicy: the content of a permissions boundary that is not set; fix: add"
                        + " permissionsBoundary: its ARN");
        assertThat(ProblemsOf.making(() -> PodIdentitySettings.standard()
                        .withSessionPolicy(Optional.of(InlinePolicy.of(Map.of(
                                "Statement",
                                List.of(Map.of("Effect", "Allow", "Action", "s3:GetObject", "Resource", "*"))))))))
                .containsExactly("sessionPolicy: a session policy beside session tags, which EKS refuses;"
                        + " fix: set disableSessionTags: true");
        assertThat(ProblemsOf.making(() -> ServiceAccountSettings.none()
                        .withAnnotations(Map.of("eks.amazonaws.com/role-arn", "arn:aws:iam::111122223333:role/r"))))
                .containsExactly("annotations[\"eks.amazonaws.com/role-arn\"]: the annotation with the role, which the"
                        + " platform sets; fix: remove it; name a role that exists in role of the identity");
        assertThat(ProblemsOf.making(() ->
                        ServiceAccountSettings.none().withAnnotations(Map.of("eks.amazonaws.com/audience", "vault"))))
                .containsExactly(
                        "annotations[\"eks.amazonaws.com/audience\"]: another audience than the role trusts, which"
                                + " is sts.amazonaws.com; fix: remove it; project tokens for other audiences in the pods");
        assertThat(ProblemsOf.making(() -> resolve(
                        IdentityMode.IRSA,
                        READ_S3.withServiceAccount(IdentitySpec.Ownership.EXISTING)
                                .withServiceAccountSettings(
                                        ServiceAccountSettings.none().withLabels(Map.of("team", "shop"))))))
                .containsExactly(
                        "serviceAccountSettings: labels, imagePullSecrets or automountToken of a ServiceAccount"
                                + " that somebody else creates; allowed: annotations; fix: set them where it is created");
    }

    @Test
    void aTrustPolicyHasALimit() {
        List<OidcIssuer> many = IntStream.range(0, 12)
                .mapToObj(i ->
                        OidcIssuer.parse("oidc.eks.eu-central-1.amazonaws.com/id/0A1B2C3D4E5F60718293A4B5C6D7E8F" + i))
                .toList();
        Identity identity = resolve(IdentityMode.IRSA, READ_S3.withIssuers(many));
        TrustedCluster cluster = new TrustedCluster(
                "eks",
                "aws",
                "eu-central-1",
                "111122223333",
                () -> new OidcIssuer.Provider("arn:aws:iam::111122223333:oidc-provider/oidc.example", "oidc.example"));

        assertThat(identity.trust(cluster).statements()).hasSize(13);
        assertThat(ProblemsOf.making(() -> identity.trust(cluster).checkedFor(PolicyUse.TRUST)))
                .singleElement()
                .asString()
                .startsWith("the trust policy has ")
                .endsWith("ask AWS to raise the quota to 4,096");
    }

    @Test
    void inlinePoliciesHaveALimitTogether() {
        InlinePolicy large = InlinePolicy.of(Map.of(
                "Statement",
                List.of(Map.of(
                        "Effect",
                        "Allow",
                        "Action",
                        "s3:GetObject",
                        "Resource",
                        IntStream.range(0, 100)
                                .mapToObj(i -> "arn:aws:s3:::bucket-with-a-long-name-of-its-own-" + i + "/*")
                                .toList()))));

        assertThat(READ_S3.withInlinePolicies(Map.of("one", large)).inlinePolicies())
                .hasSize(1);
        assertThat(ProblemsOf.making(() -> READ_S3.withInlinePolicies(Map.of("one", large, "two", large))))
                .singleElement()
                .asString()
                .startsWith("inlinePolicies: inline policies of 1")
                .endsWith("allowed: at most 10240 for one role (IAM); fix: move one to policyDocuments");
    }

    @Test
    void anExistingRoleHasItsOwnPermissions() {
        Optional<String> role = Optional.of("arn:aws:iam::111122223333:role/r");

        assertThat(ProblemsOf.making(() -> READ_S3.withRole(role)))
                .containsExactly(
                        "role: an existing role cannot be combined with policies, policy, buckets or roleName; "
                                + "fix: give permissions where the role is created");
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

        assertThat(ProblemsOf.making(() -> resolve(IdentityMode.IRSA, spec).ownPolicy("aws")))
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
