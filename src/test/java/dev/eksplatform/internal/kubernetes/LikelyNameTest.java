package dev.eksplatform.internal.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikelyNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "My App   | my-app | my-app | My-App",
                "-a__b.c- | a-b-c  | a-b.c  | a__b.c",
                "R&D      | r-d    | r-d    | R-D",
                "'äö'     | ''     | ''     | ''",
            })
    void itIsTheNearestName(String written, String label, String subdomain, String value) {
        assertThat(LikelyName.label(written, DnsName.LONGEST_LABEL)).isEqualTo(label);
        assertThat(LikelyName.subdomain(written)).isEqualTo(subdomain);
        assertThat(LikelyName.labelValue(written)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"abcdef, 3, abc", "ab-cd, 3, ab"})
    void itIsCutToItsLength(String written, int longest, String name) {
        assertThat(LikelyName.label(written, longest)).isEqualTo(name);
    }
}
