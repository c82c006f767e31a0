package dev.eksplatform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FargateProfileSpecTest {

    private static List<FargateProfileSpec.Selector> selectors(int count) {
        return Collections.nCopies(count, FargateProfileSpec.Selector.of("shop"));
    }

    @Test
    void oneToFiveSelectors() {
        assertThat(FargateProfileSpec.of(selectors(1)).selectors()).hasSize(1);
        assertThat(FargateProfileSpec.of(selectors(5)).selectors()).hasSize(5);
        assertThat(ProblemsOf.making(() -> FargateProfileSpec.of(selectors(0))))
                .containsExactly(
                        "selectors: 0 given; allowed: one to five selectors; fix: make another profile for more");
        assertThat(ProblemsOf.making(() -> FargateProfileSpec.of(selectors(6))))
                .containsExactly(
                        "selectors: 6 given; allowed: one to five selectors; fix: make another profile for more");
    }

    @Test
    void aNamespaceMayHaveWildcards() {
        assertThat(FargateProfileSpec.Selector.of("prod-*").isFor("prod-web")).isTrue();
        assertThat(FargateProfileSpec.Selector.of("*").isFor("kube-system")).isTrue();
        assertThat(FargateProfileSpec.Selector.of("team-?").isFor("team-a")).isTrue();
        assertThat(FargateProfileSpec.Selector.of("team-?").isFor("team-ab")).isFalse();
    }
}
