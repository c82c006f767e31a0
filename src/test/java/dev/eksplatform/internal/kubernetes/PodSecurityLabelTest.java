package dev.eksplatform.internal.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodSecurityLabelTest {

    private static final String PREFIX = "pod-security.kubernetes.io/";

    @ParameterizedTest
    @CsvSource({
        "enforce,privileged",
        "audit,baseline",
        "warn,restricted",
        "enforce-version,latest",
        "warn-version,v1.36",
        "other,anything"
    })
    void levelsAndVersionsOfPodSecurityAdmissionAreTaken(String label, String value) {
        assertThat(PodSecurityLabel.check(PREFIX + label, value)).isEmpty();
        assertThat(PodSecurityLabel.check("team", "basline")).isEmpty();
    }

    @Test
    void othersAreRefused() {
        assertThat(PodSecurityLabel.check(PREFIX + "enforce", "basline"))
                .get()
                .hasToString(
                        "\"basline\" is not a level of Pod Security Standards; allowed: privileged, baseline, restricted;"
                                + " fix: did you mean baseline?");
        assertThat(PodSecurityLabel.check(PREFIX + "audit-version", "1.36"))
                .get()
                .hasToString(
                        "\"1.36\" is not a version of Pod Security Standards; allowed: latest, or a minor version such"
                                + " as v1.36; fix: use v1.36");
        assertThat(PodSecurityLabel.check(PREFIX + "audit-version", "v1"))
                .get()
                .hasToString(
                        "\"v1\" is not a version of Pod Security Standards; allowed: latest, or a minor version such"
                                + " as v1.36; fix: use latest");
    }
}
