package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An OIDC identity provider whose users can log in to the cluster; what they may do is said by RBAC objects. EKS changes none
 * of these settings: any change replaces the association, which takes about a quarter of an hour, twice. Sources: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html">external OIDC
 * provider</a>, <a
 * href="https://docs.aws.amazon.com/eks/latest/APIReference/API_OidcIdentityProviderConfigRequest.html">OidcIdentityProviderConfigRequest</a>.
 *
 * @param issuerUrl the URL of the issuer, as in the {@code iss} claim of its tokens
 * @param clientId the client (audience) for which tokens are issued
 * @param usernameClaim the claim that becomes the username; default that of EKS (sub)
 * @param usernamePrefix what is put before usernames, {@code -} for nothing; default the URL of the issuer, and nothing for
 *     the claim {@code email}
 * @param groupsClaim the claim that becomes the groups; default none
 * @param groupsPrefix what is put before groups; default nothing
 * @param requiredClaims claims that a token must have, with their values; default none
 */
@RecordBuilder
public record IdentityProviderSpec(
        @Example("https://login.example.com") @Limit(pattern = IdentityProviderSpec.URL)
        String issuerUrl,

        @Example("kubernetes") @Limit(pattern = IdentityProviderSpec.TEXT)
        String clientId,

        @Example("email") @Limit(pattern = IdentityProviderSpec.TEXT)
        Optional<String> usernameClaim,

        @Example("'oidc:'") @Limit(pattern = IdentityProviderSpec.PREFIX)
        Optional<String> usernamePrefix,

        @Example("groups") @Limit(pattern = IdentityProviderSpec.TEXT)
        Optional<String> groupsClaim,

        @Example("'oidc:'") @Limit(pattern = IdentityProviderSpec.PREFIX)
        Optional<String> groupsPrefix,

        @Example("{hd: example.com}")
        @Limit(keys = IdentityProviderSpec.CLAIM, pattern = IdentityProviderSpec.CLAIM_VALUE)
        Map<String, String> requiredClaims)
        implements IdentityProviderSpecBuilder.With {

    private static final String URL = "^https://[^?#\\s]+$";
    private static final String TEXT = "^\\S(.*\\S)?$";
    private static final String PREFIX = "^(?!.*system:).+$";
    private static final String CLAIM = "^.{1,63}$";
    private static final String CLAIM_VALUE = "^.{1,253}$";
    private static final Pattern NOT_PUBLIC = Pattern.compile(
            "localhost|.*\\.(local|internal|lan|home\\.arpa)|10\\..*|127\\..*|192\\.168\\..*|172\\.(1[6-9]|2\\d|3[01])\\..*"
                    + "|169\\.254\\..*|100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\..*|\\[.*|[^.]*");

    /** Checks the URL, the prefixes and the claims. */
    public IdentityProviderSpec {
        Components.required("issuerUrl", issuerUrl, "clientId", clientId);
        requiredClaims = Components.map("requiredClaims", requiredClaims);
        Problems problems = new Problems();
        checkIssuer(issuerUrl, problems);
        text("clientId", Optional.of(clientId), problems);
        text("usernameClaim", usernameClaim, problems);
        text("groupsClaim", groupsClaim, problems);
        prefix("usernamePrefix", usernamePrefix, problems);
        prefix("groupsPrefix", groupsPrefix, problems);
        if (groupsPrefix.isPresent() && groupsClaim.isEmpty()) {
            problems.add(
                    PropertyPath.of("groupsPrefix"),
                    "a prefix of groups without groupsClaim",
                    "add groupsClaim: groups, or remove it");
        }
        requiredClaims.forEach((claim, value) -> {
            if (claim.isEmpty() || claim.length() > 63 || value.isEmpty() || value.length() > 253) {
                problems.add(
                        PropertyPath.of("requiredClaims", claim),
                        "a claim of " + claim.length() + " and a value of " + value.length() + " characters",
                        "1 to 63 characters, and a value of 1 to 253",
                        "shorten it, or remove it");
            }
        });
        problems.throwIfAny();
    }

    private static void checkIssuer(String issuerUrl, Problems problems) {
        URI url = url(issuerUrl);
        if (url == null || url.getHost() == null || !"https".equals(url.getScheme())) {
            problems.add(
                    "issuerUrl",
                    "\"" + issuerUrl + "\" is not the URL of an issuer",
                    "an https URL, with a path at most",
                    "write it as in the iss claim of a token, like https://login.example.com");
        } else if (url.getRawQuery() != null || url.getRawFragment() != null) {
            problems.add(
                    "issuerUrl",
                    "\"" + issuerUrl + "\" has a query or a fragment",
                    "an https URL, with a path at most",
                    "remove what follows the path");
        } else if (url.getHost().startsWith("oidc.eks.")) {
            problems.add(
                    "issuerUrl",
                    issuerUrl + " issues the tokens of ServiceAccounts of a cluster, not of people",
                    "the issuer of a login service",
                    "use identities for the AWS permissions of ServiceAccounts");
        }
    }

    private static @Nullable URI url(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static void text(String property, Optional<String> given, Problems problems) {
        given.filter(text -> !text.matches(TEXT))
                .ifPresent(text -> problems.add(
                        property,
                        "\"" + text + "\" is empty or has spaces at its ends",
                        "text without them",
                        "correct it"));
    }

    private static void prefix(String property, Optional<String> given, Problems problems) {
        given.filter(text -> !text.matches(PREFIX))
                .ifPresent(text -> problems.add(
                        property,
                        text.isEmpty() ? "an empty prefix" : "\"" + text + "\" contains system:",
                        "text without system:, which Kubernetes uses itself",
                        text.isEmpty() ? "remove it" : "write it like oidc:"));
    }

    /** Whether the name of the issuer's host can only be resolved, or the host only be reached, in a private network. */
    boolean isPrivate() {
        URI url = url(issuerUrl);
        return url != null
                && url.getHost() != null
                && NOT_PUBLIC.matcher(url.getHost()).matches();
    }

    /**
     * A provider whose tokens have the user in {@code sub} and no groups.
     *
     * @param issuerUrl the URL of the issuer
     * @param clientId the client
     * @return the spec
     */
    @Defaults
    public static IdentityProviderSpec of(String issuerUrl, String clientId) {
        return new IdentityProviderSpec(
                issuerUrl, clientId, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }
}
