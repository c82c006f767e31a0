package dev.eksplatform.internal.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eksplatform.problem.InvalidInputException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            6.25.0                       | 6.25.0
            = 6.25.0                     | 6.25.0
            =6.25                        | 6.25.0
            >= 6.20, < 6.30              | >= 6.20.0, < 6.30.0
            >=6.20,<6.30                 | >= 6.20.0, < 6.30.0
            > 6.20.0, <= 6.30.0          | >= 6.20.1, < 6.30.1
            ~> 6.20                      | >= 6.20.0, < 7.0.0
            ~> 6.20.1                    | >= 6.20.1, < 6.21.0
            ~> 6                         | >= 6.0.0
            >= 6.20.0, != 6.21.0, < 7    | >= 6.20.0, < 7.0.0, != 6.21.0
            != 6.0.0, >= 6.0.0, < 7.0.0  | >= 6.0.1, < 7.0.0
            >= 6, != 5.9.9, < 7          | >= 6.0.0, < 7.0.0
            < 6                          | >= 0.0.0, < 6.0.0
            """)
    void readsTheSyntaxOfTerraform(String text, String range) {
        assertThat(text).matches(Pattern.compile(VersionRange.PATTERN));
        assertThat(VersionRange.parse(text)).hasToString(range);
    }

    @ParameterizedTest
    @ValueSource(strings = {"> 6.0.0, < 6.0.1", ">= 7.0.0, < 6.0.0", "6.0.0, != 6.0.0", "~> 6.1, ~> 5.2"})
    void knowsWhatAllowsNoVersion(String text) {
        assertThat(VersionRange.parse(text).isEmpty()).isTrue();
    }

    @Test
    void versionsAreOrderedByTheirNumbers() {
        assertThat(VersionRange.parse(">= 6.9.0, >= 6.10.0, < 6.10.10, < 6.10.9"))
                .hasToString(">= 6.10.0, < 6.10.9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "latest",
                "^6.0.0",
                "6.x",
                ">= 6.0.0 < 7.0.0",
                ">= 6.0.0,",
                "6.0.0-beta1",
                "6.0.0.1",
                "v6.0.0",
                "=> 6.0"
            })
    void otherTextIsAnError(String text) {
        assertThat(text).doesNotMatch(Pattern.compile(VersionRange.PATTERN));
        assertThatThrownBy(() -> VersionRange.parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "\"" + text + "\" is not a version constraint; allowed: versions of one to three numbers"
                                + " with =, !=, >, >=, <, <= or ~> before them, separated by commas; fix: write it like \"6.25.0\" or"
                                + " \">= 6.20.0, < 6.30.0\"");
    }
}
