package dev.eksplatform.iam.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PermissionsTest {

    private static final String ISSUER = "oidc.eks.eu-central-1.amazonaws.com/id/AB12";
    private static final String PROVIDER = "arn:aws:iam::111122223333:oidc-provider/" + ISSUER;
    private static final Statement READ =
            Statement.allow("s3:GetObject", "s3:ListBucket").on("arn:aws:s3:::a", "arn:aws:s3:::a/*");

    @Test
    void orderGroupingSidsAndCaseDoNotChangeTheMeaning() {
        assertThat(Permissions.of(PolicyDocument.of(
                        Statement.allow("S3:listbucket")
                                .on("arn:aws:s3:::a/*", "arn:aws:s3:::a")
                                .withSid("B"),
                        Statement.allow("s3:GetObject").on("arn:aws:s3:::a/*").withSid("A"),
                        Statement.allow("s3:GetObject").on("arn:aws:s3:::a"))))
                .isEqualTo(permissions(READ));
        assertThat(permissions(READ.when("StringLike", "aws:RequestTag/Team", "b", "a")))
                .isEqualTo(permissions(READ.when("StringLike", "AWS:requesttag/team", "a", "b")));
    }

    @Test
    void conditionsEffectsResourcesAndNegationsChangeTheMeaning() {
        assertThat(List.of(
                        READ.when("Bool", "aws:SecureTransport", "true"),
                        READ.on("arn:aws:s3:::A", "arn:aws:s3:::a/*"),
                        READ.by(Principals.of("AWS", "111122223333")),
                        Statement.deny("s3:GetObject", "s3:ListBucket").on("arn:aws:s3:::a", "arn:aws:s3:::a/*"),
                        new Statement(
                                null,
                                Effect.ALLOW,
                                null,
                                Patterns.except("s3:GetObject", "s3:ListBucket"),
                                READ.resources(),
                                List.of())))
                .noneMatch(other -> permissions(other).equals(permissions(READ)));
    }

    @Test
    void theVersionMattersWherePolicyVariablesAre() {
        Statement plain = Statement.allow("s3:GetObject").on("arn:aws:s3:::a/x");
        Statement variable = Statement.allow("s3:GetObject").on("arn:aws:s3:::a/${aws:userid}");

        assertThat(old(plain)).isEqualTo(permissions(plain));
        assertThat(old(variable).without(permissions(variable)))
                .containsExactly("policy language of version 2008-10-17");
    }

    @Test
    void aChangeIsSaidInOneSentenceForEachPermission() {
        assertThat(permissions(READ)
                        .without(permissions(Statement.allow("s3:GetObject").on("arn:aws:s3:::a"))))
                .containsExactly(
                        "Allow s3:GetObject on arn:aws:s3:::a/*",
                        "Allow s3:ListBucket on arn:aws:s3:::a",
                        "Allow s3:ListBucket on arn:aws:s3:::a/*");
        assertThat(permissions(READ).without(permissions(READ))).isEmpty();
        assertThat(Permissions.NONE.without(permissions(READ))).isEmpty();
    }

    @Test
    void principalsAndConditionsAreSaidInWords() {
        assertThat(sentences(Statement.allow("sts:AssumeRoleWithWebIdentity")
                        .by(Principals.federated(PROVIDER))
                        .when("StringEquals", ISSUER + ":sub", "system:serviceaccount:shop:orders")
                        .when("StringEquals", ISSUER + ":aud", "sts.amazonaws.com")))
                .containsExactly("Allow sts:AssumeRoleWithWebIdentity by holders of a token of " + PROVIDER
                        + " when the token belongs to the ServiceAccount shop/orders and the token's audience is"
                        + " sts.amazonaws.com");
        assertThat(sentences(Statement.deny("sts:AssumeRole")
                        .by(new Principals(true, Map.of("AWS", List.of("222", "111"))))
                        .when("ArnNotLike", "aws:PrincipalArn", "arn:aws:iam::*:role/a")
                        .when("NumericLessThan", "aws:MultiFactorAuthAge", "60")))
                .containsExactly(
                        "Deny sts:AssumeRole by everyone but 111, 222 when aws:MultiFactorAuthAge is less than 60"
                                + " and aws:PrincipalArn is not an ARN like arn:aws:iam::*:role/a");
    }

    @Test
    void aConditionKeyOfAnotherIssuerIsNotTheToken() {
        assertThat(sentences(Statement.allow("sts:AssumeRoleWithWebIdentity")
                        .by(Principals.federated(PROVIDER))
                        .when("StringEquals", "oidc.example.com/id/CD34:sub", "system:serviceaccount:shop:orders")))
                .singleElement()
                .asString()
                .endsWith(" when oidc.example.com/id/CD34:sub is system:serviceaccount:shop:orders");
    }

    @Test
    void negationsStayWhole() {
        assertThat(sentences(new Statement(
                        null,
                        Effect.ALLOW,
                        null,
                        Patterns.except("iam:*", "aws-portal:*"),
                        Patterns.except("arn:aws:s3:::b"),
                        List.of())))
                .containsExactly("Allow all actions but aws-portal:*, iam:* on everything but arn:aws:s3:::b");
    }

    private static List<String> sentences(Statement statement) {
        return permissions(statement).without(Permissions.NONE);
    }

    private static Permissions permissions(Statement... statements) {
        return Permissions.of(PolicyDocument.of(statements));
    }

    private static Permissions old(Statement statement) {
        return Permissions.of(new PolicyDocument("2008-10-17", null, List.of(statement)));
    }
}
