package dev.eksplatform.iam.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.iam.PodIdentityTag;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an environment says about the sessions of its roles decides conditions. */
class RoleSessionTest {

    private static final RoleSession SESSION = new RoleSession(
            "arn:aws:iam::111122223333:role/shop-orders",
            "eu-central-1",
            Map.of(PodIdentityTag.NAMESPACE, "shop", PodIdentityTag.CLUSTER_NAME, "blue"));

    @ParameterizedTest(name = "{0} {1} {2}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
            StringEquals    | aws:PrincipalAccount                  | 111122223333 | s3:GetObject arn:aws:s3:::b/k | allowed
            StringNotEquals | aws:principalaccount                  | 111122223333 | s3:GetObject arn:aws:s3:::b/k | denied
            ArnLike         | aws:PrincipalArn                      | arn:aws:iam::*:role/shop-* | s3:GetObject arn:aws:s3:::b/k | allowed
            StringEquals    | aws:PrincipalType                     | User         | s3:GetObject arn:aws:s3:::b/k | denied
            StringEquals    | aws:PrincipalTag/kubernetes-namespace | shop         | s3:GetObject arn:aws:s3:::b/k | allowed
            StringEquals    | aws:PrincipalTag/eks-cluster-name     | green        | s3:GetObject arn:aws:s3:::b/k | denied
            StringEquals    | aws:RequestTag/kubernetes-namespace   | shop         | s3:GetObject arn:aws:s3:::b/k | cannot be decided
            StringEquals    | aws:PrincipalTag/team                 | shop         | s3:GetObject arn:aws:s3:::b/k | cannot be decided
            Null            | aws:username                          | true         | s3:GetObject arn:aws:s3:::b/k | allowed
            StringEquals    | aws:RequestedRegion                   | eu-central-1 | s3:GetObject arn:aws:s3:::b/k | cannot be decided
            StringEquals    | aws:RequestedRegion                   | eu-central-1 | s3:ListAllMyBuckets *         | cannot be decided
            StringNotEquals | aws:RequestedRegion                   | us-east-1    | s3:ListAllMyBuckets *         | cannot be decided
            StringEquals    | aws:RequestedRegion                   | eu-central-1 | sts:DecodeAuthorizationMessage * | cannot be decided
            StringEquals    | aws:RequestedRegion                   | eu-central-1 | iam:ListRoles *               | cannot be decided
            StringEquals    | aws:RequestedRegion                   | eu-central-1 | Route53:ListHostedZones *     | cannot be decided
            StringEquals    | aws:RequestedRegion                   | eu-central-1 | cloudfront:ListDistributions * | cannot be decided
            StringEquals    | aws:RequestedRegion                   | eu-central-1 | organizations:ListAccounts *  | cannot be decided
            StringEquals    | aws:RequestedRegion                   | eu-central-1 | ec2:DescribeRegions *         | cannot be decided
            StringEquals    | aws:RequestedRegion                   | eu-central-1 | ec2:DescribeInstances *       | allowed
            StringNotEquals | aws:RequestedRegion                   | eu-central-1 | ec2:DescribeInstances *       | denied
            StringEquals    | aws:RequestedRegion                   | eu-central-1 | sqs:SendMessage arn:aws:sqs:us-east-1:111122223333:q | denied
            StringEquals    | aws:RequestedRegion                   | us-east-1    | sqs:SendMessage arn:aws:sqs:us-east-1:111122223333:q | allowed
            StringEquals    | aws:RequestedRegion                   | eu-central-1 | sqs:SendMessage arn:aws:sqs:*:111122223333:q | cannot be decided
            StringEquals    | aws:RequestedRegion                   | eu-central-1 | iam:GetRole arn:aws:iam::111122223333:role/r | cannot be decided
            """)
    void itsKeysDecideConditions(String operator, String key, String value, String ask, String expected) {
        String[] part = ask.split(" ");
        AttachedPolicy policy = new AttachedPolicy.Known(
                "policy", PolicyDocument.of(Statement.allow("*").on("*").when(operator, key, value)));
        AccessRequest request = new AccessRequest(part[0], part[1], SESSION.context(part[0], part[1]));

        assertThat(AccessEvaluation.decide(request, List.of(policy)).verdict().text())
                .isEqualTo(expected);
    }
}
