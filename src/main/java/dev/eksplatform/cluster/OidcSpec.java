package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * The IAM OIDC provider of a cluster's issuer.
 *
 * @param thumbprint where the thumbprint of the issuer's certificate comes from; default {@code omit}
 * @param existing whether the account has the provider already, so that it is looked up instead of created; default
 *     false
 */
@RecordBuilder
public record OidcSpec(
        @Example("omit") ThumbprintSource thumbprint,

        @Example("true") boolean existing) implements OidcSpecBuilder.With {

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
