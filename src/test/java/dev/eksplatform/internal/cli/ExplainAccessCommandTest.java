package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code explain access} answers with status 0 whatever the answer is, and with 1 for a question that makes no sense. */
class ExplainAccessCommandTest {

    private static final String WORKSHOP = "stacks/irsa-workshop.yaml";

    @Test
    void theWorkshopsJobsAreAnswered() {
        CommandRun run = CommandRun.of(
                "explain",
                "access",
                WORKSHOP,
                "--as",
                "default/iam-test",
                "--action",
                "s3:ListAllMyBuckets",
                "--action",
                "ec2:DescribeInstances");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("""
                        default/iam-test as role irsa-workshop-default-iam-test: allowed
                          the trust policy, statement 1 allows sts:AssumeRoleWithWebIdentity by holders of a token of \
                        arn:aws:iam::111122223333:oidc-provider/<issuer of irsa-workshop>
                        s3:ListAllMyBuckets on *: allowed
                          AmazonS3ReadOnlyAccess (v3, 2023-08-10), statement 1 allows s3:ListAllMyBuckets on *
                        ec2:DescribeInstances on *: denied
                          no statement of AmazonS3ReadOnlyAccess (v3, 2023-08-10) allows ec2:DescribeInstances on *
                        """);
    }

    @Test
    void oneServiceAccountIsExplainedAlone() {
        CommandRun run = CommandRun.of("explain", "access", "stacks/ostoy-eks.yaml", "--as", "ostoy-demo/ostoy-sa");

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith("ServiceAccount ostoy-demo/ostoy-sa, ")
                .contains("role ostoy-sa-role\n")
                .doesNotContain("ack-s3-controller");
    }

    @Test
    void anUnknownServiceAccountIsBadInput() {
        CommandRun run = CommandRun.of("explain", "access", WORKSHOP, "--as", "default/iam-tset");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("--as: the ServiceAccount default/iam-tset has no AWS role in this environment; allowed:"
                        + " default/iam-test; fix: did you mean default/iam-test?");
    }

    @Test
    void whatIsNotAnActionOrAResourceIsBadInput() {
        CommandRun run = CommandRun.of(
                "explain", "access", WORKSHOP, "--as", "default/iam-test", "--action", "s3:*", "--resource", "bucket");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .startsWith(
                        "--action: \"s3:*\" is not an action; allowed: one action of a service, without wildcards; fix:"
                                + " write it like s3:ListAllMyBuckets")
                .contains("--resource: \"bucket\" is not an ARN; ");
    }

    @Test
    void anActionWithoutSomebodyToAskAboutIsBadInput() {
        CommandRun run = CommandRun.of("explain", "access", WORKSHOP, "--action", "s3:ListAllMyBuckets");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("--action: given without --as; fix: add --as NAMESPACE/SERVICEACCOUNT");
    }
}
