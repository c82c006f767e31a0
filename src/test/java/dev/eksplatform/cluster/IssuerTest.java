package dev.eksplatform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rh-oidc.s3.us-east-1.amazonaws.com/2a1B",
                "https://rh-oidc.s3.us-east-1.amazonaws.com/2a1B",
                "https://rh-oidc.s3.us-east-1.amazonaws.com/2a1B/"
            })
    void losesSchemeAndLastSlash(String text) {
        assertThat(Issuer.parse(text)).hasToString("rh-oidc.s3.us-east-1.amazonaws.com/2a1B");
        assertThat(Issuer.parse(text).url()).isEqualTo("https://rh-oidc.s3.us-east-1.amazonaws.com/2a1B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://a.example.com/x", "localhost", "a.example.com/x?y", "https://a.example.com//x"})
    void otherTextIsRefused(String text) {
        assertThat(ProblemsOf.making(() -> Issuer.parse(text)))
                .containsExactly(
                        "\"" + text + "\" is not an issuer; allowed: host and path of an https URL; fix: copy it "
                                + "from `rosa describe cluster` (OIDC Endpoint URL)");
    }

    @Test
    void aHostAloneIsAnIssuer() {
        assertThat(Issuer.parse("oidc.example.com").url()).isEqualTo("https://oidc.example.com");
    }
}
