package dev.eksplatform.construct;

import com.hashicorp.cdktf.providers.aws.kms_alias.KmsAlias;
import com.hashicorp.cdktf.providers.aws.kms_alias.KmsAliasConfig;
import com.hashicorp.cdktf.providers.aws.kms_key.KmsKey;
import com.hashicorp.cdktf.providers.aws.kms_key.KmsKeyConfig;
import dev.eksplatform.iam.Arn;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Principals;
import dev.eksplatform.iam.document.Statement;
import software.constructs.Construct;

/**
 * A KMS key that CloudWatch Logs may use for one log group. It is rotated each year, and its policy leaves the rest to the
 * account's IAM policies. Source: <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html">encrypt log data</a>.
 */
public final class EncryptionKey extends PlatformConstruct {

    private static final int DELETION_WINDOW_DAYS = 30;

    private final KmsKey key;

    /**
     * Makes a key and its alias.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param alias its alias, without {@code alias/}
     * @param description what it encrypts
     * @param logs the name of the log group and the statement's id in the key's policy
     */
    public EncryptionKey(Construct scope, String id, String alias, String description, Logs logs) {
        super(scope, id);
        key = new KmsKey(
                this,
                "key",
                KmsKeyConfig.builder()
                        .description(description)
                        .enableKeyRotation(true)
                        .deletionWindowInDays(DELETION_WINDOW_DAYS)
                        .policy(policy(Account.of(this), logs).toTerraformJson())
                        .build());
        new KmsAlias(
                this,
                "alias",
                KmsAliasConfig.builder()
                        .name("alias/" + alias)
                        .targetKeyId(key.getKeyId())
                        .build());
    }

    /**
     * The log group that a key encrypts.
     *
     * @param sid the id of the statement that lets CloudWatch Logs use the key
     * @param group the name of the log group
     */
    public record Logs(String sid, String group) {}

    private static PolicyDocument policy(Account account, Logs log) {
        Statement owner = Statement.allow("kms:*")
                .withSid("AccountDecidesByIam")
                .by(Principals.of("AWS", Arn.text(account.partition(), "iam", "", account.id(), "root")))
                .on("*");
        Statement logs = Statement.allow(
                        "kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*")
                .withSid(log.sid())
                .by(Principals.services(account.regionalServicePrincipal("logs")))
                .on("*")
                .when(
                        "ArnEquals",
                        "kms:EncryptionContext:aws:logs:arn",
                        Arn.text(
                                account.partition(),
                                "logs",
                                account.region(),
                                account.id(),
                                "log-group:" + log.group()));
        return PolicyDocument.of(owner, logs);
    }

    /**
     * The key's ARN.
     *
     * @return a Terraform reference
     */
    public String arn() {
        return key.getArn();
    }

    /**
     * The key's resource, for what this construct does not cover.
     *
     * @return the resource
     */
    public KmsKey key() {
        return key;
    }
}
