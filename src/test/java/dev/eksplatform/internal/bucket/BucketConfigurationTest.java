package dev.eksplatform.internal.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.internal.bucket.BucketSetting.Kind;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketConfigurationTest {

    private static final String FILE = """
            environment: %s
            region: eu-central-1
            account: "111122223333"
            cluster: {existing: {name: shop}}
            """;

    @TempDir
    private Path folder;

    private Environment environment(String name, String... lines) throws IOException {
        return Environment.read(Files.writeString(
                folder.resolve(name + ".yaml"), FILE.formatted(name) + String.join("\n", lines) + "\n"));
    }

    private JsonNode create(BucketOptions options, String... lines) throws IOException {
        StateBucket bucket = StateBucket.of(List.of(environment("shop", lines))).get(0);
        return TestJson.parse(BucketConfiguration.create(bucket, options));
    }

    @Test
    void aNewBucketHasEverySetting() throws IOException {
        JsonNode configuration =
                create(new BucketOptions(30, Optional.of(7)), "state: {s3: {bucket: states, kmsKeyId: alias/states}}");
        assertThat(configuration.path("provider"))
                .isEqualTo(TestJson.parse(
                        "{\"aws\": {\"region\": \"eu-central-1\", \"allowed_account_ids\": [\"111122223333\"]}}"));
        assertThat(configuration.at("/terraform/required_providers/aws")).isEqualTo(TestJson.parse("""
                {"source": "hashicorp/aws", "version": ">= 5.100.0, < 7.0.0"}
                """));
        String name = "\"bucket\": \"${aws_s3_bucket.state.bucket}\"";
        assertThat(configuration.path("resource")).isEqualTo(TestJson.parse("""
                {"aws_s3_bucket": {"state": {"bucket": "states", "object_lock_enabled": true, "lifecycle": {"prevent_destroy": true}}},
                 "aws_s3_bucket_ownership_controls": {"state": {%1$s, "rule": {"object_ownership": "BucketOwnerEnforced"}}},
                 "aws_s3_bucket_public_access_block": {"state": {%1$s, "block_public_acls": true, "block_public_policy": true,
                   "ignore_public_acls": true, "restrict_public_buckets": true}},
                 "aws_s3_bucket_server_side_encryption_configuration": {"state": {%1$s, "rule": {"bucket_key_enabled": true,
                   "apply_server_side_encryption_by_default": {"sse_algorithm": "aws:kms", "kms_master_key_id": "alias/states"}}}},
                 "aws_s3_bucket_versioning": {"state": {%1$s, "versioning_configuration": {"status": "Enabled"}}},
                 "aws_s3_bucket_policy": {"state": {%1$s, "depends_on": ["aws_s3_bucket_public_access_block.state"],
                   "policy": "{\\"Statement\\":[{\\"Action\\":\\"s3:*\\",\\"Condition\\":{\\"Bool\\":{\\"aws:SecureTransport\\":\\"false\\"}},\\"Effect\\":\\"Deny\\",\\"Principal\\":\\"*\\",\\"Resource\\":[\\"arn:aws:s3:::states\\",\\"arn:aws:s3:::states/*\\"],\\"Sid\\":\\"DenyWithoutTls\\"}],\\"Version\\":\\"2012-10-17\\"}"}},
                 "aws_s3_bucket_lifecycle_configuration": {"state": {%1$s, "depends_on": ["aws_s3_bucket_versioning.state"],
                   "rule": {"id": "old-versions", "status": "Enabled", "filter": {},
                     "noncurrent_version_expiration": {"noncurrent_days": 30, "newer_noncurrent_versions": 10},
                     "abort_incomplete_multipart_upload": {"days_after_initiation": 7}}}},
                 "aws_s3_bucket_object_lock_configuration": {"state": {%1$s, "depends_on": ["aws_s3_bucket_versioning.state"],
                   "rule": {"default_retention": {"mode": "GOVERNANCE", "days": 7}}}}}
                """.formatted(name)));
    }

    @Test
    void aBucketInAnotherAccountIsCreatedThere() throws IOException {
        BucketOptions options = new BucketOptions(90, Optional.empty());
        assertThat(create(
                                options,
                                "profile: shop",
                                "state: {s3: {bucket: states, region: eu-west-1,"
                                        + " assumeRole: {roleArn: 'arn:aws:iam::444455556666:role/state', tags: {team: '${x}'}}}}")
                        .at("/provider/aws"))
                .isEqualTo(TestJson.parse("""
                        {"region": "eu-west-1", "profile": "shop", "allowed_account_ids": ["444455556666"],
                         "assume_role": [{"role_arn": "arn:aws:iam::444455556666:role/state", "tags": {"team": "$${x}"}}]}
                        """));
        assertThat(create(options, "state: {s3: {bucket: states, profile: tools}}")
                        .at("/provider/aws"))
                .isEqualTo(TestJson.parse("{\"region\": \"eu-central-1\", \"profile\": \"tools\"}"));
        assertThat(create(
                                options,
                                "state: {s3: {bucket: states, assumeRole: none, allowedAccountIds: [\"777788889999\"]}}")
                        .at("/provider/aws/allowed_account_ids"))
                .hasToString("[\"777788889999\"]");
        assertThat(create(
                                options,
                                "state: {s3: {bucket: states, usePathStyle: true,"
                                        + " endpoints: {s3: 'https://s3.example.com'}}}")
                        .at("/provider/aws"))
                .isEqualTo(TestJson.parse("""
                        {"region": "eu-central-1", "allowed_account_ids": ["111122223333"], "s3_use_path_style": true,
                         "endpoints": [{"s3": "https://s3.example.com"}]}
                        """));
    }

    @Test
    void anUpdateHasOnlyWhatDiffers_AndKeepsTheStatementsOfThePolicy() throws IOException {
        StateBucket bucket = StateBucket.of(List.of(environment("shop", "state: {s3: {bucket: states}}")))
                .get(0);
        BucketState state = new BucketState(
                TestJson.parse(
                        "{\"policy\": \"{\\\"Statement\\\":{\\\"Sid\\\":\\\"own\\\",\\\"Effect\\\":\\\"Allow\\\"}}\"}"),
                TestJson.parse("{}"),
                TestJson.parse("{}"));
        JsonNode resources = TestJson.parse(BucketConfiguration.update(
                        bucket, state, List.of(Kind.VERSIONING, Kind.POLICY), new BucketOptions(90, Optional.empty())))
                .path("resource");
        assertThat(resources.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("aws_s3_bucket_versioning", "aws_s3_bucket_policy");
        assertThat(resources.at("/aws_s3_bucket_versioning/state/bucket").asText())
                .isEqualTo("states");
        assertThat(TestJson.parse(resources
                                .at("/aws_s3_bucket_policy/state/policy")
                                .asText())
                        .path("Statement")
                        .findValuesAsText("Sid"))
                .containsExactly("own", "DenyWithoutTls");
    }

    @Test
    void environmentsShareABucket() throws IOException {
        Environment shop = environment("shop", "state: {s3: {bucket: states}}");
        Environment other = environment("other", "state: {s3: {bucket: states, prefix: other}}");
        assertThat(StateBucket.of(List.of(shop, other))).hasSize(1);
        Environment elsewhere = environment("elsewhere", "state: {s3: {bucket: states, region: eu-west-1}}");
        Environment local = environment("local");
        assertThat(ProblemsOf.making(() -> StateBucket.of(List.of(shop, elsewhere, local))).stream()
                        .map(problem -> problem.replace(folder + "/", ""))
                        .toList())
                .containsExactly(
                        "elsewhere.yaml:5:13 state.s3: states with another region, key, profile or role than at"
                                + " shop.yaml:5:13 state.s3; fix: use the same, or another bucket",
                        "local.yaml:1:1 state: the state of local is not in an S3 bucket; fix: write state: {s3: {bucket:"
                                + " NAME}}");
    }
}
