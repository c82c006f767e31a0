package dev.eksplatform.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidcIssuerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rh-oidc.s3.us-east-1.amazonaws.com/2a1B",
                "https://rh-oidc.s3.us-east-1.amazonaws.com/2a1B",
                "https://rh-oidc.s3.us-east-1.amazonaws.com/2a1B/"
            })
    void losesSchemeAndLastSlash(String text) {
        assertThat(OidcIssuer.parse(text)).hasToString("rh-oidc.s3.us-east-1.amazonaws.com/2a1B");
        assertThat(OidcIssuer.parse(text).url()).isEqualTo("https://rh-oidc.s3.us-east-1.amazonaws.com/2a1B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://a.example.com/x", "localhost", "a.example.com/x?y", "https://a.example.com//x"})
    void otherTextIsRefused(String text) {
        assertThat(ProblemsOf.making(() -> OidcIssuer.parse(text)))
                .containsExactly(
                        "\"" + text + "\" is not an issuer; allowed: host and path of an https URL; fix: copy it "
                                + "from `rosa describe cluster` (OIDC Endpoint URL)");
    }

    @Test
    void aHostAloneIsAnIssuer() {
        assertThat(OidcIssuer.parse("oidc.example.com").url()).isEqualTo("https://oidc.example.com");
    }
}
