package dev.eksplatform.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyReferenceTest {

    @ParameterizedTest
    @CsvSource({
        "AmazonS3ReadOnlyAccess, AmazonS3ReadOnlyAccess, arn:aws-cn:iam::aws:policy/AmazonS3ReadOnlyAccess",
        "service-role/AmazonEBSCSIDriverPolicy, AmazonEBSCSIDriverPolicy,"
                + "arn:aws-cn:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy",
        "arn:aws:iam::aws:policy/AmazonS3FullAccess, AmazonS3FullAccess, arn:aws:iam::aws:policy/AmazonS3FullAccess",
        "arn:aws-cn:iam::111122223333:policy/team/reports, reports, arn:aws-cn:iam::111122223333:policy/team/reports"
    })
    void isANameOrAnArn(String text, String name, String arn) {
        assertThat(PolicyReference.parse(text).name()).isEqualTo(name);
        assertThat(PolicyReference.parse(text).arn("aws-cn")).isEqualTo(arn);
        assertThat(PolicyReference.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Amazon S3", "arn:aws:iam::111122223333:role/r", "arn:aws:iam::1:policy/p", "a/", "*"})
    void otherTextIsRefused(String text) {
        assertThat(ProblemsOf.making(() -> PolicyReference.parse(text)))
                .containsExactly(
                        "\"" + text + "\" is not a managed policy; allowed: the name of an AWS managed policy, or "
                                + "a policy's ARN; fix: write it like AmazonS3ReadOnlyAccess or "
                                + "arn:aws:iam::111122223333:policy/reports");
    }
}
