package dev.eksplatform.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantFactsTest {

    @Test
    void aStatementGrantsEachActionOnEachResource() {
        assertThat(GrantFacts.of("""
                        {"Version": "2012-10-17", "Statement": [{"Sid": "Read", "Effect": "Allow",
                          "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::a"],
                          "Condition": {"StringEquals": {"aws:z": "1", "aws:a": ["3", "2"]}}}]}
                        """))
                .containsExactlyInAnyOrder(
                        grant("s3:GetObject", "b"),
                        grant("s3:GetObject", "a"),
                        grant("s3:ListBucket", "b"),
                        grant("s3:ListBucket", "a"));
    }

    private static List<String> grant(String action, String bucket) {
        return List.of(
                action, "arn:aws:s3:::" + bucket, "{\"StringEquals\":{\"aws:a\":[\"2\",\"3\"],\"aws:z\":[\"1\"]}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"Effect\": \"Deny\"", "\"Effect\": \"Allow\", \"NotAction\": \"s3:*\""})
    void anythingElseIsRefused(String statement) {
        assertThatThrownBy(() -> GrantFacts.of("{\"Statement\": [{" + statement + "}]}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a plain grant: ");
    }
}
