package dev.eksplatform.internal.review.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AccessChangesTest {

    static List<AccessPair> pairs() throws IOException {
        return AccessPair.all();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void everyChangeOfAccessIsARow(AccessPair pair) {
        assertThat(pair.rows()).isEqualTo(pair.expected());
    }

    @Test
    void thePairsAreMany() throws IOException {
        assertThat(pairs()).hasSizeGreaterThan(100);
    }
}
