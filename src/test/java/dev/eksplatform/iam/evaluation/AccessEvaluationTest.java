package dev.eksplatform.iam.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.PodIdentityTag;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Principals;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.document.TrustPolicy;
import dev.eksplatform.iam.evaluation.AccessDecision.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessEvaluationTest {

    private static final String ISSUER = "oidc.eks.eu-central-1.amazonaws.com/id/AB12";
    private static final String PROVIDER = "arn:aws:iam::111122223333:oidc-provider/" + ISSUER;
    private static final AttachedPolicy READ_BUCKETS = AttachedPolicy.managed("AmazonS3ReadOnlyAccess", Partition.AWS);
    private static final AttachedPolicy THEIRS =
            AttachedPolicy.managed("arn:aws:iam::111122223333:policy/theirs", Partition.AWS);
    private static final AccessRequest LIST = AccessRequest.of("s3:ListAllMyBuckets", "*");
    private static final AccessRequest DESCRIBE = AccessRequest.of("ec2:DescribeInstances", "*");

    @Test
    void theWorkshopsRoleListsBucketsAndSeesNoInstances() {
        assertThat(AccessEvaluation.decide(LIST, List.of(READ_BUCKETS)))
                .hasToString(
                        "allowed: AmazonS3ReadOnlyAccess (v3, 2023-08-10), statement 1 allows s3:ListAllMyBuckets on *");
        assertThat(AccessEvaluation.decide(DESCRIBE, List.of(READ_BUCKETS)))
                .hasToString(
                        "denied: no statement of AmazonS3ReadOnlyAccess (v3, 2023-08-10) allows ec2:DescribeInstances on *");
    }

    @Test
    void withoutAnyPolicyEverythingIsDenied() {
        assertThat(AccessEvaluation.decide(LIST, List.of()))
                .hasToString("denied: there is no policy to allow s3:ListAllMyBuckets on *");
    }

    @Test
    void aPolicyOfUnknownContentLeavesBothAnswersOpen() {
        assertThat(AccessEvaluation.decide(LIST, List.of(READ_BUCKETS, THEIRS)))
                .hasToString(
                        "cannot be decided: AmazonS3ReadOnlyAccess (v3, 2023-08-10), statement 1 allows s3:ListAllMyBuckets on *, but"
                                + " something may deny it; not known: the content of arn:aws:iam::111122223333:policy/theirs");
        assertThat(AccessEvaluation.decide(DESCRIBE, List.of(READ_BUCKETS, THEIRS)))
                .hasToString("cannot be decided: whether ec2:DescribeInstances on * is allowed depends on what is not"
                        + " known; not known: the content of arn:aws:iam::111122223333:policy/theirs");
    }

    @Test
    void aCertainDenyIsADenyWhateverElseIsUnknown() {
        AttachedPolicy deny = new AttachedPolicy.Known(
                "guard", PolicyDocument.of(Statement.deny("s3:*").on("*").withSid("NoStorage")));
        assertThat(AccessEvaluation.decide(LIST, List.of(THEIRS, READ_BUCKETS, deny)))
                .hasToString("denied: guard, statement 1 (NoStorage) denies s3:ListAllMyBuckets on *");
    }

    @Test
    void aConditionOnAnUnknownKeyIsNamed() {
        AttachedPolicy fromOffice = new AttachedPolicy.Known(
                "office",
                PolicyDocument.of(Statement.allow("s3:*").on("*").when("IpAddress", "aws:SourceIp", "203.0.113.0/24")));
        assertThat(AccessEvaluation.decide(LIST, List.of(fromOffice)))
                .hasToString(
                        "cannot be decided: whether s3:ListAllMyBuckets on * is allowed depends on what is not known;"
                                + " not known: office, statement 1: whether IpAddress aws:SourceIp 203.0.113.0/24 holds");
    }

    @Test
    void theSameTerraformReferenceIsTheSameResource() {
        AttachedPolicy own = new AttachedPolicy.Known(
                "own", PolicyDocument.of(Statement.allow("s3:GetObject").on("${aws_s3_bucket.b.arn}/*")));
        assertThat(AccessEvaluation.decide(AccessRequest.of("s3:GetObject", "${aws_s3_bucket.b.arn}/key"), List.of(own))
                        .verdict())
                .isEqualTo(Verdict.ALLOWED);
        assertThat(AccessEvaluation.decide(AccessRequest.of("s3:GetObject", "${aws_s3_bucket.c.arn}/key"), List.of(own))
                        .verdict())
                .isEqualTo(Verdict.CANNOT_DECIDE);
        assertThat(AccessEvaluation.decide(AccessRequest.of("s3:GetObject", "${aws_s3_bucket.b.arn}"), List.of(own))
                        .verdict())
                .isEqualTo(Verdict.CANNOT_DECIDE);
    }

    @Test
    void onlyTheNamedServiceAccountAssumesARoleByIrsa() {
        PolicyDocument trust = TrustPolicy.irsa(PROVIDER, ISSUER, "default", "iam-test", TrustPolicy.STS_AUDIENCE);
        assertThat(TrustEvaluation.decide(AssumeRequest.irsa(PROVIDER, ISSUER, "default", "iam-test"), trust))
                .hasToString(
                        "allowed: the trust policy, statement 1 allows sts:AssumeRoleWithWebIdentity by holders of a"
                                + " token of " + PROVIDER);
        assertThat(TrustEvaluation.decide(AssumeRequest.irsa(PROVIDER, ISSUER, "default", "default"), trust))
                .hasToString(
                        "denied: no statement of the trust policy allows sts:AssumeRoleWithWebIdentity by holders of"
                                + " a token of " + PROVIDER);
        assertThat(TrustEvaluation.decide(
                                AssumeRequest.irsa(PROVIDER, ISSUER, "default", "iam-test"), TrustPolicy.podIdentity())
                        .verdict())
                .isEqualTo(Verdict.DENIED);
    }

    @Test
    void aTrustThatTerraformFillsInIsDecidedByItsReferences() {
        String provider = "${aws_iam_openid_connect_provider.p.arn}";
        String issuer = "${replace(aws_eks_cluster.c.url, \"https://\", \"\")}";
        PolicyDocument trust = TrustPolicy.irsa(provider, issuer, "default", "iam-test", TrustPolicy.STS_AUDIENCE);
        assertThat(TrustEvaluation.decide(AssumeRequest.irsa(provider, issuer, "default", "iam-test"), trust)
                        .verdict())
                .isEqualTo(Verdict.ALLOWED);
        assertThat(TrustEvaluation.decide(AssumeRequest.irsa(provider, issuer, "default", "other"), trust)
                        .verdict())
                .isEqualTo(Verdict.DENIED);
        assertThat(TrustEvaluation.decide(AssumeRequest.irsa(PROVIDER, ISSUER, "default", "iam-test"), trust)
                        .verdict())
                .isEqualTo(Verdict.CANNOT_DECIDE);
    }

    @Test
    void podIdentityNeedsToTagTheSession() {
        Map<PodIdentityTag, String> pod =
                Map.of(PodIdentityTag.NAMESPACE, "shop", PodIdentityTag.SERVICE_ACCOUNT, "orders");
        assertThat(TrustEvaluation.decidePodIdentity(pod, TrustPolicy.podIdentity())
                        .verdict())
                .isEqualTo(Verdict.ALLOWED);
        PolicyDocument untagged = PolicyDocument.of(
                Statement.allow("sts:AssumeRole").by(Principals.services(TrustPolicy.POD_IDENTITY_SERVICE)));
        assertThat(TrustEvaluation.decidePodIdentity(pod, untagged))
                .hasToString("denied: no statement of the trust policy allows sts:TagSession by the service"
                        + " pods.eks.amazonaws.com");
        PolicyDocument narrowed = TrustPolicy.podIdentity(Map.of(PodIdentityTag.CLUSTER_NAME, List.of("blue")));
        assertThat(TrustEvaluation.decidePodIdentity(pod, narrowed).verdict()).isEqualTo(Verdict.CANNOT_DECIDE);
    }

    @Test
    void aRoleIsExplainedInPlainWords() {
        PolicyDocument irsa = TrustPolicy.irsa(PROVIDER, ISSUER, "default", "iam-test", TrustPolicy.STS_AUDIENCE);
        PolicyDocument pods = TrustPolicy.podIdentity(Map.of(PodIdentityTag.NAMESPACE, List.of("default", "test")));
        PolicyDocument trust =
                PolicyDocument.of(irsa.statements().get(0), pods.statements().get(0));
        AttachedPolicy guard = new AttachedPolicy.Known(
                "guard",
                PolicyDocument.of(Statement.deny("s3:Delete*")
                        .on("arn:aws:s3:::logs/*")
                        .withSid("KeepLogs")
                        .when("BoolIfExists", "aws:MultiFactorAuthPresent", "false")
                        .when("Null", "aws:TokenIssueTime", "false")
                        .when("ForAllValues:StringNotLike", "aws:TagKeys", "a*", "b*", "c")));
        RoleExplanation explanation = RoleExplanation.of("iam-test", trust, List.of(READ_BUCKETS, guard, THEIRS));
        assertThat(explanation).hasToString("""
                role iam-test

                Who may assume it
                  statement 1: holders of a token of %s may assume it by sts:AssumeRoleWithWebIdentity, if
                    - the token's audience is sts.amazonaws.com
                    - the token belongs to the ServiceAccount default/iam-test
                  statement 2: the service pods.eks.amazonaws.com may assume it by sts:AssumeRole, sts:TagSession, if
                    - the pod's namespace is default or test

                What it may do
                  AmazonS3ReadOnlyAccess (v3, 2023-08-10), statement 1: may call s3:Get*, s3:List*, s3:Describe*, s3-object-lambda:Get*, s3-object-lambda:List* on everything
                  guard, statement 1 (KeepLogs): must not call s3:Delete* on arn:aws:s3:::logs/*, if
                    - aws:MultiFactorAuthPresent is false, or it is missing
                    - aws:TokenIssueTime is present
                    - every value of aws:TagKeys is not like a*, b* or c, or it is missing
                  arn:aws:iam::111122223333:policy/theirs: its content is not known
                """.formatted(PROVIDER));
    }

    @Test
    void aRoleWithoutPoliciesSaysSo() {
        assertThat(RoleExplanation.of(
                                "empty", new PolicyDocument(PolicyDocument.CURRENT_VERSION, null, List.of()), List.of())
                        .toString())
                .contains("  no one: the trust policy has no statement\n")
                .contains("  nothing: it has no policy\n");
    }
}
