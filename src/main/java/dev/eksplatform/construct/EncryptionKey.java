package dev.eksplatform.construct;

import com.hashicorp.cdktf.providers.aws.kms_alias.KmsAlias;
import com.hashicorp.cdktf.providers.aws.kms_alias.KmsAliasConfig;
import com.hashicorp.cdktf.providers.aws.kms_key.KmsKey;
import com.hashicorp.cdktf.providers.aws.kms_key.KmsKeyConfig;
import dev.eksplatform.iam.Arn;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Principals;
import dev.eksplatform.iam.document.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apiguardian.api.API;
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
     * Creates a key and its alias.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param alias its alias, without {@code alias/}
     * @param description what it encrypts
     * @param logs the name of the log group and the statement's id in the key's policy
     */
    public EncryptionKey(Construct scope, String id, String alias, String description, Logs logs) {
        this(scope, id, alias, description, Optional.of(logs), List.of(), settings -> settings);
    }

    /**
     * Creates a key and its alias.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param alias its alias, without {@code alias/}
     * @param description what it encrypts
     * @param logs the name of the log group and the statement's id in the key's policy; empty for a key without logs
     * @param statements what the key's policy allows besides
     * @param settings changes other arguments
     */
    @API(status = API.Status.INTERNAL)
    public EncryptionKey(
            Construct scope,
            String id,
            String alias,
            String description,
            Optional<Logs> logs,
            List<Statement> statements,
            UnaryOperator<KmsKeyConfig.Builder> settings) {
        super(scope, id);
        KmsKeyConfig.Builder config = KmsKeyConfig.builder()
                .description(description)
                .enableKeyRotation(true)
                .deletionWindowInDays(DELETION_WINDOW_DAYS)
                .policy(policy(Account.of(this), logs, statements).toTerraformJson());
        key = new KmsKey(this, "key", settings.apply(config).build());
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

    private static PolicyDocument policy(Account account, Optional<Logs> logs, List<Statement> more) {
        List<Statement> statements = new ArrayList<>();
        statements.add(Statement.allow("kms:*")
                .withSid("AccountDecidesByIam")
                .by(Principals.of("AWS", Arn.text(account.partition(), "iam", "", account.id(), "root")))
                .on("*"));
        logs.ifPresent(log -> statements.add(writing(account, log)));
        statements.addAll(more);
        return PolicyDocument.of(statements.toArray(Statement[]::new));
    }

    private static Statement writing(Account account, Logs log) {
        return Statement.allow(
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
