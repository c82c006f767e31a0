package dev.eksplatform.iam;

/**
 * The issuer of a cluster's ServiceAccount tokens and its provider in IAM.
 *
 * @param providerArn the provider's ARN; may be a Terraform reference
 * @param issuer the issuer's host and path, without {@code https://}; may be a Terraform reference
 */
public record OidcIssuer(String providerArn, String issuer) {

    public static final String IN_ARN = ":oidc-provider/";

    /** The issuer of a provider whose ARN is known: IAM names the provider by it. */
    public static OidcIssuer ofProvider(String providerArn) {
        return new OidcIssuer(providerArn, providerArn.substring(providerArn.indexOf(IN_ARN) + IN_ARN.length()));
    }
}
