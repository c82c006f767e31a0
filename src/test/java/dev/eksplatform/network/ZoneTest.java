package dev.eksplatform.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneTest {

    @Test
    void knowsItsRegionAndLetter() {
        Zone zone = Zone.parse("us-gov-west-1b");

        assertThat(zone.region()).isEqualTo("us-gov-west-1");
        assertThat(zone.letter()).isEqualTo("b");
        assertThat(zone).hasToString("us-gov-west-1b");
    }

    @Test
    void theRegionsOfTheEuropeanSovereignCloudHaveLongerNames() {
        assertThat(Zone.parse("eusc-de-east-1a").region()).isEqualTo("eusc-de-east-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eu-central-1", "a", "us-west-2-lax-1a", "EU-CENTRAL-1a", "eu-central-1ab", "euc1-az1"})
    void otherNamesAreRefusedLocalZonesToo(String name) {
        assertThat(ProblemsOf.making(() -> Zone.parse(name)))
                .containsExactly("\"" + name + "\" is not an availability zone; allowed: a region's name and a letter; "
                        + "fix: write it like eu-central-1a");
    }
}
