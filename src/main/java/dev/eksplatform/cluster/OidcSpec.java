package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Doc;

/**
 * The IAM OIDC provider of a cluster's issuer.
 *
 * @param thumbprint where the certificate thumbprint comes from; default: IAM fetches it
 * @param existing whether the account holds the provider already and it is looked up instead of made; default false
 */
public record OidcSpec(
        @Doc(value = "Thumbprint of the issuer's certificate (default omit: IAM fetches it)", example = "omit")
        ThumbprintSource thumbprint,

        @Doc(
                value = "The account holds the provider already: look it up instead of making it (default false)",
                example = "true")
        boolean existing) {

    /**
     * A provider to make, whose thumbprint IAM fetches.
     *
     * @return the spec
     */
    @Defaults
    public static OidcSpec standard() {
        return new OidcSpec(new ThumbprintSource.Omit(), false);
    }
}
