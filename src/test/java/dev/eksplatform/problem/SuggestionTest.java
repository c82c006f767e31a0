package dev.eksplatform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {

    private static final List<String> ADDONS = List.of("cert-manager", "aws-load-balancer-controller", "ack-s3");

    @Test
    void aSlipIsRecognised() {
        assertThat(Suggestion.nearest("cert-manger", ADDONS)).contains("cert-manager");
        assertThat(Suggestion.nearest("aws-loadbalancer-controller", ADDONS)).contains("aws-load-balancer-controller");
    }

    @Test
    void somethingElseIsNot() {
        assertThat(Suggestion.nearest("prometheus", ADDONS)).isEmpty();
    }
}
