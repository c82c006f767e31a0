package dev.eksplatform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"abc", "my.bucket-1", "123"})
    void isWhatS3Takes(String name) {
        assertThat(BucketName.parse(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "a_b", "-abc", "abc-", "a..b", "*"})
    void otherNamesAreRefused(String name) {
        assertThat(ProblemsOf.making(() -> BucketName.parse(name)))
                .containsExactly(
                        "\"" + name + "\" is not a bucket name; allowed: 3 to 63 lower case letters, digits, dots "
                                + "and hyphens; fix: choose another name");
    }

    @Test
    void upperCaseIsRefusedWithTheLikelyName() {
        assertThat(ProblemsOf.making(() -> BucketName.parse("Reports")))
                .containsExactly("\"Reports\" is not a bucket name; allowed: 3 to 63 lower case letters, digits, dots"
                        + " and hyphens; fix: did you mean \"reports\"?");
    }
}
