package dev.eksplatform.internal.bucket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.eksplatform.internal.bucket.BucketSetting.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A bucket that exists, as a plan that imports it shows it.
 *
 * @param bucket the resource {@code aws_s3_bucket}
 * @param publicAccess the resource {@code aws_s3_bucket_public_access_block}; missing when the bucket has none
 * @param ownership the resource {@code aws_s3_bucket_ownership_controls}; missing when the bucket has none
 */
record BucketState(JsonNode bucket, JsonNode publicAccess, JsonNode ownership) {

    private static final List<String> BLOCKS =
            List.of("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets");

    /**
     * Reads a plan.
     *
     * @param plan the output of {@code terraform show -json}
     * @return the bucket; empty when there is none
     */
    static Optional<BucketState> of(JsonNode plan) {
        JsonNode bucket = before(plan, "aws_s3_bucket");
        return bucket.isObject()
                ? Optional.of(new BucketState(
                        bucket,
                        before(plan, "aws_s3_bucket_public_access_block"),
                        before(plan, "aws_s3_bucket_ownership_controls")))
                : Optional.empty();
    }

    private static JsonNode before(JsonNode plan, String type) {
        return stream(plan.path("resource_changes"))
                .filter(change -> change.path("type").asText().equals(type))
                .map(change -> change.path("change").path("before"))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** The settings that are not as they should be. */
    List<BucketSetting> deviations(StateBucket wanted, BucketOptions options) {
        List<BucketSetting> found = new ArrayList<>();
        String owner = ownership.at("/rule/0/object_ownership").asText("ObjectWriter");
        if (!owner.equals("BucketOwnerEnforced")) {
            found.add(new BucketSetting(Kind.OWNERSHIP, owner));
        }
        List<String> open = BLOCKS.stream()
                .filter(block -> !publicAccess.path(block).asBoolean())
                .toList();
        if (!open.isEmpty()) {
            found.add(new BucketSetting(
                    Kind.PUBLIC_ACCESS,
                    open.size() == BLOCKS.size() ? "not blocked" : "without " + String.join(", ", open)));
        }
        encryption(wanted).ifPresent(what -> found.add(new BucketSetting(Kind.ENCRYPTION, what)));
        if (!bucket.at("/versioning/0/enabled").asBoolean()) {
            found.add(new BucketSetting(Kind.VERSIONING, "off"));
        }
        if (statements().stream().noneMatch(BucketState::deniesPlainHttp)) {
            found.add(new BucketSetting(Kind.POLICY, statements().isEmpty() ? "none" : "none of its statements does"));
        }
        if (stream(bucket.path("lifecycle_rule")).noneMatch(BucketState::removesOldVersions)) {
            found.add(new BucketSetting(Kind.LIFECYCLE, hasLifecycle() ? "other rules" : "none"));
        }
        JsonNode retention = bucket.at("/object_lock_configuration/0/rule/0/default_retention/0");
        if (options.objectLockDays().isPresent() && !retention.isObject()) {
            found.add(new BucketSetting(Kind.OBJECT_LOCK, "off"));
        }
        return found;
    }

    private Optional<String> encryption(StateBucket wanted) {
        JsonNode rule =
                bucket.at("/server_side_encryption_configuration/0/rule/0/apply_server_side_encryption_by_default/0");
        String algorithm = rule.path("sse_algorithm").asText();
        if (algorithm.isEmpty()) {
            return Optional.of("off");
        }
        String key = rule.path("kms_master_key_id").asText();
        return wanted.kmsKeyId()
                .filter(id -> !algorithm.startsWith("aws:kms") || !isKey(key, id))
                .map(id -> algorithm.startsWith("aws:kms")
                        ? "by " + (key.isEmpty() ? "the key of S3" : key) + ", not by " + id
                        : "by " + algorithm + ", not by " + id);
    }

    /** Which key an alias is one of is not known here. */
    private static boolean isKey(String found, String wanted) {
        return !found.isEmpty()
                && (wanted.contains("alias/")
                        || found.contains("alias/")
                        || found.equals(wanted)
                        || found.endsWith("/" + wanted)
                        || wanted.endsWith("/" + found));
    }

    /** Whether it has rules that a new configuration would replace. */
    boolean hasLifecycle() {
        return !bucket.path("lifecycle_rule").isEmpty();
    }

    /** The statements of its policy. */
    List<Map<String, Object>> statements() {
        String policy = bucket.path("policy").asText();
        if (policy.isEmpty()) {
            return List.of();
        }
        try {
            ObjectMapper mapper = new ObjectMapper();
            JsonNode statement = mapper.readTree(policy).path("Statement");
            List<Map<String, Object>> all = new ArrayList<>();
            (statement.isArray() ? stream(statement) : Stream.of(statement))
                    .forEach(one -> all.add(mapper.convertValue(one, new MapType())));
            return all;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class MapType extends TypeReference<Map<String, Object>> {}

    private static boolean deniesPlainHttp(Map<String, Object> statement) {
        return "Deny".equals(statement.get("Effect"))
                && isAny(statement.get("Principal"))
                && has(statement.get("Action"), "s3:*", "*")
                && statement.get("Condition") instanceof Map<?, ?> condition
                && condition.size() == 1
                && condition.get("Bool") instanceof Map<?, ?> bool
                && bool.size() == 1
                && has(bool.get("aws:SecureTransport"), "false");
    }

    private static boolean isAny(@Nullable Object principal) {
        return has(principal, "*") || principal instanceof Map<?, ?> map && has(map.get("AWS"), "*");
    }

    private static boolean has(@Nullable Object value, String... any) {
        List<?> values = value instanceof List<?> list ? list : List.of(String.valueOf(value));
        return List.of(any).stream().anyMatch(values::contains);
    }

    private static boolean removesOldVersions(JsonNode rule) {
        return rule.path("enabled").asBoolean()
                && rule.path("prefix").asText().isEmpty()
                && rule.path("tags").isEmpty()
                && rule.at("/noncurrent_version_expiration/0").isObject();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
