package dev.eksplatform.iam.evaluation;

import dev.eksplatform.internal.logic.Truth;
import org.apiguardian.api.API;

/**
 * One principal that a statement of a trust policy trusts, and what is wrong with it. What depends on a part that Terraform
 * has yet to fill in is {@link Truth#UNKNOWN}.
 *
 * @param kind the kind of principal, such as {@code Federated}
 * @param name the principal
 * @param issuer host and path of the issuer of its tokens; empty when it has none or the issuer is not known
 * @param usable whether a request is possible that the policy allows
 * @param misnamed whether there can be no principal of this name
 * @param namesSubject whether the statement has a condition on the subject of the token
 * @param anySubject whether the condition on the subject also holds for tokens of others, or without a subject
 * @param anyAudience whether a token for another party is accepted
 * @param subjectPattern whether a wildcard matches the subjects of several projects or ServiceAccounts
 * @param anyRef whether a wildcard matches several branches, tags or environments of one project
 * @param defaultServiceAccount whether a namespace's {@code default} ServiceAccount is trusted by name
 */
@API(status = API.Status.INTERNAL)
public record TrustedParty(
        String kind,
        String name,
        String issuer,
        Truth usable,
        Truth misnamed,
        Truth namesSubject,
        Truth anySubject,
        Truth anyAudience,
        Truth subjectPattern,
        Truth anyRef,
        Truth defaultServiceAccount) {

    /** A principal without tokens. */
    static TrustedParty withoutToken(String kind, String name, Truth usable, Truth misnamed) {
        return new TrustedParty(
                kind,
                name,
                "",
                usable,
                misnamed,
                Truth.FALSE,
                Truth.FALSE,
                Truth.FALSE,
                Truth.FALSE,
                Truth.FALSE,
                Truth.FALSE);
    }
}
