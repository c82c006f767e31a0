package dev.eksplatform.cluster;

import com.hashicorp.cdktf.providers.aws.kms_alias.KmsAlias;
import com.hashicorp.cdktf.providers.aws.kms_alias.KmsAliasConfig;
import com.hashicorp.cdktf.providers.aws.kms_key.KmsKey;
import com.hashicorp.cdktf.providers.aws.kms_key.KmsKeyConfig;
import dev.eksplatform.aws.Account;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.iam.IamPolicy;
import dev.eksplatform.iam.Principals;
import dev.eksplatform.iam.Statement;
import software.constructs.Construct;

/**
 * The KMS key of a cluster: encrypts its Kubernetes Secrets and its control plane logs, and is rotated each year. Sources:
 * <a href="https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html">encrypt Kubernetes secrets</a>, <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html">encrypt log data</a>.
 */
final class ClusterKey extends PlatformConstruct {

    private static final int DELETION_WINDOW_DAYS = 30;

    private final KmsKey key;

    ClusterKey(Construct scope, String id, String clusterName, String logGroupName) {
        super(scope, id);
        key = new KmsKey(
                this,
                "key",
                KmsKeyConfig.builder()
                        .description("Secrets and logs of the EKS cluster " + clusterName)
                        .enableKeyRotation(true)
                        .deletionWindowInDays(DELETION_WINDOW_DAYS)
                        .policy(policy(Account.of(this), logGroupName).toTerraformJson())
                        .build());
        new KmsAlias(
                this,
                "alias",
                KmsAliasConfig.builder()
                        .name("alias/eks/" + clusterName)
                        .targetKeyId(key.getKeyId())
                        .build());
    }

    private static IamPolicy policy(Account account, String logGroupName) {
        String arnStart = "arn:" + account.partition() + ":";
        Statement owner = Statement.allow("kms:*")
                .withSid("AccountDecidesByIam")
                .by(Principals.of("AWS", arnStart + "iam::" + account.id() + ":root"))
                .on("*");
        Statement logs = Statement.allow(
                        "kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*")
                .withSid("ControlPlaneLogs")
                .by(Principals.services("logs." + account.region() + ".amazonaws.com"))
                .on("*")
                .when(
                        "ArnEquals",
                        "kms:EncryptionContext:aws:logs:arn",
                        arnStart + "logs:" + account.region() + ":" + account.id() + ":log-group:" + logGroupName);
        return IamPolicy.of(owner, logs);
    }

    String arn() {
        return key.getArn();
    }

    KmsKey key() {
        return key;
    }
}
