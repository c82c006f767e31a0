package dev.eksplatform.internal.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eksplatform.environment.Environment;
import dev.eksplatform.environment.ResolvedEnvironment;
import dev.eksplatform.iam.evaluation.AccessDecision;
import dev.eksplatform.iam.evaluation.AccessDecision.Verdict;
import dev.eksplatform.iam.evaluation.AccessRequest;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the ServiceAccounts of the environments in stacks/ may do is said before anything is deployed. */
class AccessExplanationTest {

    @Test
    void theWorkshopsFirstJobIsAllowedAndItsSecondDenied() {
        RoleAccess iamTest = access("irsa-workshop").of(ServiceAccountName.parse("default/iam-test"));

        assertThat(decide(iamTest, "s3:ListAllMyBuckets", "*"))
                .hasToString(
                        "allowed: AmazonS3ReadOnlyAccess (v3, 2023-08-10), statement 1 allows s3:ListAllMyBuckets on *");
        assertThat(decide(iamTest, "ec2:DescribeInstances", "*"))
                .hasToString(
                        "denied: no statement of AmazonS3ReadOnlyAccess (v3, 2023-08-10) allows ec2:DescribeInstances on *");
    }

    @Test
    void aRoleIsExplainedConditionByCondition() {
        assertThat(access("irsa-workshop").text()).isEqualTo("""
                        ServiceAccount default/iam-test, through its annotation eks.amazonaws.com/role-arn \
                        (identities["default/iam-test"])
                        role irsa-workshop-default-iam-test

                        Who may assume it
                          statement 1: holders of a token of \
                        arn:aws:iam::111122223333:oidc-provider/<issuer of irsa-workshop> may assume it by \
                        sts:AssumeRoleWithWebIdentity, if
                            - the token's audience is sts.amazonaws.com
                            - the token belongs to the ServiceAccount default/iam-test

                        What it may do
                          AmazonS3ReadOnlyAccess (v3, 2023-08-10), statement 1: may call s3:Get*, s3:List*, s3:Describe*, \
                        s3-object-lambda:Get*, s3-object-lambda:List* on everything

                        Only the policies of the role count here: service control policies, permissions boundaries \
                        and resource policies are not considered.
                        Not listed: the roles of the control plane, the nodes and Fargate.
                        <issuer of irsa-workshop> is the issuer of the cluster's tokens, known after apply.
                        """);
    }

    @Test
    void podIdentityIsExplainedByTheTagsOfItsSession() {
        assertThat(access("pod-identity").text()).startsWith("""
                        ServiceAccount bucket-api/bucket-api, through a pod identity association of the cluster \
                        pod-identity (identities["bucket-api/bucket-api"])
                        role pod-identity-bucket-api-bucket-api

                        Who may assume it
                          statement 1: the service pods.eks.amazonaws.com may assume it by sts:AssumeRole, \
                        sts:TagSession, if
                            - the pod's cluster is pod-identity
                            - the pod's namespace is bucket-api
                            - the pod's ServiceAccount is bucket-api
                        """).doesNotContain("<issuer");
    }

    @Test
    void addonsAndEksAddonsAreExplainedToo() {
        assertThat(access("ostoy-eks").roles())
                .extracting(role -> role.serviceAccount() + " " + role.role() + " " + role.property())
                .containsExactly(
                        "ack-system/ack-s3-controller ack-s3-controller addons.ack.s3",
                        "kube-system/aws-load-balancer-controller ostoy-eks-kube-system-aws-load-balancer-controller"
                                + " addons.aws-load-balancer-controller",
                        "kube-system/ebs-csi-controller-sa ostoy-eks-kube-system-ebs-csi-controller-sa"
                                + " cluster.addons.aws-ebs-csi-driver",
                        "ostoy-demo/ostoy-sa ostoy-sa-role identities[\"ostoy-demo/ostoy-sa\"]");
    }

