package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartVersionTest {

    @Property
    void numbersAreRead(
            @ForAll @IntRange(max = 999_999) int major,
            @ForAll @IntRange(max = 999_999) int minor,
            @ForAll @IntRange(max = 999_999) int patch,
            @ForAll boolean v) {
        String number = major + "." + minor + "." + patch;
        ChartVersion version = ChartVersion.parse(v ? "v" + number : number);

        assertThat(version.number()).isEqualTo(number);
        assertThat(version).hasToString(v ? "v" + number : number);
        assertThat(version.isAtLeast(major, minor)).isTrue();
        assertThat(version.isAtLeast(major, minor + 1)).isFalse();
        assertThat(version.isAtLeast(major + 1, 0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.8", "1.8.x", "^1.8.2", ">=1.8.2", "1.8.2 || 1.9.0", "latest", "1.8.1234567"})
    void aRangeIsNoVersion(String text) {
        assertThat(ProblemsOf.making(() -> ChartVersion.parse(text)))
                .containsExactly(
                        "\"" + text + "\" is not a chart version; allowed: one version of three numbers, no range; "
                                + "fix: write it like 1.8.2");
    }
}
