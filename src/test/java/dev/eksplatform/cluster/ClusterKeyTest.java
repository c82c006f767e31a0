package dev.eksplatform.cluster;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.aws.kms_key.KmsKey;
import dev.eksplatform.construct.LogGroupClass;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The key and the log group of a cluster, and its role: created, configured or given. */
class ClusterKeyTest {

    private static final ClusterSpec SHOP = ClusterSpec.of("shop", "1.36");
    private static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final PrincipalArn ADMIN = PrincipalArn.parse("arn:aws:iam::111122223333:role/key-admin");
    private static final PrincipalArn BACKUP = PrincipalArn.parse("arn:aws:iam::111122223333:role/backup");

    private static TerraformStack stackWith(ClusterSpec spec) {
        TerraformStack stack = TestStack.make();
        TestCluster.in(stack, spec);
        return stack;
    }

    @Test
    void aGivenKeyEncryptsSecretsAndLogs() {
        TerraformStack stack = TestStack.make();
        Cluster cluster = TestCluster.in(stack, SHOP.withKmsKey(KmsKeyArn.parse(KEY)));
        assertThat(cluster.key()).isEmpty();
        assertThat(stack)
                .hasNoResource("aws_kms_key")
                .hasNoResource("aws_kms_alias")
                .hasResource("aws_eks_cluster")
                .withAttribute("encryption_config.provider.key_arn", KEY)
                .and()
                .hasResource("aws_cloudwatch_log_group")
                .withAttribute("kms_key_id", KEY);
    }

    @Test
    void aProgramGivesAKeyByReference() {
        TerraformStack stack = TestStack.make();
        KmsKey key = new KmsKey(stack, "own");
        TestCluster.in(stack, SHOP.withKmsKey(new KmsKeyArn(key.getArn())));
        assertThat(stack)
                .hasResource("aws_eks_cluster")
                .withAttribute("encryption_config.provider.key_arn", "${aws_kms_key.own.arn}");
    }

    @Test
    void aCreatedKeyHasTheSettingsOfTheSpec() {
        TerraformStack stack = stackWith(SHOP.withKmsKey(CreatedKmsKeySpec.standard()
                .withAlias(Optional.of("platform/shop"))
                .withAdministrators(List.of(ADMIN))
                .withUsers(List.of(BACKUP))
                .withDeletionWindowDays(14)
                .withRotationPeriodDays(Optional.of(180))
                .withMultiRegion(true)));
        assertThat(stack)
                .hasResource("aws_kms_alias")
                .withAttribute("name", "alias/platform/shop")
                .and()
                .hasResource("aws_kms_key")
                .withAttribute("enable_key_rotation", true)
                .withAttribute("deletion_window_in_days", 14)
                .withAttribute("rotation_period_in_days", 180)
                .withAttribute("multi_region", true);
        assertThat(TestStack.configuration(stack)
                        .at("/resource/aws_kms_key")
                        .findPath("policy")
                        .asText())
                .contains("\"Sid\":\"AccountDecidesByIam\"")
                .contains("\"Sid\":\"ControlPlaneLogs\"")
                .contains("{\"Sid\":\"Administrators\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + ADMIN
                        + "\"},\"Action\":[\"kms:Create*\",")
                .contains("{\"Sid\":\"Users\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + BACKUP
                        + "\"},\"Action\":[\"kms:Encrypt\",\"kms:Decrypt\",\"kms:ReEncrypt*\",\"kms:GenerateDataKey*\","
                        + "\"kms:DescribeKey\"],\"Resource\":\"*\"}")
                .endsWith("{\"Sid\":\"GrantsOfUsers\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + BACKUP
                        + "\"},\"Action\":[\"kms:CreateGrant\",\"kms:ListGrants\",\"kms:RevokeGrant\"],\"Resource\":\"*\","
                        + "\"Condition\":{\"Bool\":{\"kms:GrantIsForAWSResource\":\"true\"}}}]}");
    }

    @Test
    void settingsOfAKeyAreThoseOfKms() {
        CreatedKmsKeySpec key = CreatedKmsKeySpec.standard();
        assertThat(ProblemsOf.making(() -> key.withAlias(Optional.of("aws/eks"))))
                .containsExactly(
                        "alias: \"aws/eks\" is not the name of an alias; allowed: 1 to 250 letters, digits, /, _ and"
                                + " -, not beginning with aws/; fix: write it like eks/shop, without alias/");
        assertThat(ProblemsOf.making(() -> key.withDeletionWindowDays(5)))
                .containsExactly("deletionWindowDays: 5 days; allowed: 7 to 30; fix: use 7");
        assertThat(ProblemsOf.making(() -> key.withRotationPeriodDays(Optional.of(30))))
                .containsExactly("rotationPeriodDays: 30 days; allowed: 90 to 2560; fix: use 90");
        assertThat(ProblemsOf.making(() -> key.withUsers(List.of(BACKUP, BACKUP))))
                .containsExactly("users[1]: duplicate principal " + BACKUP + "; fix: remove one of them");
        assertThat(ProblemsOf.making(() -> KmsKeyArn.parse("arn:aws:kms:eu-central-1:111122223333:alias/shop")))
                .containsExactly(
                        "\"arn:aws:kms:eu-central-1:111122223333:alias/shop\" is not the ARN of a KMS key; allowed:"
                                + " arn:aws:kms:REGION:ACCOUNT:key/ID, not that of an alias; fix: copy it from `aws kms describe-key"
                                + " --key-id alias/NAME --query KeyMetadata.Arn`");
    }