    @ParameterizedTest
    @CsvSource({
        "ostoy-eks, s3:PutObject, arn:aws:s3:::ostoy-demo-bucket/note.txt, ALLOWED",
        "ostoy-eks, s3:PutObject, arn:aws:s3:::another-bucket/note.txt, DENIED",
        "ostoy-eks, s3:DeleteBucket, arn:aws:s3:::ostoy-demo-bucket, DENIED",
        "ostoy-rosa, s3:ListBucket, arn:aws:s3:::ostoy-demo-bucket, ALLOWED",
        "ostoy-rosa, s3:ListAllMyBuckets, *, DENIED"
    })
    void ostoyMayUseItsBucketAndNothingElse(String environment, String action, String resource, Verdict verdict) {
        RoleAccess ostoy = access(environment).of(ServiceAccountName.parse("ostoy-demo/ostoy-sa"));

        assertThat(decide(ostoy, action, resource).verdict()).isEqualTo(verdict);
    }

    @Test
    void onRosaTheIssuerIsKnown() {
        assertThat(access("ostoy-rosa").text())
                .contains(
                        "holders of a token of"
                                + " arn:aws:iam::111122223333:oidc-provider/rh-oidc.s3.us-east-1.amazonaws.com/2a1b3c4d5e6f7g8h")
                .doesNotContain("<issuer");
    }

