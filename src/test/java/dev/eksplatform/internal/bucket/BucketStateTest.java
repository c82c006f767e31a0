package dev.eksplatform.internal.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.problem.Place;
import dev.eksplatform.testing.TestJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in a bucket that exists. */
class BucketStateTest {

    private static final BucketOptions OPTIONS = new BucketOptions(90, Optional.empty());

    private static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/0a1b";

    private static final String PLAN = """
            {"resource_changes": [
              {"type": "aws_s3_bucket", "change": {"before": {
                "lifecycle_rule": [{"enabled": true, "id": "old", "prefix": "", "tags": {},
                  "noncurrent_version_expiration": [{"days": 30}]}],
                "object_lock_configuration": [],
                "policy": "{\\"Statement\\":[{\\"Effect\\":\\"Deny\\",\\"Principal\\":\\"*\\",\\"Action\\":\\"s3:*\\",\\"Resource\\":\\"*\\",\\"Condition\\":{\\"Bool\\":{\\"aws:SecureTransport\\":\\"false\\"}}}]}",
                "server_side_encryption_configuration": [{"rule": [{"apply_server_side_encryption_by_default": [
                  {"kms_master_key_id": "", "sse_algorithm": "AES256"}]}]}],
                "versioning": [{"enabled": true}]}}},
              {"type": "aws_s3_bucket_public_access_block", "change": {"before": {"block_public_acls": true,
                "block_public_policy": true, "ignore_public_acls": true, "restrict_public_buckets": true}}},
              {"type": "aws_s3_bucket_ownership_controls", "change": {"before": {
                "rule": [{"object_ownership": "BucketOwnerEnforced"}]}}}]}
            """;

    private static StateBucket bucket(Optional<String> key) {
        return new StateBucket(
                Place.file("shop.yaml"), "shop-state", "eu-central-1", Partition.AWS, key, ">= 5.100.0", Map.of());
    }

    private static ObjectNode plan() {
        return (ObjectNode) TestJson.parse(PLAN);
    }

    private static List<String> deviations(JsonNode plan, Optional<String> key, BucketOptions options) {
        return BucketState.of(plan).orElseThrow().deviations(bucket(key), options).stream()
                .map(BucketSetting::toString)
                .toList();
    }

    private static List<String> deviations(JsonNode plan) {
        return deviations(plan, Optional.empty(), OPTIONS);
    }

    private static ObjectNode with(String pointer, String value) {
        ObjectNode plan = plan();
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) plan.at("/resource_changes" + pointer.substring(0, slash)))
                .set(pointer.substring(slash + 1), TestJson.parse(value));
        return plan;
    }

    @Test
    void aGoodBucketHasNone() {
        assertThat(deviations(plan())).isEmpty();
    }

    @Test
    void thereMayBeNoBucket() {
        assertThat(BucketState.of(TestJson.parse("{\"resource_changes\": []}"))).isEmpty();
    }

    @Test
    void aBareBucketHasAll() {
        JsonNode bare = TestJson.parse("""
                {"resource_changes": [{"type": "aws_s3_bucket", "change": {"before": {"lifecycle_rule": [],
                  "object_lock_configuration": [], "policy": "", "server_side_encryption_configuration": [],
                  "versioning": [{"enabled": false}]}}}]}
                """);
        assertThat(deviations(bare, Optional.empty(), new BucketOptions(90, Optional.of(30))))
                .containsExactly(
                        "object ownership: ObjectWriter; wanted: BucketOwnerEnforced, so that no ACL applies",
                        "public access: not blocked; wanted: blocked in all four ways",
                        "encryption: off; wanted: on",
                        "versioning: off; wanted: on",
                        "bucket policy: none; wanted: a statement that denies access without TLS",
                        "lifecycle: none; wanted: a rule that removes old versions",
                        "object lock: off; wanted: on, with a retention");
    }

    @Test
    void oneMissingBlockIsNamed() {
        assertThat(deviations(with("/1/change/before/block_public_policy", "false")))
                .containsExactly("public access: without block_public_policy; wanted: blocked in all four ways");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aws:kms | " + KEY + " | " + KEY + " | ",
                "aws:kms | " + KEY + " | 0a1b | ",
                "aws:kms | " + KEY + " | alias/states | ",
                "aws:kms:dsse | " + KEY + " | 0a1b | ",
                "aws:kms | " + KEY + " | other | by " + KEY + ", not by other",
                "aws:kms | '' | 0a1b | by the key of S3, not by 0a1b",
                "AES256 | '' | 0a1b | by AES256, not by 0a1b",
            })
    void theKeyIsThatOfTheFile(String algorithm, String found, String wanted, String what) {
        ObjectNode plan = with(
                "/0/change/before/server_side_encryption_configuration",
                "[{\"rule\": [{\"apply_server_side_encryption_by_default\": [{\"sse_algorithm\": \"%s\","
                                .formatted(algorithm)
                        + " \"kms_master_key_id\": \"" + found + "\"}]}]}]");
        assertThat(deviations(plan, Optional.of(wanted), OPTIONS))
                .isEqualTo(what == null ? List.of() : List.of("encryption: " + what + "; wanted: on"));
        assertThat(deviations(plan))
                .as("any encryption is good without a key in the file")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Effect\":\"Deny\",\"Principal\":{\"AWS\":[\"*\"]},\"Action\":[\"s3:*\"],\"Resource\":\"*\","
                        + "\"Condition\":{\"Bool\":{\"aws:SecureTransport\":[\"false\"]}}}",
                "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\","
                        + "\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}}}",
            })
    void theStatementHasSeveralForms(String statement) {
        assertThat(deviations(with("/0/change/before/policy", quoted("{\"Statement\":" + statement + "}"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}}}",
                "{\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"},\"Action\":\"s3:*\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}}}",
                "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}}}",
                "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"true\"}}}",
                "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"},\"StringEquals\":{\"aws:PrincipalTag/a\":\"b\"}}}",
                "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\"}",
            })
    void otherStatementsDoNotCount(String statement) {
        assertThat(deviations(with("/0/change/before/policy", quoted("{\"Statement\":[" + statement + "]}"))))
                .containsExactly(
                        "bucket policy: none of its statements does; wanted: a statement that denies access without TLS");
    }

    @Test
    void aRuleOfOtherObjectsDoesNotCount() {
        assertThat(
                        deviations(
                                with(
                                        "/0/change/before/lifecycle_rule",
                                        "[{\"enabled\": true, \"prefix\": \"logs/\", \"noncurrent_version_expiration\": [{\"days\": 1}]}]")))
                .containsExactly("lifecycle: other rules; wanted: a rule that removes old versions");
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\\\"") + "\"";
    }
}
