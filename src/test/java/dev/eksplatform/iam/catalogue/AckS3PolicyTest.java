package dev.eksplatform.iam.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.document.PolicyDocument;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The policy of the ACK S3 controller against the calls of its version 1.11.0 for general purpose buckets, with the IAM
 * action of each as the <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html">
 * service authorization reference</a> and the pages of the API give it.
 */
class AckS3PolicyTest {

    private static final String ACTION_BY_CALL = """
            CreateBucket CreateBucket
            CreateBucket(tags) TagResource
            CreateBucket(acl) PutBucketAcl
            CreateBucket(objectLock) PutBucketObjectLockConfiguration
            CreateBucket(objectLock) PutBucketVersioning
            CreateBucket(objectOwnership) PutBucketOwnershipControls
            DeleteBucket DeleteBucket
            DeleteBucketAnalyticsConfiguration PutAnalyticsConfiguration
            DeleteBucketCors PutBucketCORS
            DeleteBucketEncryption PutEncryptionConfiguration
            DeleteBucketIntelligentTieringConfiguration PutIntelligentTieringConfiguration
            DeleteBucketInventoryConfiguration PutInventoryConfiguration
            DeleteBucketLifecycle PutLifecycleConfiguration
            DeleteBucketMetricsConfiguration PutMetricsConfiguration
            DeleteBucketOwnershipControls PutBucketOwnershipControls
            DeleteBucketPolicy DeleteBucketPolicy
            DeleteBucketReplication PutReplicationConfiguration
            DeleteBucketTagging PutBucketTagging
            DeleteBucketTagging(abac) UntagResource
            DeleteBucketWebsite DeleteBucketWebsite
            DeletePublicAccessBlock PutBucketPublicAccessBlock
            GetBucketAbac GetBucketAbac
            GetBucketAccelerateConfiguration GetAccelerateConfiguration
            GetBucketAcl GetBucketAcl
            GetBucketCors GetBucketCORS
            GetBucketEncryption GetEncryptionConfiguration
            GetBucketLifecycleConfiguration GetLifecycleConfiguration
            GetBucketLogging GetBucketLogging
            GetBucketNotificationConfiguration GetBucketNotification
            GetBucketOwnershipControls GetBucketOwnershipControls
            GetBucketPolicy GetBucketPolicy
            GetBucketReplication GetReplicationConfiguration
            GetBucketRequestPayment GetBucketRequestPayment
            GetBucketTagging GetBucketTagging
            GetBucketTagging(abac) ListTagsForResource
            GetBucketVersioning GetBucketVersioning
            GetBucketWebsite GetBucketWebsite
            GetObjectLockConfiguration GetBucketObjectLockConfiguration
            GetPublicAccessBlock GetBucketPublicAccessBlock
            ListBucketAnalyticsConfigurations GetAnalyticsConfiguration
            ListBucketIntelligentTieringConfigurations GetIntelligentTieringConfiguration
            ListBucketInventoryConfigurations GetInventoryConfiguration
            ListBucketMetricsConfigurations GetMetricsConfiguration
            ListBuckets ListAllMyBuckets
            PutBucketAbac PutBucketAbac
            PutBucketAccelerateConfiguration PutAccelerateConfiguration
            PutBucketAcl PutBucketAcl
            PutBucketAnalyticsConfiguration PutAnalyticsConfiguration
            PutBucketCors PutBucketCORS
            PutBucketEncryption PutEncryptionConfiguration
            PutBucketIntelligentTieringConfiguration PutIntelligentTieringConfiguration
            PutBucketInventoryConfiguration PutInventoryConfiguration
            PutBucketLifecycleConfiguration PutLifecycleConfiguration
            PutBucketLogging PutBucketLogging
            PutBucketMetricsConfiguration PutMetricsConfiguration
            PutBucketNotificationConfiguration PutBucketNotification
            PutBucketOwnershipControls PutBucketOwnershipControls
            PutBucketPolicy PutBucketPolicy
            PutBucketReplication PutReplicationConfiguration
            PutBucketRequestPayment PutBucketRequestPayment
            PutBucketTagging PutBucketTagging
            PutBucketVersioning PutBucketVersioning
            PutBucketWebsite PutBucketWebsite
            PutObjectLockConfiguration PutBucketObjectLockConfiguration
            PutPublicAccessBlock PutBucketPublicAccessBlock
            """;

    @Test
    void itAllowsEveryCallOfTheControllerAndNothingElse() {
        Set<String> needed = ACTION_BY_CALL
                .lines()
                .map(line -> "s3:" + line.substring(line.indexOf(' ') + 1))
                .collect(Collectors.toCollection(TreeSet::new));

        PolicyDocument policy =
                PolicyCatalogue.of("ack-s3-controller").latest().render(Partition.AWS, Map.of("namePrefix", ""));
        Set<String> allowed = new TreeSet<>(Arrays.asList(policy.toJson().split("\"")));
        allowed.removeIf(text -> !text.startsWith("s3:"));

        assertThat(allowed).isEqualTo(needed);
    }
}
