package dev.eksplatform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void aProblemIsOneLineWhateverWasFound() {
        assertThat(new Problem(
                        Place.of(PropertyPath.of("tags", "a\tb")),
                        "the value \"a\nb\u001b[31m\u0085\u2028\"",
                        "text",
                        "remove\rit"))
                .hasToString(
                        "tags[\"a\\tb\"]: the value \"a\\nb\\u001B[31m\\u0085\\u2028\"; allowed: text; fix: remove\\rit");
    }

    @Test
    void theOwnerOfAValueKnowsItsPlace() {
        assertThat(new Problem("an empty file", "write its content"))
                .hasToString("an empty file; fix: write its content");
        assertThat(new Problem("an empty file", "write its content").at(Place.file("a.yaml")))
                .hasToString("a.yaml: an empty file; fix: write its content");
    }

    @Test
    void aLongTextIsShortened() {
        assertThat(Problem.quoted("a".repeat(80))).isEqualTo("\"" + "a".repeat(80) + "\"");
        assertThat(Problem.quoted("a".repeat(81))).isEqualTo("\"" + "a".repeat(80) + "…\"");
    }
}