    @Test
    void logsHaveAClassAKeyAndALifeOfTheirOwn() {
        TerraformStack stack = stackWith(SHOP.withLogs(LogsSpec.all()
                .withLogClass(LogGroupClass.INFREQUENT_ACCESS)
                .withKmsKeyArn(Optional.of(KmsKeyArn.parse(KEY)))
                .withKeepOnDestroy(true)));
        assertThat(stack)
                .hasResource("aws_cloudwatch_log_group")
                .withAttribute("log_group_class", "INFREQUENT_ACCESS")
                .withAttribute("kms_key_id", KEY)
                .withAttribute("skip_destroy", true);
        assertThat(TestStack.configuration(stack)
                        .at("/resource/aws_kms_key")
                        .findPath("policy")
                        .asText())
                .contains("AccountDecidesByIam")
                .doesNotContain("ControlPlaneLogs");
    }

    @Test
    void aLogGroupThatExistsIsNotCreated() {
        TerraformStack stack = stackWith(SHOP.withLogs(LogsSpec.all().withExisting(true)));
        assertThat(stack).hasNoResource("aws_cloudwatch_log_group");
        assertThat(TestStack.configuration(stack)
                        .at("/resource/aws_eks_cluster")
                        .findPath("depends_on"))
                .hasToString("[\"aws_iam_role_policy_attachment.cluster_role_AmazonEKSClusterPolicy_FC3DD531\"]");
        LogsSpec configured = LogsSpec.all()
                .withRetentionDays(90)
                .withLogClass(LogGroupClass.INFREQUENT_ACCESS)
                .withKmsKeyArn(Optional.of(KmsKeyArn.parse(KEY)))
                .withKeepOnDestroy(true);
        String problem =
                ": not used with existing: true, because the log group has settings of its own; fix: remove it, or"
                        + " existing";
        assertThat(ProblemsOf.making(() -> configured.withExisting(true)))
                .containsExactly(
                        "retentionDays" + problem, "class" + problem, "kmsKeyArn" + problem, "keepOnDestroy" + problem);
    }

    @Test
    void aGivenRoleGetsNoPolicies() {
        String arn = "arn:aws:iam::111122223333:role/platform/eks-cluster";
        assertThat(stackWith(SHOP.withRole(RoleArn.parse(arn))))
                .hasNoResource("aws_iam_role")
                .hasNoResource("aws_iam_role_policy_attachment")
                .hasResource("aws_eks_cluster")
                .withAttribute("role_arn", arn);
        assertThat(ProblemsOf.making(() -> RoleArn.parse("eks-cluster")))
                .containsExactly(
                        "\"eks-cluster\" is not the ARN of an IAM role; allowed: arn:aws:iam::ACCOUNT:role/NAME; fix:"
                                + " copy it from `aws iam get-role --role-name NAME --query Role.Arn`");
    }

    @Test
    void aCreatedRoleHasANameAndFurtherPolicies() {
        TerraformStack stack = stackWith(SHOP.withRole(CreatedRoleSpec.standard()
                .withName(Optional.of(dev.eksplatform.iam.RoleName.parse("shop-control-plane")))
                .withPolicies(List.of("AmazonEKSVPCResourceController", "arn:aws:iam::111122223333:policy/audit"))));
        assertThat(stack)
                .hasResource("aws_iam_role")
                .withAttribute("name", "shop-control-plane")
                .and()
                .hasResources("aws_iam_role_policy_attachment", 3)
                .hasResource("aws_iam_role_policy_attachment")
                .withAttribute("policy_arn", "arn:aws:iam::aws:policy/AmazonEKSVPCResourceController")
                .and()
                .hasResource("aws_iam_role_policy_attachment")
                .withAttribute("policy_arn", "arn:aws:iam::111122223333:policy/audit");
    }

    @Test
    void policiesOfARoleExist_AndAreFewEnough() {
        CreatedRoleSpec role = CreatedRoleSpec.standard();
        assertThat(ProblemsOf.making(() -> role.withPolicies(List.of("AmazonEKSVPCResourceControler", "a b"))))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .matches("policies\\[0]: \"AmazonEKSVPCResourceControler\" is not an AWS managed policy"
                                        + " \\(\\d{4}-\\d{2}\\); allowed: the names of the AWS Managed Policy Reference, with"
                                        + " their paths; other policies by ARN; fix: did you mean"
                                        + " AmazonEKSVPCResourceController\\?"),
                        second -> assertThat(second)
                                .isEqualTo("policies[1]: \"a b\" is not a managed policy; allowed: the name of an AWS"
                                        + " managed policy, or a policy's ARN; fix: write it like"
                                        + " AmazonEKSVPCResourceController or arn:aws:iam::111122223333:policy/audit"));
        List<String> nine = java.util.stream.IntStream.range(0, 9)
                .mapToObj(i -> "arn:aws:iam::111122223333:policy/p" + i)
                .toList();
        assertThat(ProblemsOf.making(() -> role.withPolicies(nine)))
                .containsExactly(
                        "policies: 9 policies; allowed: at most 8: IAM attaches 10 to a role, and the platform adds"
                                + " up to 2; fix: join some in a policy of your own");
    }
}
