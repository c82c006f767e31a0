package dev.eksplatform.internal.review.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.iam.Wildcards;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobsTest {

    @ParameterizedTest
    @CsvSource({
        "*, arn:aws:s3:::b, true",
        "arn:aws:s3:::*, arn:aws:s3:::b/*, true",
        "arn:aws:s3:::b, arn:aws:s3:::b/*, false",
        "arn:aws:s3:::b?, arn:aws:s3:::b*, false",
        "arn:aws:s3*, arn:aws:s3:::b, false",
        "arn:aws:s3:*:b, arn:aws:s3:eu:1:b, false",
        "arn:*:sqs:*:*:*, arn:aws:sqs:eu-west-1:111111111111:q, true",
        "arn:aws:s3:::*, *, false",
    })
    void anArnCoversAnother(String wide, String narrow, boolean covers) {
        assertThat(Globs.coversArn(wide, narrow)).isEqualTo(covers);
    }

    private static String random(Random random, String letters) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(5);
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    /** What a pattern covers, or does not meet, no text contradicts. */
    @Test
    void everyTextAgrees() {
        Random random = new Random(7);
        int covered = 0;
        int apart = 0;
        for (int i = 0; i < 20_000; i++) {
            String one = random(random, "ab*?");
            String other = random(random, "ab*?");
            String text = random(random, "ab");
            boolean inOne = Wildcards.match(one, text);
            boolean inOther = Wildcards.match(other, text);
            if (Globs.covers(one, other)) {
                covered++;
                assertThat(inOther && !inOne)
                        .as("%s covers %s, not %s", one, other, text)
                        .isFalse();
            }
            if (!Globs.meet(one, other)) {
                apart++;
                assertThat(inOne && inOther)
                        .as("%s and %s match %s", one, other, text)
                        .isFalse();
            }
        }
        assertThat(covered).isGreaterThan(1_000);
        assertThat(apart).isGreaterThan(1_000);
    }
}
