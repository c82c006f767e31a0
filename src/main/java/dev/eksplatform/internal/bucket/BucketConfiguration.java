package dev.eksplatform.internal.bucket;

import dev.eksplatform.internal.bucket.BucketSetting.Kind;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.json.TerraformText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Configurations of Terraform for a bucket. */
final class BucketConfiguration {

    private static final String BUCKET = "aws_s3_bucket";
    private static final String NAME = "state";

    /** How many old versions are kept whatever their age. */
    private static final int NEWEST = 10;

    private static final int UPLOAD_DAYS = 7;

    private final StateBucket bucket;
    private final Map<String, Object> resources = new LinkedHashMap<>();

    private BucketConfiguration(StateBucket bucket) {
        this.bucket = bucket;
    }

    /** A configuration that is only planned: it imports what exists, so that the plan shows it. */
    static String probe(StateBucket bucket) {
        BucketConfiguration configuration = new BucketConfiguration(bucket);
        configuration.add(BUCKET, Map.of("bucket", bucket.name()));
        configuration.add("aws_s3_bucket_public_access_block", Map.of("bucket", bucket.name()));
        configuration.add(
                "aws_s3_bucket_ownership_controls",
                Map.of("bucket", bucket.name(), "rule", Map.of("object_ownership", "BucketOwnerEnforced")));
        List<Object> imports = new ArrayList<>();
        configuration
                .resources
                .keySet()
                .forEach(type -> imports.add(Map.of("to", type + "." + NAME, "id", bucket.name())));
        return configuration.text(Map.of("import", imports));
    }

    /** A new bucket with all settings. */
    static String create(StateBucket bucket, BucketOptions options) {
        BucketConfiguration configuration = new BucketConfiguration(bucket);
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("bucket", bucket.name());
        options.objectLockDays().ifPresent(days -> resource.put("object_lock_enabled", true));
        resource.put("lifecycle", Map.of("prevent_destroy", true));
        configuration.add(BUCKET, resource);
        for (Kind kind : Kind.values()) {
            if (kind != Kind.OBJECT_LOCK || options.objectLockDays().isPresent()) {
                configuration.set(kind, "${" + BUCKET + "." + NAME + ".bucket}", List.of(), options);
            }
        }
        return configuration.text(Map.of());
    }

    /** Some settings of a bucket that exists. */
    static String update(StateBucket bucket, BucketState state, Collection<Kind> settings, BucketOptions options) {
        BucketConfiguration configuration = new BucketConfiguration(bucket);
        settings.forEach(kind -> configuration.set(kind, bucket.name(), state.statements(), options));
        return configuration.text(Map.of());
    }

    private void set(Kind kind, String name, List<Map<String, Object>> statements, BucketOptions options) {
        switch (kind) {
            case OWNERSHIP ->
                add(
                        "aws_s3_bucket_ownership_controls",
                        of(name, "rule", Map.of("object_ownership", "BucketOwnerEnforced")));
            case PUBLIC_ACCESS -> {
                Map<String, Object> block = of(name, "block_public_acls", true);
                block.put("block_public_policy", true);
                block.put("ignore_public_acls", true);
                block.put("restrict_public_buckets", true);
                add("aws_s3_bucket_public_access_block", block);
            }
            case ENCRYPTION ->
                add("aws_s3_bucket_server_side_encryption_configuration", of(name, "rule", encryption()));
            case VERSIONING ->
                add("aws_s3_bucket_versioning", of(name, "versioning_configuration", Map.of("status", "Enabled")));
            case POLICY -> {
                Map<String, Object> policy = of(name, "policy", policy(statements));
                after(policy, "aws_s3_bucket_public_access_block");
                add("aws_s3_bucket_policy", policy);
            }
            case LIFECYCLE -> {
                Map<String, Object> lifecycle = of(name, "rule", lifecycle(options));
                after(lifecycle, "aws_s3_bucket_versioning");
                add("aws_s3_bucket_lifecycle_configuration", lifecycle);
            }
            case OBJECT_LOCK -> {
                Map<String, Object> lock = of(
                        name,
                        "rule",
                        Map.of(
                                "default_retention",
                                Map.of(
                                        "mode",
                                        "GOVERNANCE",
                                        "days",
                                        options.objectLockDays().orElseThrow())));
                after(lock, "aws_s3_bucket_versioning");
                add("aws_s3_bucket_object_lock_configuration", lock);
            }
        }
    }

    private static Map<String, Object> of(String name, String argument, Object value) {
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("bucket", name);
        resource.put(argument, value);
        return resource;
    }

    /** S3 refuses a setting while another one of the same bucket is not made yet, or answers with the old one. */
    private void after(Map<String, Object> resource, String type) {
        if (resources.containsKey(type)) {
            resource.put("depends_on", List.of(type + "." + NAME));
        }
    }

    private Object encryption() {
        Map<String, Object> rule = new LinkedHashMap<>();
        bucket.kmsKeyId()
                .ifPresentOrElse(
                        key -> {
                            rule.put(
                                    "apply_server_side_encryption_by_default",
                                    Map.of("sse_algorithm", "aws:kms", "kms_master_key_id", key));
                            rule.put("bucket_key_enabled", true);
                        },
                        () -> rule.put("apply_server_side_encryption_by_default", Map.of("sse_algorithm", "AES256")));
        return rule;
    }

    private String policy(List<Map<String, Object>> statements) {
        List<Object> all = new ArrayList<>(statements);
        all.add(Map.of(
                "Sid",
                "DenyWithoutTls",
                "Effect",
                "Deny",
                "Principal",
                "*",
                "Action",
                "s3:*",
                "Resource",
                List.of(bucket.arn(), bucket.arn() + "/*"),
                "Condition",
                Map.of("Bool", Map.of("aws:SecureTransport", "false"))));
        return TerraformText.escape(Json.compact(Map.of("Version", "2012-10-17", "Statement", all)));
    }

    private static Object lifecycle(BucketOptions options) {
        return Map.of(
                "id",
                "old-versions",
                "status",
                "Enabled",
                "filter",
                Map.of(),
                "noncurrent_version_expiration",
                Map.of("noncurrent_days", options.keepDays(), "newer_noncurrent_versions", NEWEST),
                "abort_incomplete_multipart_upload",
                Map.of("days_after_initiation", UPLOAD_DAYS));
    }

    private void add(String type, Map<String, Object> resource) {
        resources.put(type, Map.of(NAME, resource));
    }

    private String text(Map<String, Object> more) {
        Map<String, Object> root = new LinkedHashMap<>(more);
        root.put(
                "terraform",
                Map.of(
                        "required_providers",
                        Map.of("aws", Map.of("source", "hashicorp/aws", "version", bucket.providerVersion()))));
        root.put("provider", Map.of("aws", TerraformText.escape(bucket.provider())));
        root.put("resource", resources);
        return Json.pretty(root) + "\n";
    }
}
