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
    void soIsTheOnlyNameAround() {
        assertThat(Suggestion.nearest("aws-load-balancer", ADDONS)).contains("aws-load-balancer-controller");
        assertThat(Suggestion.nearest("my-cert-manager-addon", ADDONS)).contains("cert-manager");
        assertThat(Suggestion.nearest("mana", List.of("cert-manager", "node-manager")))
                .isEmpty();
        assertThat(Suggestion.nearest("ack", ADDONS)).isEmpty();
    }

    @Test
    void itBecomesAFix() {
        assertThat(Suggestion.fix("cert-manger", ADDONS, "remove it")).isEqualTo("did you mean cert-manager?");
        assertThat(Suggestion.fix("prometheus", ADDONS, "remove it")).isEqualTo("remove it");
    }

    @Test
    void somethingElseIsNot() {
        assertThat(Suggestion.nearest("prometheus", ADDONS)).isEmpty();
    }
}
