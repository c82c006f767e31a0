package dev.eksplatform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void aProblemIsOneLineWhateverWasFound() {
        assertThat(new Problem("tags[\"a\tb\"]", "the value \"a\nb\u001b[31m\u0085\u2028\"", "text", "remove\rit"))
                .hasToString(
                        "tags[\"a\\tb\"]: the value \"a\\nb\\u001B[31m\\u0085\\u2028\"; allowed: text; fix: remove\\rit");
    }
}
