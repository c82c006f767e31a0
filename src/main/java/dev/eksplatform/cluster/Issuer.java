package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.regex.Pattern;

/**
 * The URL of the OIDC issuer of a cluster's ServiceAccount tokens. IAM writes it without the scheme.
 *
 * @param hostAndPath such as {@code rh-oidc.s3.us-east-1.amazonaws.com/2a1b3c}
 */
@Example("rh-oidc.s3.us-east-1.amazonaws.com/2a1b3c4d5e")
public record Issuer(String hostAndPath) {

    private static final String PATTERN = "^(https://)?[a-z0-9.-]+\\.[a-z]{2,}(/[A-Za-z0-9._~-]+)*/?$";
    private static final Pattern URL = Pattern.compile(PATTERN);

    /**
     * Reads an issuer.
     *
     * @param text host and path, with or without {@code https://}
     * @return the issuer
     * @throws InvalidInputException when it is not one
     */
    @ScalarFactory(pattern = PATTERN)
    public static Issuer parse(String text) {
        if (!URL.matcher(text).matches()) {
            throw new InvalidInputException(new Problem(
                    "",
                    "\"" + text + "\" is not an issuer",
                    "host and path of an https URL",
                    "copy it from `rosa describe cluster` (OIDC Endpoint URL)"));
        }
        String bare = text.startsWith("https://") ? text.substring("https://".length()) : text;
        return new Issuer(bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare);
    }

    /**
     * The issuer's URL.
     *
     * @return host and path behind {@code https://}
     */
    public String url() {
        return "https://" + hostAndPath;
    }

    @Override
    public String toString() {
        return hostAndPath;
    }
}
