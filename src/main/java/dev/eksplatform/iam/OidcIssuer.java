package dev.eksplatform.iam;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.regex.Pattern;

/**
 * The OIDC issuer of a cluster's ServiceAccount tokens, as IAM writes it: host and path, without the scheme.
 *
 * @param hostAndPath such as {@code rh-oidc.s3.us-east-1.amazonaws.com/2a1b3c}
 */
@Example("rh-oidc.s3.us-east-1.amazonaws.com/2a1b3c4d5e")
public record OidcIssuer(String hostAndPath) {

    private static final String IN_ARN = "oidc-provider/";
    private static final String PATTERN =
            "^(https://|arn:aws[a-z-]*:iam::[0-9]{12}:oidc-provider/)?[a-z0-9.-]+\\.[a-z]{2,}(/[A-Za-z0-9._~-]+)*/?$";
    private static final Pattern URL = Pattern.compile(PATTERN);

    /**
     * Parses an issuer.
     *
     * @param text host and path, with or without {@code https://}, or the ARN of its provider in IAM
     * @return the issuer
     * @throws InvalidInputException when it is not one
     */
    @ScalarFactory(pattern = PATTERN)
    public static OidcIssuer parse(String text) {
        if (!URL.matcher(text).matches()) {
            throw new InvalidInputException(new Problem(
                    "\"" + text + "\" is not an issuer",
                    "host and path of an https URL",
                    "copy it from `rosa describe cluster` (OIDC Endpoint URL)"));
        }
        String bare = text.startsWith("https://") ? text.substring("https://".length()) : inArn(text);
        return new OidcIssuer(bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare);
    }

    /**
     * The host and path in the ARN of an issuer's provider in IAM.
     *
     * @param providerArn such as {@code arn:aws:iam::111122223333:oidc-provider/oidc.example.com/id/AB12}
     * @return such as {@code oidc.example.com/id/AB12}; the text itself when it is not the ARN of an OIDC provider
     */
    public static String inArn(String providerArn) {
        int at = providerArn.indexOf(":" + IN_ARN);
        return at < 0 ? providerArn : providerArn.substring(at + 1 + IN_ARN.length());
    }

    /**
     * An issuer that IAM knows as an identity provider.
     *
     * @param providerArn the ARN of the provider; may be a Terraform reference
     * @param issuer host and path of the issuer; may be a Terraform reference
     */
    public record Provider(String providerArn, String issuer) {

        /**
         * The provider of an issuer.
         *
         * @param issuer host and path of the issuer
         * @param partition the partition of the account
         * @param account the account
         * @return the provider with its ARN
         */
        public static Provider of(String issuer, Partition partition, AccountId account) {
            return new Provider(new Arn(partition, "iam", "", account.digits(), IN_ARN + issuer).toString(), issuer);
        }
    }

    /**
     * The issuer's URL.
     *
     * @return host and path after {@code https://}
     */
    public String url() {
        return "https://" + hostAndPath;
    }

    @Override
    public String toString() {
        return hostAndPath;
    }
}
