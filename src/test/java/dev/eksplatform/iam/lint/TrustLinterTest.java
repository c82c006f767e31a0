package dev.eksplatform.iam.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.iam.document.Patterns;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Principals;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.document.TrustPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustLinterTest {

    private static final String ISSUER = "oidc.eks.eu-central-1.amazonaws.com/id/AB12";
    private static final OidcIssuer CLUSTER =
            new OidcIssuer("arn:aws:iam::111122223333:oidc-provider/" + ISSUER, ISSUER);
    private static final String ARN = "arn:aws:iam::111122223333:role/orders";
    private static final AnnotatedServiceAccount ORDERS = new AnnotatedServiceAccount("shop", "orders", ARN);
    private static final Statement WEB_IDENTITY =
            Statement.allow("sts:AssumeRoleWithWebIdentity").by(Principals.federated(CLUSTER.providerArn()));
    private static final Statement WITH_AUDIENCE =
            WEB_IDENTITY.when("StringEquals", ISSUER + ":aud", "sts.amazonaws.com");
    private static final String SUB = "system:serviceaccount:shop:orders";

    @Test
    void whatThisLibraryWritesHasNoFinding() {
        PolicyDocument trust = TrustPolicy.irsa(CLUSTER.providerArn(), ISSUER, "shop", "orders", "sts.amazonaws.com");
        assertThat(lint(trust, ORDERS)).isEmpty();
        assertThat(TrustLinter.lint(List.of(new RoleTrust("orders", ARN, trust)), List.of(ORDERS), List.of()))
                .isEmpty();
        assertThat(lint(TrustPolicy.podIdentity())).isEmpty();
        assertThat(lint(TrustPolicy.service("ec2.amazonaws.com"))).isEmpty();
    }

    @Property(tries = 100)
    void everyPairOfNamesThatTheLibraryTakesHasNoFinding(
            @ForAll @CharRange(from = 'a', to = 'z') @StringLength(min = 1, max = 20) String namespace,
            @ForAll @CharRange(from = 'a', to = 'z') @StringLength(min = 1, max = 20) String name) {
        PolicyDocument trust =
                TrustPolicy.irsa(CLUSTER.providerArn(), ISSUER, namespace, name + "-sa", "sts.amazonaws.com");
        assertThat(lint(trust, new AnnotatedServiceAccount(namespace, name + "-sa", ARN)))
                .isEmpty();
    }

    @Test
    void aTrustWithoutSubjectAndAudienceIsFound() {
        assertThat(lint(PolicyDocument.of(WEB_IDENTITY.withSid("Open"))))
                .containsExactly(
                        "trust-without-subject: role orders, statement 1 (Open): no condition on the token's subject:"
                                + " every pod of the cluster may assume the role; allowed: StringEquals on the issuer's"
                                + " sub with names of ServiceAccounts; fix: add StringEquals <issuer>:sub"
                                + " system:serviceaccount:<namespace>:<name>",
                        "trust-without-audience: role orders, statement 1 (Open): no condition on the token's audience:"
                                + " tokens issued for another party are taken; allowed: StringEquals on the issuer's aud"
                                + " with sts.amazonaws.com; fix: add StringEquals <issuer>:aud sts.amazonaws.com");
    }

    @Test
    void aWildcardOverNamespacesIsFound() {
        assertThat(lint(subject("StringLike", "system:serviceaccount:*:orders")))
                .containsExactly("trust-any-namespace: role orders, statement 1: the pattern"
                        + " \"system:serviceaccount:*:orders\" reaches over namespaces: whoever may create one gets the"
                        + " role; allowed: StringEquals on the issuer's sub with names of ServiceAccounts; fix: name each"
                        + " ServiceAccount");
    }

    @Test
    void aWildcardOverServiceAccountsIsFound() {
        assertThat(lint(subject("StringLike", "system:serviceaccount:shop:*")))
                .containsExactly("trust-any-service-account: role orders, statement 1: the pattern"
                        + " \"system:serviceaccount:shop:*\" trusts ServiceAccounts that anybody who may create one in"
                        + " shop names; allowed: StringEquals on the issuer's sub with names of ServiceAccounts; fix:"
                        + " name each ServiceAccount");
    }

    @ParameterizedTest
    @CsvSource({
        "system:serviceaccount:sh?p:orders, trust-any-namespace",
        "system:serviceaccount:shop*, trust-any-namespace",
        "system:*, trust-any-namespace",
        "*:orders, trust-any-namespace",
        "system:serviceaccount:shop:order?, trust-any-service-account",
        "*, trust-matches-everything"
    })
    void aPatternIsJudgedByWhatItReaches(String pattern, String rule) {
        assertThat(lint(subject("StringLike", pattern)))
                .singleElement()
                .asString()
                .startsWith(rule + ": ");
    }

    @Test
    void aWildcardUnderStringEqualsIsDead() {
        assertThat(lint(subject("StringEquals", "system:serviceaccount:shop:*")))
                .containsExactly("trust-dead-wildcard: role orders, statement 1: StringEquals takes the wildcard in"
                        + " \"system:serviceaccount:shop:*\" as a character: no token matches; allowed: StringEquals on"
                        + " the issuer's sub with names of ServiceAccounts; fix: name each ServiceAccount");
    }

    @Test
    void aKeyOfAnotherIssuerIsFound() {
        PolicyDocument trust = PolicyDocument.of(
                WITH_AUDIENCE.when("StringEquals", "oidc.eks.eu-central-1.amazonaws.com/id/CD34:sub", SUB));
        assertThat(lint(trust))
                .first()
                .isEqualTo("trust-other-issuer: role orders, statement 1: the condition key"
                        + " oidc.eks.eu-central-1.amazonaws.com/id/CD34:sub belongs to another issuer than the principal "
                        + CLUSTER.providerArn() + ": its tokens do not carry it; allowed: keys that begin with "
                        + ISSUER
                        + "; fix: write " + ISSUER + ":sub");
    }

    @Test
    void aProviderOfNoKnownClusterIsFound() {
        String other = CLUSTER.providerArn().replace("AB12", "CD34");
        PolicyDocument trust =
                TrustPolicy.irsa(other, ISSUER.replace("AB12", "CD34"), "shop", "orders", TrustPolicy.STS_AUDIENCE);
        assertThat(lint(trust))
                .containsExactly(
                        "trust-unknown-provider: role orders, statement 1: it trusts " + other
                                + "; allowed: the clusters' own: " + CLUSTER.providerArn()
                                + "; fix: trust the provider of this cluster, as a cluster that is created again has a new issuer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "StringEqualsIfExists | is true for a token without the key",
                "ForAllValues:StringEquals | is true for a token without the key, and is meant for keys with several values",
                "StringNotEquals | refuses the named and lets everybody else in",
                "Null | asks only whether the key is there: every token has it"
            })
    void anOperatorThatRefusesNobodyIsFound(String operator, String found) {
        assertThat(lint(subject(operator, SUB)).get(0))
                .isEqualTo("trust-matches-everything: role orders, statement 1: " + operator + " on " + ISSUER + ":sub "
                        + found + "; allowed: StringEquals with the values; fix: use StringEquals and name the"
                        + " ServiceAccount");
    }

    @Test
    void anAudienceThatMatchesEverythingIsFound() {
        PolicyDocument trust = PolicyDocument.of(
                WEB_IDENTITY.when("StringLike", ISSUER + ":aud", "*").when("StringEquals", ISSUER + ":sub", SUB));
        assertThat(lint(trust, ORDERS))
                .containsExactly("trust-matches-everything: role orders, statement 1: StringLike on " + ISSUER
                        + ":aud matches every value; allowed: StringEquals with the values; fix: use StringEquals and"
                        + " name the audience");
    }

    @Test
    void theDefaultServiceAccountIsFound() {
        assertThat(lint(
                        subject("StringEquals", "system:serviceaccount:shop:default"),
                        new AnnotatedServiceAccount("shop", "default", ARN)))
                .containsExactly("trust-default-service-account: role orders, statement 1: it trusts"
                        + " system:serviceaccount:shop:default, the ServiceAccount of every pod there that names none;"
                        + " allowed: a ServiceAccount of the workload's own; fix: give the workload a ServiceAccount and"
                        + " trust that one");
    }

    @Test
    void everyoneIsFound() {
        assertThat(lint(PolicyDocument.of(Statement.allow("sts:AssumeRole").by(Principals.of("AWS", "*")))))
                .containsExactly("trust-everyone: role orders, statement 1: everyone may assume the role; allowed:"
                        + " principals by name; fix: name the provider, the service or the role that shall assume it");
        assertThat(lint(PolicyDocument.of(Statement.allow("sts:AssumeRole")
                        .by(new Principals(true, Map.of("AWS", List.of("111122223333")))))))
                .singleElement()
                .asString()
                .contains("everyone but a few may assume the role");
        assertThat(lint(PolicyDocument.of(Statement.deny("sts:AssumeRole").by(Principals.of("AWS", "*")))))
                .isEmpty();
    }

    @Test
    void aRenameOfOneSideAloneIsFoundOnBothSides() {
        assertThat(lint(
                        subject("StringEquals", "system:serviceaccount:shop:order"),
                        ORDERS,
                        new AnnotatedServiceAccount("shop", "web", null)))
                .containsExactly(
                        "trust-without-annotation: role orders, statement 1: it trusts the ServiceAccount shop/order,"
                                + " which does not exist; allowed: ServiceAccounts with the annotation"
                                + " eks.amazonaws.com/role-arn: " + ARN
                                + "; fix: create and annotate it, or correct its name",
                        "annotation-without-trust: ServiceAccount shop/orders: it is annotated with the role orders,"
                                + " which does not trust it but shop/order; allowed: roles that trust"
                                + " system:serviceaccount:shop:orders; fix: trust it in the role, or correct the"
                                + " annotation or the ServiceAccount's name");
    }

    @Test
    void aTrustedServiceAccountWithoutTheAnnotationIsFound() {
        assertThat(lint(subject("StringEquals", SUB), new AnnotatedServiceAccount("shop", "orders", null)))
                .containsExactly("trust-without-annotation: role orders, statement 1: it trusts the ServiceAccount"
                        + " shop/orders, which is not annotated with the role; allowed: ServiceAccounts with the"
                        + " annotation eks.amazonaws.com/role-arn: " + ARN
                        + "; fix: annotate it, or trust it no longer");
    }

    @Test
    void anAnnotationWithARoleOfPodIdentityIsFound() {
        assertThat(lint(TrustPolicy.podIdentity(), ORDERS))
                .containsExactly("annotation-without-trust: ServiceAccount shop/orders: it is annotated with the role"
                        + " orders, which does not trust it; allowed: roles that trust"
                        + " system:serviceaccount:shop:orders; fix: trust it in the role, or correct the annotation or"
                        + " the ServiceAccount's name");
    }

    @Test
    void whatTerraformFillsInIsNoFinding() {
        PolicyDocument trust = TrustPolicy.irsa(
                "${aws_iam_openid_connect_provider.p.arn}",
                "${replace(aws_eks_cluster.c.url, \"https://\", \"\")}",
                "${kubernetes_namespace.n.id}",
                "orders",
                TrustPolicy.STS_AUDIENCE);
        assertThat(lint(trust, ORDERS)).isEmpty();
    }

    @Test
    void aWildcardActionIsAWebIdentityTrustToo() {
        Statement statement = new Statement(
                null, WEB_IDENTITY.effect(), WEB_IDENTITY.principals(), Patterns.of("sts:*"), null, List.of());
        assertThat(lint(PolicyDocument.of(statement))).hasSize(2);
    }

    @Test
    void everyRuleHasAnIdOfItsOwn() {
        assertThat(Arrays.stream(TrustRule.values()).map(TrustRule::id))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z]+(-[a-z]+)+"));
        assertThat(TrustRule.DEFAULT_SERVICE_ACCOUNT.severity()).isEqualTo(TrustRule.Severity.WARNING);
        assertThat(TrustRule.NO_SUBJECT.severity()).isEqualTo(TrustRule.Severity.ERROR);
    }

    private static PolicyDocument subject(String operator, String value) {
        return PolicyDocument.of(WITH_AUDIENCE.when(operator, ISSUER + ":sub", value));
    }

    private static List<String> lint(PolicyDocument trust, AnnotatedServiceAccount... serviceAccounts) {
        return TrustLinter.lint(
                        List.of(new RoleTrust("orders", ARN, trust)), List.of(serviceAccounts), List.of(CLUSTER))
                .stream()
                .map(TrustFinding::toString)
                .toList();
    }
}
