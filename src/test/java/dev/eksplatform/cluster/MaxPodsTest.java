package dev.eksplatform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaxPodsTest {

    private static final MaxPods PREFIXES = new MaxPods(true, false, false);

    private static Optional<Integer> of(MaxPods mode, String type) {
        return mode.of(List.of(type));
    }

    /** The examples of the EKS user guide for m5.large: 29, 20 with custom networking, 110 with prefixes. */
    @ParameterizedTest
    @CsvSource({
        "m5.large, 29, 20, 110, 110",
        "t3.nano, 4, 3, 34, 18",
        "m5.24xlarge, 250, 250, 250, 250",
        "m7g.4xlarge, 110, 110, 110, 110",
        "m4.large, 20, 11, 20, 11",
        "c5.metal, 250, 250, 250, 250"
    })
    void podsOfLinux(String type, int addresses, int own, int prefixes, int both) {
        assertThat(of(new MaxPods(false, false, false), type)).contains(addresses);
        assertThat(of(new MaxPods(false, true, false), type)).contains(own);
        assertThat(of(PREFIXES, type)).contains(prefixes);
        assertThat(of(new MaxPods(true, true, false), type)).contains(both);
    }

    @Test
    void windowsUsesOneInterface() {
        assertThat(of(new MaxPods(false, false, true), "m5.large")).contains(9);
        assertThat(of(new MaxPods(true, false, true), "m5.large")).contains(110);
    }

    @Test
    void theTypeWithTheFewestCounts() {
        assertThat(new MaxPods(false, false, false).of(List.of("m5.large", "t3.small")))
                .contains(11);
        assertThat(PREFIXES.of(List.of("m5.24xlarge", "m5.large"))).contains(110);
        assertThat(new MaxPods(false, false, false).of(List.of("m5.large", "m99.large")))
                .isEmpty();
    }
}
