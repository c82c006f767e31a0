package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A KMS key that is created for the cluster. Its policy lets the account's IAM policies decide, and gives more only to
 * administrators and users. Sources: <a
 * href="https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html">default key policy</a>, <a
 * href="https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html">CreateKey</a>.
 *
 * @param alias the alias, without {@code alias/}; default {@code eks/} and the name of the cluster
 * @param administrators roles and users that may manage the key, but not use it; default none. KMS refuses a principal that
 *     does not exist
 * @param users roles and users that may encrypt and decrypt with it; default none
 * @param deletionWindowDays how long a deleted key can be recovered, in days; default 30
 * @param rotationPeriodDays the time between two rotations, in days; default that of KMS (365)
 * @param multiRegion whether the key can be replicated to other regions; default false. Never change it: that
 *     deletes the key, and EKS takes no other for a cluster that exists
 */
@RecordBuilder
public record CreatedKmsKeySpec(
        @Example("platform/shop") @Limit(pattern = CreatedKmsKeySpec.ALIAS)
        Optional<String> alias,

        @Example("['arn:aws:iam::111122223333:role/key-admin']") @Limit(unique = true)
        List<PrincipalArn> administrators,

        @Example("['arn:aws:iam::111122223333:role/backup']") @Limit(unique = true)
        List<PrincipalArn> users,

        @Example("14") @Limit(min = 7, max = 30) int deletionWindowDays,

        @Example("180") @Limit(min = 90, max = 2560) Optional<Integer> rotationPeriodDays,

        @Example("true") boolean multiRegion)
        implements KmsKeySpec, CreatedKmsKeySpecBuilder.With {

    private static final String ALIAS = "^(?!aws/)[a-zA-Z0-9/_-]{1,250}$";
    private static final Pattern ALIAS_FORM = Pattern.compile(ALIAS);

    /** Checks the alias and the periods. */
    public CreatedKmsKeySpec {
        administrators = Components.list("administrators", administrators);
        users = Components.list("users", users);
        Problems problems = new Problems();
        alias.ifPresent(name -> problems.match(
                "alias",
                name,
                ALIAS_FORM,
                "the name of an alias",
                "1 to 250 letters, digits, /, _ and -, not beginning with aws/",
                "write it like eks/shop, without alias/"));
        problems.once(PropertyPath.of("administrators"), administrators, "principal");
        problems.once(PropertyPath.of("users"), users, "principal");
        Ranges.check(problems, "deletionWindowDays", Optional.of(deletionWindowDays), "days", 7, 30);
        Ranges.check(problems, "rotationPeriodDays", rotationPeriodDays, "days", 90, 2560);
        problems.throwIfAny();
    }

    /**
     * A key with the defaults.
     *
     * @return the spec
     */
    @Defaults
    public static CreatedKmsKeySpec standard() {
        return new CreatedKmsKeySpec(Optional.empty(), List.of(), List.of(), 30, Optional.empty(), false);
    }
}
