package dev.eksplatform.identity;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.cluster.ExistingCluster;
import dev.eksplatform.cluster.ExistingClusterSpec;
import dev.eksplatform.cluster.KubernetesCluster;
import dev.eksplatform.cluster.RosaCluster;
import dev.eksplatform.cluster.RosaClusterSpec;
import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.iam.RoleName;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkloadIdentityTest {

    private static final String ORDERS = "shop/orders";
    private static final IdentitySpec READ_S3 = IdentitySpec.managedPolicies("AmazonS3ReadOnlyAccess");
    private static final IdentitySpec POD_IDENTITY = READ_S3.withMode(Optional.of(IdentityMode.POD_IDENTITY));

    private static KubernetesCluster cluster(TerraformStack stack) {
        return new ExistingCluster(stack, "cluster", ExistingClusterSpec.of("shop"));
    }

    private static TerraformStack stackWith(IdentitySpec spec) {
        TerraformStack stack = TestStack.make();
        new WorkloadIdentity(stack, "orders", cluster(stack), ORDERS, spec);
        return stack;
    }

    @Test
    void minimalIrsa() {
        TestStack.checkGolden("workload-identity-irsa", stackWith(READ_S3));
    }

    @Test
    void minimalPodIdentity() {
        TestStack.checkGolden("workload-identity-pod-identity", stackWith(POD_IDENTITY));
    }

    @Test
    void full() {
        IdentitySpec spec = IdentitySpec.managedPolicies(
                        "service-role/AmazonEBSCSIDriverPolicy", "arn:aws:iam::111122223333:policy/team/reports")
                .withBuckets(Map.of(
                        BucketName.parse("reports"), BucketAccess.READ,
                        BucketName.parse("uploads"), BucketAccess.READ_WRITE))
                .withPolicy(Map.of(
                        "Statement", List.of(Map.of("Effect", "Allow", "Action", "sqs:SendMessage", "Resource", "*"))))
                .withRoleName(Optional.of(RoleName.parse("orders-role")))
                .withPolicyName(Optional.of("orders-policy"));

        TestStack.checkGolden("workload-identity-full", stackWith(spec));
    }

    @Test
    void furtherClustersMayUseTheRoleByPodIdentity() {
        TestStack.checkGolden(
                "workload-identity-clusters", stackWith(POD_IDENTITY.withClusters(List.of("shop-2", "shop"))));
    }

    @Test
    void anExistingRoleIsBoundAndNotMade() {
        IdentitySpec spec = IdentitySpec.none()
                .withMode(Optional.of(IdentityMode.POD_IDENTITY))
                .withRole(Optional.of("arn:aws:iam::111122223333:role/shared"));

        TestStack.checkGolden("workload-identity-existing-role", stackWith(spec));
        assertThat(stackWith(spec)).hasNoResource("aws_iam_role");
    }

    @Test
    void onRosaTheTrustNamesTheOpenShiftIssuer() {
        TerraformStack stack = TestStack.make();
        RosaCluster rosa = new RosaCluster(
                stack,
                "cluster",
                RosaClusterSpec.of("shop", OidcIssuer.parse("rh-oidc.s3.us-east-1.amazonaws.com/2a1b"), "rosa"));
        new WorkloadIdentity(stack, "orders", rosa, ORDERS, READ_S3);

        TestStack.checkGolden("workload-identity-rosa", stack);
    }

    @Test
    void onRosaPodIdentityIsRefused() {
        TerraformStack stack = TestStack.make();
        RosaCluster rosa = new RosaCluster(
                stack,
                "cluster",
                RosaClusterSpec.of("shop", OidcIssuer.parse("rh-oidc.s3.us-east-1.amazonaws.com/2a1b"), "rosa"));

        assertThat(ProblemsOf.making(() -> new WorkloadIdentity(stack, "orders", rosa, ORDERS, POD_IDENTITY)))
                .containsExactly(
                        "EKS Pod Identity does not exist on ROSA: shop is an OpenShift cluster; allowed: irsa; "
                                + "fix: set identity: irsa");
    }

    @Test
    void theServiceAccountsSideDerivesFromTheSameIdentity() {
        TerraformStack stack = TestStack.make();
        WorkloadIdentity irsa = new WorkloadIdentity(stack, "irsa", cluster(stack), ORDERS, READ_S3);

        assertThat(irsa.roleArn()).isEqualTo("arn:aws:iam::111122223333:role/shop-shop-orders");
        assertThat(irsa.annotations())
                .isEqualTo(Map.of("eks.amazonaws.com/role-arn", "arn:aws:iam::111122223333:role/shop-shop-orders"));
        assertThat(irsa.role()).isPresent();
        assertThat(irsa.association()).isEmpty();
    }

    @Test
    void podIdentityNeedsNoAnnotationAndNoOidcProvider() {
        TerraformStack stack = TestStack.make();
        WorkloadIdentity bound = new WorkloadIdentity(stack, "orders", cluster(stack), ORDERS, POD_IDENTITY);

        assertThat(bound.annotations()).isEmpty();
        assertThat(bound.association()).isPresent();
        assertThat(stack).hasNoResource("aws_iam_openid_connect_provider");
    }

    @Test
    void policiesThatAwsDoesNotHaveAreRefused() {
        IdentitySpec spec = IdentitySpec.managedPolicies("AmazonS3ReadOnlyAcces")
                .withPolicy(Map.of(
                        "Statement",
                        List.of(Map.of(
                                "Effect",
                                "Allow",
                                "Action",
                                List.of("sqs:SendMesage"),
                                "Resource",
                                "arn:aws-cn:sqs:*:*:q"))));

        assertThat(ProblemsOf.making(() -> stackWith(spec)))
                .containsExactly(
                        "policies[0]: \"AmazonS3ReadOnlyAcces\" is not an AWS managed policy (2026-09); allowed: the names of"
                                + " the AWS Managed Policy Reference, with their paths; other policies by ARN; fix: did you"
                                + " mean AmazonS3ReadOnlyAccess? If AWS has added it since, add unlisted:"
                                + " [\"AmazonS3ReadOnlyAcces\"] to the identity",
                        "policy.Statement[0].Action[0]: \"sqs:SendMesage\" is not an action of sqs (2026-09); allowed: the"
                                + " actions of sqs in the Service Authorization Reference; fix: did you mean"
                                + " sqs:SendMessage? If AWS has added it since, add unlisted: [\"sqs:SendMesage\"] to the"
                                + " identity",
                        "policy.Statement[0].Resource: \"arn:aws-cn:sqs:*:*:q\" is in the partition aws-cn, the account in"
                                + " aws; allowed: ARNs of the account's partition; fix: write"
                                + " arn:aws:sqs:*:*:q");
        assertThat(stackWith(IdentitySpec.managedPolicies("NewPolicy").withUnlisted(List.of("NewPolicy"))))
                .hasResources("aws_iam_role_policy_attachment", 1);
    }

    @Test
    void twoPoliciesOfOneNameAndDifferentPathsAreBothAttached() {
        IdentitySpec spec = IdentitySpec.managedPolicies(
                "AmazonS3ReadOnlyAccess", "arn:aws:iam::111122223333:policy/team/AmazonS3ReadOnlyAccess");

        assertThat(stackWith(spec)).hasResources("aws_iam_role_policy_attachment", 2);
    }
}
