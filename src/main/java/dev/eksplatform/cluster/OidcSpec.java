package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The IAM OIDC provider of a cluster's issuer.
 *
 * @param thumbprint where the thumbprint of the issuer's certificate comes from; default {@code omit}
 * @param existing whether the account has the provider already, so that it is looked up instead of created; default
 *     false
 * @param audiences audiences of tokens that IAM accepts, besides {@code sts.amazonaws.com}; default none. Roles of {@code
 *     identities} do not trust them: they are for roles and services of your own
 */
@RecordBuilder
public record OidcSpec(
        @Example("omit") ThumbprintSource thumbprint,

        @Example("true") boolean existing,

        @Example("[vault.example.com]") @Limit(pattern = OidcSpec.AUDIENCE, unique = true, maxItems = OidcSpec.MOST)
        List<String> audiences)
        implements OidcSpecBuilder.With {

    private static final String AUDIENCE = "^[!-~]{1,255}$";
    private static final Pattern AUDIENCE_FORM = Pattern.compile(AUDIENCE);

    /** IAM takes 100 on a provider, those of the platform among them. */
    private static final int MOST = 98;

    /**
     * Checks the audiences. Source: <a
     * href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html">CreateOpenIDConnectProvider</a>.
     */
    public OidcSpec {
        audiences = Components.list("audiences", audiences);
        Problems problems = new Problems();
        PropertyPath property = PropertyPath.of("audiences");
        problems.once(property, audiences, "audience");
        for (int i = 0; i < audiences.size(); i++) {
            problems.match(
                    property.index(i),
                    audiences.get(i),
                    AUDIENCE_FORM,
                    "an audience",
                    "1 to 255 characters of ASCII without spaces",
                    "write it like vault.example.com");
            if (audiences.get(i).equals(OidcProvider.STS)) {
                problems.add(property.index(i), "sts.amazonaws.com, which IAM accepts anyway", "remove it");
            }
        }
        if (audiences.size() > MOST) {
            problems.add(property, audiences.size() + " audiences", "at most " + MOST + " (IAM)", "remove some");
        }
        if (existing && !audiences.isEmpty()) {
            problems.add(
                    property,
                    "audiences of a provider that exists: they are set where it is created",
                    "remove audiences, or existing");
        }
        problems.throwIfAny();
    }

    /**
     * A provider with the defaults.
     *
     * @return the spec
     */
    @Defaults
    public static OidcSpec standard() {
        return new OidcSpec(new ThumbprintSource.Omit(), false, List.of());
    }
}