    @Test
    void aRoleOfAnotherEnvironmentCannotBeDecided(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), """
                environment: shop
                region: eu-central-1
                account: "111122223333"
                cluster: {existing: {name: shop}}
                identity: pod-identity
                identities:
                  shop/orders: {role: "arn:aws:iam::111122223333:role/blue-shop-orders"}
                """);
        AccessExplanation access = AccessExplanation.of(Environment.read(file).resolved());

        assertThat(access.answers(ServiceAccountName.parse("shop/orders"), List.of("s3:GetObject"), "*", List.of()))
                .startsWith("""
                        shop/orders may be able to assume the role arn:aws:iam::111122223333:role/blue-shop-orders; \
                        s3:GetObject on every accesspointobject and object: cannot be decided
                          whether the existing role arn:aws:iam::111122223333:role/blue-shop-orders may be assumed \
                        depends on what is not known
                          not known: its trust policy
                        Assuming the role arn:aws:iam::111122223333:role/blue-shop-orders:
                        """);
        assertThat(access.text())
                .contains("role arn:aws:iam::111122223333:role/blue-shop-orders\n\n"
                        + "  created elsewhere: its trust and policies are not known\n");
    }

    @Test
    void aPermissionsBoundaryMustAllowItToo(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("boundary.json"), """
                {"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*"}]}
                """);
        AccessExplanation access = explained(folder, """
                roles: {permissionsBoundary: "arn:aws:iam::111122223333:policy/boundary", boundaryPolicy: boundary.json}
                identities:
                  shop/orders:
                    policies: [AmazonS3FullAccess]
                    policy: {Statement: [{Effect: Allow, Action: "sqs:*", Resource: "*"}]}
                """);
        RoleAccess orders = access.of(ServiceAccountName.parse("shop/orders"));

        assertThat(decide(orders, "s3:GetObject", "arn:aws:s3:::reports/a").verdict())
                .isEqualTo(Verdict.ALLOWED);
        assertThat(decide(orders, "s3:GetObject", "arn:aws:s3:::others/a"))
                .hasToString(
                        "denied: no statement of the permissions boundary arn:aws:iam::111122223333:policy/boundary"
                                + " allows s3:GetObject on arn:aws:s3:::others/a");
        assertThat(decide(orders, "sqs:SendMessage", "arn:aws:sqs:eu-central-1:111122223333:q")
                        .verdict())
                .isEqualTo(Verdict.DENIED);
        assertThat(access.answers(ServiceAccountName.parse("shop/orders"), List.of("s3:PutObject"), "*", List.of()))
                .contains("  allowed for arn:aws:s3:::reports/*\n")
                .contains("  denied for everything else\n")
                .contains("Only the policies of the role and what limits it here count: service control policies and"
                        + " resource policies are not considered.");
        assertThat(access.text()).contains("""

                Only if this allows it, too
                  the permissions boundary arn:aws:iam::111122223333:policy/boundary, statement 1: may call s3:* on \
                arn:aws:s3:::reports/*
                """);
    }

    @Test
    void aPermissionsBoundaryOfUnknownContentLeavesIt(@TempDir Path folder) throws IOException {
        RoleAccess orders = explained(folder, """
                        roles: {permissionsBoundary: "arn:aws:iam::111122223333:policy/boundary"}
                        identities:
                          shop/orders: {policies: [AmazonS3ReadOnlyAccess]}
                        """).of(ServiceAccountName.parse("shop/orders"));

        assertThat(decide(orders, "s3:GetObject", "arn:aws:s3:::reports/a"))
                .hasToString(
                        "cannot be decided: whether s3:GetObject on arn:aws:s3:::reports/a is allowed depends on what"
                                + " is not known; not known: the content of the permissions boundary"
                                + " arn:aws:iam::111122223333:policy/boundary");
        assertThat(decide(orders, "s3:PutObject", "arn:aws:s3:::reports/a").verdict())
                .isEqualTo(Verdict.DENIED);
    }

    @Test
    void whereBothDivideTheResourcesNothingIsPromised(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("boundary.json"), """
                {"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::*-public/*"}]}
                """);
        AccessExplanation access = explained(folder, """
                roles: {permissionsBoundary: "arn:aws:iam::111122223333:policy/boundary", boundaryPolicy: boundary.json}
                identities:
                  shop/orders: {policy: {Statement: [{Effect: Allow, Action: "s3:*", Resource: "arn:aws:s3:::shop-*"}]}}
                """);

        assertThat(access.answers(ServiceAccountName.parse("shop/orders"), List.of("s3:GetObject"), "*", List.of()))
                .contains("  cannot be decided for arn:aws:s3:::shop-*\n")
                .contains("for which of them it does; ask about one of them");
    }

    @Test
    void aSessionPolicyLimitsItsSessions(@TempDir Path folder) throws IOException {
        RoleAccess orders = explained(folder, """
                        identity: pod-identity
                        identities:
                          shop/orders:
                            policies: [AmazonS3FullAccess]
                            podIdentity:
                              disableSessionTags: true
                              sessionPolicy:
                                Statement: [{Effect: Allow, Action: s3:GetObject, Resource: "arn:aws:s3:::reports/*"}]
                        """).of(ServiceAccountName.parse("shop/orders"));

        assertThat(orders.assume().verdict()).isEqualTo(Verdict.ALLOWED);
        assertThat(decide(orders, "s3:GetObject", "arn:aws:s3:::reports/a").verdict())
                .isEqualTo(Verdict.ALLOWED);
        assertThat(decide(orders, "s3:PutObject", "arn:aws:s3:::reports/a"))
                .hasToString(
                        "denied: no statement of the session policy allows s3:PutObject on arn:aws:s3:::reports/a");
    }

    @Test
    void aTargetRoleIsExplainedByWhatItMustTrust(@TempDir Path folder) throws IOException {
        AccessExplanation access = explained(folder, """
                identity: pod-identity
                roles: {path: /platform/}
                identities:
                  shop/orders: {podIdentity: {targetRoleArn: "arn:aws:iam::444455556666:role/reports"}}
                """);
        RoleAccess orders = access.of(ServiceAccountName.parse("shop/orders"));

        assertThat(decide(orders, "s3:GetObject", "arn:aws:s3:::reports/a"))
                .hasToString("cannot be decided: the pods get the credentials of the target role"
                        + " arn:aws:iam::444455556666:role/reports, whose policies are not known; not known: its policies,"
                        + " and whether it trusts shop-shop-orders");
        assertThat(access.text())
                .contains("The pods get the credentials of the target role arn:aws:iam::444455556666:role/reports")
                .contains("arn:aws:iam::111122223333:role/platform/shop-shop-orders may assume it by sts:AssumeRole,"
                        + " sts:TagSession, if")
                .contains("<pod_identity_external_ids of shop/orders>");
    }

    @Test
    void anotherServiceAccountWithTheRoleIsExplained(@TempDir Path folder) throws IOException {
        for (String mode : List.of("irsa", "pod-identity")) {
            AccessExplanation access = explained(folder, """
                    identity: %s
                    identities:
                      shop/orders: {policies: [AmazonS3ReadOnlyAccess], serviceAccounts: [billing/reports]}
                    """.formatted(mode));
            RoleAccess reports = access.of(ServiceAccountName.parse("billing/reports"));

            assertThat(reports.role()).isEqualTo("shop-shop-orders");
            assertThat(reports.assume().verdict()).as(mode).isEqualTo(Verdict.ALLOWED);
            assertThat(decide(reports, "s3:GetObject", "arn:aws:s3:::a/b").verdict())
                    .as(mode)
                    .isEqualTo(Verdict.ALLOWED);
        }
    }

    @Test
    void aRoleThatExistsIsExplainedByWhatItMustTrustInIrsaMode(@TempDir Path folder) throws IOException {
        assertThat(explained(folder, """
                        identities: {shop/orders: {role: "arn:aws:iam::111122223333:role/orders"}}
                        """).text()).contains("""
                        role arn:aws:iam::111122223333:role/orders

                          created elsewhere: its trust and policies are not known

                        Its trust policy must contain
                          statement 1: holders of a token of \
                        arn:aws:iam::111122223333:oidc-provider/<issuer of shop> may assume it by \
                        sts:AssumeRoleWithWebIdentity, if
                            - the token's audience is sts.amazonaws.com
                            - the token belongs to the ServiceAccount shop/orders
                        """);
    }

    @Test
    void aRoleOfAnotherAccountTrustsTheProviderOfItsAccount(@TempDir Path folder) throws IOException {
        assertThat(explained(folder, """
                        identities: {shop/orders: {role: "arn:aws:iam::444455556666:role/orders"}}
                        """).text())
                .contains("a token of arn:aws:iam::444455556666:oidc-provider/<issuer of shop> may assume it");
    }

    private static AccessExplanation explained(Path folder, String rest) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), """
                environment: shop
                region: eu-central-1
                account: "111122223333"
                cluster: {existing: {name: shop}}
                """ + rest);
        return AccessExplanation.of(Environment.read(file).resolved());
    }

    @Test
    void aManagedPolicyWhoseContentIsNotKnownCannotBeDecided(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), """
                environment: shop
                region: eu-central-1
                account: "111122223333"
                cluster: {existing: {name: shop}}
                identities:
                  shop/orders: {policies: [ReadOnlyAccess]}
                """);

        RoleAccess orders =
                AccessExplanation.of(Environment.read(file).resolved()).of(ServiceAccountName.parse("shop/orders"));
        assertThat(decide(orders, "dynamodb:GetItem", "*"))
                .hasToString(
                        "cannot be decided: whether dynamodb:GetItem on * is allowed depends on what is not known; not"
                                + " known: the content of arn:aws:iam::aws:policy/ReadOnlyAccess");
    }

    @Test
    void anUnknownServiceAccountIsAnswered() {
        assertThatThrownBy(() -> access("irsa-workshop").of(ServiceAccountName.parse("default/iam-tset")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the ServiceAccount default/iam-tset has no AWS role in this environment; allowed:"
                        + " default/iam-test; fix: did you mean default/iam-test?");
    }

    private static AccessDecision decide(RoleAccess role, String action, String resource) {
        return role.decide(new AccessRequest(action, resource, role.session().context(action, resource)));
    }

    private static AccessExplanation access(String environment) {
        return AccessExplanation.of(resolved(environment));
    }

    private static ResolvedEnvironment resolved(String environment) {
        return Environment.read(Path.of("stacks", environment + ".yaml")).resolved();
    }
}
