package dev.eksplatform.internal.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Severities are written as words, and compared. */
class SeverityTest {

    @Test
    void readsAWordInAnyCase() {
        assertThat(Severity.of("High")).isEqualTo(Severity.HIGH);
    }

    @Test
    void saysWhichWordsThereAre() {
        assertThatThrownBy(() -> Severity.of("hihg"))
                .hasMessage(
                        "no severity \"hihg\"; allowed: critical, high, medium, low, info; fix: did you mean high?");
    }

    @Test
    void comparesWithAThreshold() {
        assertThat(Severity.CRITICAL.atLeast(Severity.HIGH)).isTrue();
        assertThat(Severity.HIGH.atLeast(Severity.HIGH)).isTrue();
        assertThat(Severity.MEDIUM.atLeast(Severity.HIGH)).isFalse();
    }
}
