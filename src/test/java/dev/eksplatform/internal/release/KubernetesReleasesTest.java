package dev.eksplatform.internal.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.release.KubernetesReleases.Release;
import dev.eksplatform.internal.release.KubernetesReleases.Support;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesReleasesTest {

    private static final KubernetesReleases CALENDAR = KubernetesReleases.get();

    @ParameterizedTest
    @CsvSource({
        "36, 2026-06-01, PENDING",
        "36, 2026-06-02, STANDARD",
        "36, 2027-08-02, STANDARD",
        "36, 2027-08-03, EXTENDED",
        "36, 2028-08-02, EXTENDED",
        "36, 2028-08-03, ENDED",
        "31, 2026-11-26, EXTENDED",
        "31, 2026-11-27, ENDED"
    })
    void aDayHasItsSupport(int minor, LocalDate day, Support support) {
        assertThat(CALENDAR.release(minor).orElseThrow().on(day)).isEqualTo(support);
    }

    @Test
    void everyMinorVersionIsListedInOrder() {
        List<Integer> minors = CALENDAR.releases().stream().map(Release::minor).toList();

        assertThat(minors)
                .isEqualTo(
                        IntStream.rangeClosed(minors.get(0), CALENDAR.newest().minor())
                                .boxed()
                                .toList());
        assertThat(CALENDAR.releases()).allSatisfy(release -> {
            assertThat(release.standardUntil()).isAfter(release.released());
            assertThat(release.extendedUntil()).isAfter(release.standardUntil());
        });
    }

    @Test
    void supportedVersionsAreThoseOfTheTablesDay() {
        assertThat(CALENDAR.supported())
                .extracting(Release::toString)
                .startsWith("1.31")
                .endsWith("1.37");
        assertThat(CALENDAR.release(30).orElseThrow().on(CALENDAR.day())).isEqualTo(Support.ENDED);
    }

    @Test
    void theUsualVersionIsTheDefaultOfEks() {
        assertThat(CALENDAR.usual()).hasToString("1.36");
        assertThat(CALENDAR.usual().on(CALENDAR.day())).isEqualTo(Support.STANDARD);
        assertThat(CALENDAR.release(38)).isEmpty();
    }
}
