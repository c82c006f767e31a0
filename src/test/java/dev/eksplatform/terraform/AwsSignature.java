package dev.eksplatform.terraform;

import com.github.tomakehurst.wiremock.http.Request;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom a request is meant for, by the <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html">credential scope</a> of its signature; both
 * are empty when it has none.
 */
record AwsSignature(String region, String service) {

    private static final Pattern SCOPE = Pattern.compile("Credential=[^/]+/\\d+/([^/]+)/([^/]+)/aws4_request");

    static AwsSignature of(Request request) {
        Matcher scope =
                SCOPE.matcher(request.containsHeader("Authorization") ? request.getHeader("Authorization") : "");
        return scope.find() ? new AwsSignature(scope.group(1), scope.group(2)) : new AwsSignature("", "");
    }
}
