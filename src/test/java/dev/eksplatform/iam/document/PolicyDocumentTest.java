package dev.eksplatform.iam.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDocumentTest {

    private static final Statement READ =
            Statement.allow("s3:GetObject", "s3:ListBucket").on("arn:aws:s3:::a", "arn:aws:s3:::a/*");

    @Test
    void theSmallestPolicyIsWrittenCompactly() {
        assertThat(PolicyDocument.of(Statement.allow("s3:ListAllMyBuckets").on("*"))
                        .toJson())
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                        + "\"Action\":\"s3:ListAllMyBuckets\",\"Resource\":\"*\"}]}");
    }

    @Test
    void everyElementSurvivesReadingAndWriting() {
        String json = "{\"Version\":\"2012-10-17\",\"Id\":\"x\",\"Statement\":[{\"Sid\":\"One\",\"Effect\":\"Deny\","
                + "\"NotPrincipal\":{\"AWS\":[\"arn:aws:iam::111122223333:root\",\"111122223333\"]},"
                + "\"NotAction\":[\"iam:*\",\"sts:*\"],\"NotResource\":\"arn:aws:s3:::a/*\","
                + "\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"},"
                + "\"StringEquals\":{\"aws:username\":[\"a\",\"b\"],\"aws:userid\":\"c\"}}},"
                + "{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}]}";
        assertThat(PolicyDocument.parse("policy", json).toJson()).isEqualTo(json);
    }

    @Test
    void booleansAndNumbersInConditionsBecomeText() {
        PolicyDocument policy = PolicyDocument.parse(
                "policy",
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"a:b\","
                        + "\"Resource\":\"*\",\"Condition\":{\"Bool\":{\"k\":true},\"NumericEquals\":{\"n\":[1,2.5]}}}}");
        assertThat(policy.statements().get(0).conditions())
                .containsExactly(Condition.of("Bool", "k", "true"), Condition.of("NumericEquals", "n", "1", "2.5"));
    }

    @Test
    void aDocumentWithoutVersionHasTheOldOne() {
        assertThat(PolicyDocument.parse(
                                "policy",
                                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"a:b\",\"Resource\":\"*\"}}")
                        .version())
                .isEqualTo("2008-10-17");
    }

    @Test
    void everyProblemIsReportedWithItsLineAndProperty() {
        assertThatThrownBy(() -> PolicyDocument.parse("role.json", """
                {
                  "Version": "2012-10-18",
                  "Statement": [
                    {"Efect": "Allow", "Effect": "allow", "Action": ["s3:Get*", 7], "NotAction": "s3:*", "Resource": "*"},
                    {"Effect": "Deny", "Resource": "*", "Condition": {"StringEqual": {"a": "b"}}},
                    "text"
                  ]
                }
                """))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "role.json:2:14 Version: Version \"2012-10-18\"; allowed: 2012-10-17 or 2008-10-17; fix: write"
                                + " 2012-10-17, the version of the policy language",
                        "role.json:4:6 Statement[0].Efect: \"Efect\" is not an element of a statement; allowed: Sid,"
                                + " Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition;"
                                + " fix: did you mean Effect?",
                        "role.json:4:34 Statement[0].Effect: Effect is the text \"allow\"; allowed: Allow or Deny"
                                + " (case-sensitive); fix: did you mean Allow?",
                        "role.json:4:69 Statement[0].NotAction: Action and NotAction in one statement;"
                                + " fix: split it into two statements",
                        "role.json:4:65 Statement[0].Action[1]: Action holds 7; allowed: text; fix: write it as text in quotes",
                        "role.json:5:5 Statement[1]: neither Action nor NotAction; fix: add Action",
                        "role.json:5:55 Statement[1].Condition.StringEqual: \"StringEqual\" is not a condition operator;"
                                + " allowed: the operators of the IAM User Guide, such as StringEquals; fix: did you"
                                + " mean StringEquals?",
                        "role.json:6:5 Statement[2]: the text \"text\" as a statement; allowed: an object with Effect,"
                                + " Action and Resource; fix: write {\"Effect\": \"Allow\", …}"));
    }

    @Test
    void brokenJsonIsReportedWhereItBreaks() {
        assertThatThrownBy(() -> PolicyDocument.parse("policy", "{\"Version\": \"2012-10-17\",\n \"Statement\": [}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("policy:2:16: not JSON: Unexpected close marker '}'");
    }

    @Test
    void anEmptyDocumentARepeatedKeyAndTrailingTextAreProblems() {
        assertThatThrownBy(() -> PolicyDocument.parse("policy", " "))
                .hasMessage("policy:1:1: an empty document; allowed: a JSON object; fix: write the policy");
        assertThatThrownBy(() -> PolicyDocument.parse("policy", "{\"Id\":\"a\",\"Id\":\"b\"} x"))
                .hasMessageStartingWith("policy:1:11 Id: duplicate key \"Id\"; fix: merge the two into one");
        assertThatThrownBy(() -> PolicyDocument.parse("policy", "{} {}"))
                .hasMessage(
                        "policy:1:4: text after the end of the document; allowed: one JSON object; fix: remove what follows"
                                + " the closing brace");
    }

    @Test
    void sizeCountsNoWhiteSpace() {
        PolicyDocument policy =
                PolicyDocument.of(Statement.allow("s3:GetObject").on("*").when("StringEquals", "k", "a b"));
        assertThat(policy.size()).isEqualTo(policy.toJson().length() - 1);
    }

    @Test
    void aPolicyOverItsQuotaIsAProblem() {
        PolicyDocument policy =
                PolicyDocument.of(Statement.allow("s3:GetObject").on("arn:aws:s3:::" + "a".repeat(6_144)));
        assertThat(policy.check(PolicyUse.MANAGED))
                .containsExactly(new Problem(
                        "the managed policy has 6,252 characters without white space",
                        "at most 6,144",
                        "split it into two policies or group actions with wildcards"));
        assertThat(policy.check(PolicyUse.INLINE)).isEmpty();
    }

    @Test
    void elementsOutOfPlaceAreProblemsOfTheUse() {
        PolicyDocument policy = PolicyDocument.of(READ.withSid("my sid").by(Principals.services("ec2.amazonaws.com")));
        assertThatThrownBy(() -> policy.checkedFor(PolicyUse.MANAGED))
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "Statement[0].Sid: the Sid \"my sid\"; allowed: letters and digits; fix: write \"mysid\"",
                        "Statement[0].Principal: a Principal in a policy of an identity, which is the principal"
                                + " itself; fix: remove it"));
        assertThat(policy.check(PolicyUse.TRUST))
                .extracting(problem -> problem.place().toString())
                .containsExactly("Statement[0].Sid", "Statement[0].Resource");
    }

    @Test
    void aTrustPolicyNamesThoseItTrusts() {
        PolicyDocument except = PolicyDocument.of(Statement.allow("sts:AssumeRole")
                .by(new Principals(true, Map.of("AWS", List.of("arn:aws:iam::999999999999:role/x")))));
        PolicyDocument everyService =
                PolicyDocument.of(Statement.deny("sts:AssumeRole").by(Principals.services("*")));

        assertThat(except.check(PolicyUse.TRUST))
                .extracting(Problem::toString)
                .containsExactly("Statement[0].NotPrincipal: a NotPrincipal in a trust policy, which IAM"
                        + " refuses; fix: name those who may assume the role under Principal");
        assertThat(everyService.check(PolicyUse.TRUST))
                .extracting(Problem::toString)
                .containsExactly(
                        "Statement[0].Principal.Service: a wildcard in Service; allowed: the wildcard * under AWS only,"
                                + " as the whole value; fix: name each principal");
        assertThat(PolicyDocument.of(Statement.allow("sts:AssumeRole").by(Principals.of("AWS", "*")))
                        .check(PolicyUse.TRUST))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'Principal': {'AWS': 'arn:foo:iam::1:root'}, 'Action': 'sts:AssumeRole'      | .Principal.AWS: "foo" in "arn:foo:iam::1:root" is not a partition
            'Principal': {'AWS': ['1', 'arn:aws_cn:iam::1:root']}, 'Action': 'sts:AssumeRole' | .Principal.AWS[1]: "aws_cn" in "arn:aws_cn:iam::1:root" is not a partition
            'Principal': {'AWS': 'arn:*:iam::1:root'}, 'Action': 'sts:AssumeRole'        | .Principal.AWS: "*" in "arn:*:iam::1:root" is not a partition
            'Principal': {'Federated': 'arn:asw:iam::1:oidc-provider/x'}, 'Action': 'sts:*' | .Principal.Federated: "asw" in "arn:asw:iam::1:oidc-provider/x" is not a partition
            'Principal': {'Service': '*'}, 'Action': 'sts:AssumeRole'                    | .Principal.Service: a wildcard in Service
            'Principal': {'Service': ['ec2.amazonaws.com', '*.amazonaws.com']}, 'Action': 'sts:AssumeRole' | .Principal.Service[1]: a wildcard in Service
            'Principal': {'Service': 'ec?.amazonaws.com'}, 'Action': 'sts:AssumeRole'    | .Principal.Service: a wildcard in Service
            'Principal': {'Federated': '*'}, 'Action': 'sts:AssumeRole'                  | .Principal.Federated: a wildcard in Federated
            'Principal': {'AWS': []}, 'Action': 'sts:AssumeRole'                         | .Principal.AWS: AWS is empty
            'NotPrincipal': {'AWS': '111122223333'}, 'Action': 'sts:AssumeRole'          | .NotPrincipal: a NotPrincipal in a trust policy
            'NotPrincipal': '*', 'Action': 'sts:AssumeRole'                              | .NotPrincipal: a NotPrincipal in a trust policy
            'Action': 'sts:AssumeRole'                                                   | : no Principal in a trust policy
            'Principal': '*', 'Action': '*:AssumeRole'                                   | .Action: "*:AssumeRole" has a wildcard in its service
            'Principal': '*', 'Action': 'AssumeRole'                                     | .Action: "AssumeRole" is not an action
            'Principal': '*', 'Action': []                                               | .Action: Action is empty
            'Principal': '*', 'Action': 'sts:*', 'NotResource': 'arn:aws:s3:::b'         | .NotResource: a NotResource in a trust policy
            'Principal': '*', 'Action': 'sts:*', 'Condition': {'StringEquals': {'aws:PrincipalArn': []}} | ["aws:PrincipalArn"]: aws:PrincipalArn is empty
            'Principal': '*', 'Action': 'sts:*', 'Condition': {'StringEquals': {'aws:x': '${ aws:y }'}} | ["aws:x"]: "${ aws:y }" is not a policy variable
            'Principal': '*', 'Action': 'sts:*', 'Condition': {'StringEquals': {'aws:x': '${aws:y'}} | ["aws:x"]: a policy variable without its closing brace
            'Principal': '*', 'Action': 'sts:*', 'Condition': {'IpAddress': {'aws:SourceIp': 'office'}} | ["aws:SourceIp"]: "office" as a value of IpAddress
            """)
    void whatIamRefusesInATrustPolicy(String elements, String found) {
        PolicyDocument policy = PolicyDocument.parse(
                "role.json",
                "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", " + elements.replace('\'', '"')
                        + "}}");

        assertThat(policy.check(PolicyUse.TRUST)).hasSize(1);
        assertThat(policy.check(PolicyUse.TRUST).get(0).toString())
                .startsWith("Statement[0]")
                .contains(found);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'Principal': {'AWS': 'arn:aws-cn:iam::111122223333:root'}
            'Principal': {'AWS': ['*', '111122223333', 'AROAEXAMPLEID', '${aws_iam_role.r.arn}']}
            'Principal': {'Federated': 'cognito-identity.amazonaws.com'}
            'Principal': {'Service': '${data.aws_service_principal.ec2.name}'}
            'Principal': '*', 'Condition': {'StringLike': {'aws:PrincipalArn': 'arn:aws:iam::*:role/${aws:PrincipalTag/team, 'x'}'}}
            """)
    void whatIamTakesInATrustPolicy(String elements) {
        String json =
                "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", "
                        + elements.replace('\'', '"').replace(", \"x\"}", ", 'x'}") + "}}";

        assertThat(PolicyDocument.parse("role.json", json).check(PolicyUse.TRUST))
                .isEmpty();
    }

    @Test
    void aPolicyOfAProgramIsCheckedLikeOneOfAFile() {
        PolicyDocument policy = PolicyDocument.of(
                Statement.allow("*:GetObject").on("${aws_s3_bucket.b.arn}/${ aws:userid }", "my-bucket/*"));

        assertThat(policy.check(PolicyUse.INLINE))
                .extracting(problem -> problem.toString().replaceFirst(";.*", ""))
                .containsExactly(
                        "Statement[0].Action: \"*:GetObject\" has a wildcard in its service",
                        "Statement[0].Resource[0]: \"${ aws:userid }\" is not a policy variable",
                        "Statement[0].Resource[1]: \"my-bucket/*\" is not an ARN");
    }

    @Test
    void terraformFillsInReferencesAndLeavesIamVariablesAlone() {
        PolicyDocument policy = PolicyDocument.of(Statement.allow("s3:GetObject")
                .on(
                        "${aws_s3_bucket.b.arn}/${aws:username}/*",
                        "arn:${data.aws_partition.p.partition}:s3:::x/${aws:PrincipalTag/team, 'none'}",
                        "${Token[TOKEN.12]}")
                .when("StringLike", "${replace(aws_eks_cluster.c.url, \"https://\", \"\")}:sub", "a\"${*}%{b}"));
        assertThat(policy.isOpen()).isTrue();
        assertThat(policy.toTerraformJson())
                .isEqualTo(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\","
                                + "\"Resource\":[\"${aws_s3_bucket.b.arn}/$${aws:username}/*\","
                                + "\"arn:${data.aws_partition.p.partition}:s3:::x/$${aws:PrincipalTag/team, 'none'}\","
                                + "\"${Token[TOKEN.12]}\"],"
                                + "\"Condition\":{\"StringLike\":{\"${replace(aws_eks_cluster.c.url, \"https://\", \"\")}:sub\":"
                                + "\"a\\\"$${*}%%{b}\"}}}]}");
    }

    @Test
    void aPolicyWithIamVariablesOnlyIsNotOpen() {
        assertThat(PolicyDocument.of(Statement.allow("s3:*").on("arn:aws:s3:::b/${aws:userid}/${$}${?}"))
                        .isOpen())
                .isFalse();
    }
}
