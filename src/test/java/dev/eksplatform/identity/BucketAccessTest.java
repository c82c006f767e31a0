package dev.eksplatform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.iam.document.Patterns;
import dev.eksplatform.iam.document.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BucketAccessTest {

    private static final BucketName BUCKET = BucketName.parse("ostoy-1-bucket");

    @ParameterizedTest
    @EnumSource
    void accessToABucketIsAccessToThisBucketOnly(BucketAccess access) {
        assertThat(access.statements("aws-cn", BUCKET))
                .extracting(Statement::resources)
                .containsExactly(
                        Patterns.of("arn:aws-cn:s3:::ostoy-1-bucket"), Patterns.of("arn:aws-cn:s3:::ostoy-1-bucket/*"));
    }

    @Test
    void readingAllowsNothingThatChangesAnObject() {
        assertThat(actions(BucketAccess.READ)).containsExactly("s3:ListBucket", "s3:GetBucketLocation", "s3:GetObject");
    }

    @Test
    void writingReachesTheApplicationsOwnUploadsAlone() {
        assertThat(actions(BucketAccess.READ_WRITE))
                .containsExactly(
                        "s3:ListBucket",
                        "s3:GetBucketLocation",
                        "s3:GetObject",
                        "s3:PutObject",
                        "s3:DeleteObject",
                        "s3:AbortMultipartUpload");
    }

    private static List<String> actions(BucketAccess access) {
        return access.statements("aws", BUCKET).stream()
                .flatMap(statement -> statement.actions().values().stream())
                .toList();
    }
}
