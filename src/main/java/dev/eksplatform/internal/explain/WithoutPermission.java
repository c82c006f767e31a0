package dev.eksplatform.internal.explain;

import dev.eksplatform.iam.evaluation.AccessDecision;
import dev.eksplatform.iam.evaluation.AccessDecision.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Actions about which the policies of a role decide nothing.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">GetCallerIdentity</a>
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html">Compare AWS STS
 *     credentials</a>
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html">AssumeRoleWithWebIdentity</a>
 */
final class WithoutPermission {

    private static final AccessDecision OF_THE_OTHER_ROLE = new AccessDecision(
            Verdict.CANNOT_DECIDE,
            "AWS calls it without credentials, so the policies of the caller do not count",
            List.of("the trust policy of the role that is assumed"));

    private static final Map<String, AccessDecision> ANSWERS = Map.of(
            "sts:getcalleridentity",
            new AccessDecision(
                    Verdict.ALLOWED,
                    "AWS requires no permission for it, and a statement that denies it has no effect",
                    List.of()),
            "sts:getsessiontoken",
            ofASession(),
            "sts:getfederationtoken",
            ofASession(),
            "sts:assumerolewithwebidentity",
            OF_THE_OTHER_ROLE,
            "sts:assumerolewithsaml",
            OF_THE_OTHER_ROLE);

    private WithoutPermission() {}

    private static AccessDecision ofASession() {
        return new AccessDecision(
                Verdict.DENIED, "AWS refuses it to sessions of roles, whatever their policies allow", List.of());
    }

    /** The answer for a role that can be assumed; empty when its policies decide. */
    static Optional<AccessDecision> of(String action) {
        return Optional.ofNullable(ANSWERS.get(action.toLowerCase(Locale.ROOT)));
    }
}
