package dev.eksplatform.identity;

import dev.eksplatform.iam.Arn;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.internal.yaml.Doc;
import java.util.List;

/**
 * What an identity may do with an S3 bucket. Source: <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html">how S3 works with
 * IAM</a>: listing is a permission on the bucket, the others are on its objects.
 *
 * <p>Listing the parts of an upload needs no permission here: S3 allows it to whoever began the upload, and uploads that
 * others began are none of the application's. Source: <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions">multipart upload API and
 * permissions</a>.
 */
public enum BucketAccess {
    /** List it and read its objects. */
    @Doc("List the bucket and read its objects")
    READ("s3:GetObject"),
    /** List it, and read, write and delete its objects. */
    @Doc("List the bucket, and read, write and delete its objects")
    READ_WRITE("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload");

    private final String[] objectActions;

    BucketAccess(String... objectActions) {
        this.objectActions = objectActions;
    }

    List<Statement> statements(String partition, BucketName bucket) {
        String arn = Arn.text(partition, "s3", "", "", bucket.toString());
        return List.of(
                Statement.allow("s3:ListBucket", "s3:GetBucketLocation").on(arn),
                Statement.allow(objectActions).on(arn + "/*"));
    }
}
