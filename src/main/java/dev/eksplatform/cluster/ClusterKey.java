package dev.eksplatform.cluster;

import com.hashicorp.cdktf.providers.aws.kms_key.KmsKey;
import dev.eksplatform.construct.EncryptionKey;
import dev.eksplatform.iam.document.Principals;
import dev.eksplatform.iam.document.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.constructs.Construct;

/** The KMS key of a cluster, created or given. */
final class ClusterKey {

    /** Source: <a href="https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html">default key policy</a>. */
    private static final String[] ADMINISTRATION = {
        "kms:Create*",
        "kms:Describe*",
        "kms:Enable*",
        "kms:List*",
        "kms:Put*",
        "kms:Update*",
        "kms:Revoke*",
        "kms:Disable*",
        "kms:Get*",
        "kms:Delete*",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:ScheduleKeyDeletion",
        "kms:CancelKeyDeletion",
        "kms:ReplicateKey",
        "kms:RotateKeyOnDemand"
    };

    private static final String[] USE = {
        "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"
    };

    private static final String[] GRANTS = {"kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"};

    private final String arn;
    private final Optional<KmsKey> key;

    private ClusterKey(String arn, Optional<KmsKey> key) {
        this.arn = arn;
        this.key = key;
    }

    /** Its ARN, may be a Terraform reference. */
    String arn() {
        return arn;
    }

    /** Its resource; empty for a given key. */
    Optional<KmsKey> key() {
        return key;
    }

    /** Creates the key of a cluster unless the spec gives one. */
    static ClusterKey of(Construct scope, String cluster, ClusterSpec spec, String logGroup) {
        if (spec.kmsKey() instanceof KmsKeyArn given) {
            return new ClusterKey(given.value(), Optional.empty());
        }
        CreatedKmsKeySpec created = (CreatedKmsKeySpec) spec.kmsKey();
        Optional<EncryptionKey.Logs> logs = spec.logs().kmsKeyArn().isPresent()
                ? Optional.empty()
                : Optional.of(new EncryptionKey.Logs("ControlPlaneLogs", logGroup));
        EncryptionKey key = new EncryptionKey(
                scope,
                "key",
                created.alias().orElse("eks/" + cluster),
                "Secrets and logs of the EKS cluster " + cluster,
                logs,
                statements(created),
                settings -> {
                    created.rotationPeriodDays().ifPresent(settings::rotationPeriodInDays);
                    if (created.multiRegion()) {
                        settings.multiRegion(true);
                    }
                    return settings.deletionWindowInDays(created.deletionWindowDays());
                });
        return new ClusterKey(key.arn(), Optional.of(key.key()));
    }

    private static List<Statement> statements(CreatedKmsKeySpec spec) {
        List<Statement> statements = new ArrayList<>();
        if (!spec.administrators().isEmpty()) {
            statements.add(Statement.allow(ADMINISTRATION)
                    .withSid("Administrators")
                    .by(principals(spec.administrators()))
                    .on("*"));
        }
        if (!spec.users().isEmpty()) {
            Principals users = principals(spec.users());
            statements.add(Statement.allow(USE).withSid("Users").by(users).on("*"));
            statements.add(Statement.allow(GRANTS)
                    .withSid("GrantsOfUsers")
                    .by(users)
                    .on("*")
                    .when("Bool", "kms:GrantIsForAWSResource", "true"));
        }
        return statements;
    }

    private static Principals principals(List<PrincipalArn> arns) {
        return Principals.of("AWS", arns.stream().map(PrincipalArn::value).toArray(String[]::new));
    }
}
