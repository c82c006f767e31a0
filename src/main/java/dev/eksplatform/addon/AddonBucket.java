package dev.eksplatform.addon;

import com.hashicorp.cdktf.providers.aws.s3_bucket.S3Bucket;
import com.hashicorp.cdktf.providers.aws.s3_bucket.S3BucketConfig;
import com.hashicorp.cdktf.providers.aws.s3_bucket_lifecycle_configuration.S3BucketLifecycleConfiguration;
import com.hashicorp.cdktf.providers.aws.s3_bucket_lifecycle_configuration.S3BucketLifecycleConfigurationConfig;
import com.hashicorp.cdktf.providers.aws.s3_bucket_lifecycle_configuration.S3BucketLifecycleConfigurationRule;
import com.hashicorp.cdktf.providers.aws.s3_bucket_lifecycle_configuration.S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload;
import com.hashicorp.cdktf.providers.aws.s3_bucket_lifecycle_configuration.S3BucketLifecycleConfigurationRuleExpiration;
import com.hashicorp.cdktf.providers.aws.s3_bucket_lifecycle_configuration.S3BucketLifecycleConfigurationRuleFilter;
import com.hashicorp.cdktf.providers.aws.s3_bucket_lifecycle_configuration.S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration;
import com.hashicorp.cdktf.providers.aws.s3_bucket_policy.S3BucketPolicy;
import com.hashicorp.cdktf.providers.aws.s3_bucket_policy.S3BucketPolicyConfig;
import com.hashicorp.cdktf.providers.aws.s3_bucket_public_access_block.S3BucketPublicAccessBlock;
import com.hashicorp.cdktf.providers.aws.s3_bucket_public_access_block.S3BucketPublicAccessBlockConfig;
import com.hashicorp.cdktf.providers.aws.s3_bucket_server_side_encryption_configuration.S3BucketServerSideEncryptionConfigurationA;
import com.hashicorp.cdktf.providers.aws.s3_bucket_server_side_encryption_configuration.S3BucketServerSideEncryptionConfigurationAConfig;
import com.hashicorp.cdktf.providers.aws.s3_bucket_server_side_encryption_configuration.S3BucketServerSideEncryptionConfigurationRuleA;
import com.hashicorp.cdktf.providers.aws.s3_bucket_server_side_encryption_configuration.S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA;
import com.hashicorp.cdktf.providers.aws.s3_bucket_versioning.S3BucketVersioningA;
import com.hashicorp.cdktf.providers.aws.s3_bucket_versioning.S3BucketVersioningAConfig;
import com.hashicorp.cdktf.providers.aws.s3_bucket_versioning.S3BucketVersioningVersioningConfiguration;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.internal.json.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.constructs.Construct;

/**
 * A private bucket: encrypted, with versions, without public access, only over TLS. What was deleted or overwritten can be restored for 30
 * days.
 */
public final class AddonBucket extends PlatformConstruct {

    private static final int DAYS_OF_OLD_VERSIONS = 30;
    private static final int DAYS_OF_UPLOADS = 7;

    private final S3Bucket bucket;

    /**
     * Creates the bucket.
     *
     * @param scope the construct it belongs to, in a stack with an AWS provider
     * @param id its id in the scope
     * @param spec its name and key
     */
    public AddonBucket(Construct scope, String id, AddonBucketSpec spec) {
        super(scope, id);
        bucket = new S3Bucket(
                this,
                "bucket",
                S3BucketConfig.builder()
                        .bucket(spec.name())
                        .forceDestroy(spec.forceDestroy())
                        .build());
        new S3BucketPublicAccessBlock(
                this,
                "public-access",
                S3BucketPublicAccessBlockConfig.builder()
                        .bucket(bucket.getId())
                        .blockPublicAcls(true)
                        .blockPublicPolicy(true)
                        .ignorePublicAcls(true)
                        .restrictPublicBuckets(true)
                        .build());
        encrypt(spec);
        S3BucketVersioningA versioning = new S3BucketVersioningA(
                this,
                "versioning",
                S3BucketVersioningAConfig.builder()
                        .bucket(bucket.getId())
                        .versioningConfiguration(S3BucketVersioningVersioningConfiguration.builder()
                                .status("Enabled")
                                .build())
                        .build());
        expireOldVersions(versioning);
        new S3BucketPolicy(
                this,
                "policy",
                S3BucketPolicyConfig.builder()
                        .bucket(bucket.getId())
                        .policy(Json.compact(onlyTls()))
                        .build());
    }

    private void encrypt(AddonBucketSpec spec) {
        S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA.Builder encryption =
                S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA.builder()
                        .sseAlgorithm(spec.kmsKey().isPresent() ? "aws:kms" : "AES256");
        spec.kmsKey().ifPresent(encryption::kmsMasterKeyId);
        new S3BucketServerSideEncryptionConfigurationA(
                this,
                "encryption",
                S3BucketServerSideEncryptionConfigurationAConfig.builder()
                        .bucket(bucket.getId())
                        .rule(List.of(S3BucketServerSideEncryptionConfigurationRuleA.builder()
                                .applyServerSideEncryptionByDefault(encryption.build())
                                .bucketKeyEnabled(spec.kmsKey().isPresent())
                                .build()))
                        .build());
    }

    private void expireOldVersions(S3BucketVersioningA versioning) {
        S3BucketLifecycleConfigurationRule rule = S3BucketLifecycleConfigurationRule.builder()
                .id("old-versions")
                .status("Enabled")
                .filter(List.of(S3BucketLifecycleConfigurationRuleFilter.builder()
                        .prefix("")
                        .build()))
                .noncurrentVersionExpiration(
                        List.of(S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration.builder()
                                .noncurrentDays(DAYS_OF_OLD_VERSIONS)
                                .build()))
                .expiration(List.of(S3BucketLifecycleConfigurationRuleExpiration.builder()
                        .expiredObjectDeleteMarker(true)
                        .build()))
                .abortIncompleteMultipartUpload(
                        List.of(S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload.builder()
                                .daysAfterInitiation(DAYS_OF_UPLOADS)
                                .build()))
                .build();
        new S3BucketLifecycleConfiguration(
                this,
                "lifecycle",
                S3BucketLifecycleConfigurationConfig.builder()
                        .bucket(bucket.getId())
                        .rule(List.of(rule))
                        .dependsOn(List.of(versioning))
                        .build());
    }

    private Map<String, Object> onlyTls() {
        Map<String, Object> statement = new TreeMap<>(Map.of(
                "Sid", "OnlyOverTls",
                "Effect", "Deny",
                "Principal", "*",
                "Action", "s3:*",
                "Resource", List.of(bucket.getArn(), bucket.getArn() + "/*"),
                "Condition", Map.of("Bool", Map.of("aws:SecureTransport", "false"))));
        return new TreeMap<>(Map.of("Version", "2012-10-17", "Statement", List.of(statement)));
    }

    /**
     * The bucket's resource, for what this construct does not cover.
     *
     * @return the resource
     */
    public S3Bucket bucket() {
        return bucket;
    }
}
