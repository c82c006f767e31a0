package dev.eksplatform.iam.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.iam.Partition;
import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.ProblemsOf;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a policy of an identity, where it is written. */
class InlinePolicyTest {

    private static final char QUOTE = '`';

    private static PolicyFindings findings(String statements, String... unlisted) {
        String json = "{\"Statement\": [" + statements.replace('\'', '"').replace(QUOTE, '\'') + "]}";
        return InlinePolicy.read(LocatedJson.read("p.json", json)).findings(Partition.AWS, List.of(unlisted));
    }

    private static PolicyFindings ofResource(String arn) {
        return findings("{'Effect': 'Allow', 'Action': 's3:Get*', 'Resource': '" + arn.replace('\'', QUOTE) + "'}");
    }

    private static PolicyFindings ofAction(String action) {
        return findings("{'Effect': 'Allow', 'Action': '" + action + "', 'Resource': '*'}");
    }

    private static PolicyFindings ofCondition(String condition) {
        return findings("{'Effect': 'Allow', 'Action': 's3:*', 'Resource': '*', 'Condition': " + condition + "}");
    }

    private static String only(List<Problem> problems) {
        assertThat(problems).hasSize(1);
        return problems.get(0).toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "s3:*",
                "s3:GetObject",
                "S3:getobject",
                "s3:Get*",
                "s3:Get?bject",
                "iam:*AccessKey*",
                "kms:Decrypt",
                "eks-auth:AssumeRoleForPodIdentity",
                "execute-api:Invoke",
                "bedrock:InvokeModel",
                "s3:GetBucketAbac"
            })
    void actionsThatExist(String action) {
        assertThat(ofAction(action).errors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            s3:GetObjct  | "s3:GetObjct" is not an action of s3 (2026-09)      | did you mean s3:GetObject?
            s3:Gett*     | "s3:Gett*" matches no action of s3 (2026-09)        | if AWS has added it since, add unlisted
            s4:GetObject | "s4" is not a service of IAM (2026-09)              | did you mean s3:GetObject?
            GetObject    | "GetObject" is not an action                        | put the service and a colon before it
            s3:Get:x     | "s3:Get:x" is not an action                         | write one colon
            s3:Get-It    | "s3:Get-It" is not an action                        | write letters and digits only
            ' s3:Get*'   | " s3:Get*" is not an action                         | write letters and digits only
            s3:${aws:x}  | "s3:${aws:x}" is not an action                      | write the action
            s*:GetObject | "s*:GetObject" has a wildcard in its service             | name the service
            *:*          | "*:*" has a wildcard in its service                      | write "*"
            """)
    void actionsThatDoNot(String action, String found, String fix) {
        assertThat(only(ofAction(action).errors()))
                .startsWith("p.json:1:46 Statement[0].Action: " + found + ";")
                .contains("; fix: " + fix);
    }

    @Test
    void anActionNewerThanTheTableIsListedByHand() {
        String statement = "{'Effect': 'Allow', 'Action': ['s3:GetNewThing', 'newservice:Get'], 'Resource': '*'}";

        assertThat(findings(statement).errors()).hasSize(2);
        assertThat(findings(statement, "S3:getnewthing", "newservice:*").errors())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "arn:aws:s3:::b/*",
                "arn:*:s3:::b",
                "arn:aws:s3:*",
                "arn:aws:s3::*:b*",
                "arn:aws:s3:eu-central-1:111122223333:accesspoint/a",
                "arn:aws:s3::111122223333:accesspoint/a.mrap",
                "arn:aws:s3:::b/${aws:PrincipalTag/kubernetes-namespace, 'none'}/${$}{x}",
                "arn:aws:s3:::b/${aws:PrincipalTag/a:b}",
                "arn:aws:iam::aws:policy/*",
                "arn:aws:iam::111122223333:role/x",
                "arn:aws:health:global::event/x",
                "arn:aws:sqs:eu-central-1:111122223333:q"
            })
    void resourcesThatIamTakes(String arn) {
        assertThat(ofResource(arn).errors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            b/*                    | "b/*" is not an ARN | did you mean arn:aws:s3:::b/*?
            aws:s3:::b             | "aws:s3:::b" is not an ARN | did you mean arn:aws:s3:::b?
            ARN:aws:s3:::b         | "ARN:aws:s3:::b" is not an ARN | write arn in lower case
            arn:aws                | "arn:aws" is not an ARN | write all six fields
            arn:asw:s3:::b         | "asw" in "arn:asw:s3:::b" is not a partition | did you mean aws?
            arn:aws*:s3:::b        | "aws*" in "arn:aws*:s3:::b" is not a partition | did you mean aws?
            arn:aws-cn:s3:::b      | "arn:aws-cn:s3:::b" is in the partition aws-cn, the account in aws | write arn:aws:s3:::b
            arn:aws::::b           | "arn:aws::::b" has no service | name the service
            arn:aws:S3:::b         | "S3" in "arn:aws:S3:::b" is not a service | write s3
            arn:aws:s*:::b         | "s*" in "arn:aws:s*:::b" is not a service | name the service
            arn:aws:s3:::          | "arn:aws:s3:::" has no resource | name the resource, or write arn:aws:s3:::*
            arn:aws:s3:eu-west-1::b | "arn:aws:s3:eu-west-1::b" has a region: the ARN of a bucket or object has neither region nor account | write arn:aws:s3:::b
            arn:aws:s3::111122223333:b | "arn:aws:s3::111122223333:b" has an account: the ARN of a bucket or object has neither region nor account | write arn:aws:s3:::b
            arn:aws:sqs:eu-west-1a:111122223333:q | "eu-west-1a" in "arn:aws:sqs:eu-west-1a:111122223333:q" is not a region | write the region, not one of its zones
            arn:aws:sqs:eu-west-1:1111-2222-3333:q | "1111-2222-3333" in "arn:aws:sqs:eu-west-1:1111-2222-3333:q" is not an account id | write the 12 digits
            arn:aws:iam:eu-west-1:111122223333:role/r | "arn:aws:iam:eu-west-1:111122223333:role/r" has a region: IAM is global | write arn:aws:iam::111122223333:role/r
            arn:aws:iam::111122223333:reports | "reports" in "arn:aws:iam::111122223333:reports" is not a resource of IAM | did you mean role/reports?
            arn:aws:s3:::b/${aws:userid | a policy variable without its closing brace in "arn:aws:s3:::b/${aws:userid" | close it with }
            arn:aws:s3:::b/${}     | "${}" is not a policy variable | write a context key
            arn:aws:s3:::b/${name} | "${name}" is not a policy variable | write a context key
            arn:aws:s3:::b/${aws:user id} | "${aws:user id}" is not a policy variable | write a context key
            arn:aws:s3:::b/${aws:userid, x} | "${aws:userid, x}" has a default value without quotes | write a context key
            """)
    void resourcesThatIamRefuses(String arn, String found, String fix) {
        assertThat(only(ofResource(arn).errors()))
                .startsWith("p.json:1:69 Statement[0].Resource: " + found + ";")
                .contains("; fix: " + fix);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            arn:aws:s3                | has 3 of the six fields of an ARN
            arn:aws:s3::              | has 5 of the six fields of an ARN
            arn:aws:s3:*:*:b          | has a region
            arn:aws:s3:${aws:x}::b    | a policy variable before the fifth colon
            arn:aws:s3:::b/${aws:username} | has no value in the requests of a role
            """)
    void resourcesThatAreLikelyNotMeant(String arn, String found) {
        assertThat(ofResource(arn).errors()).isEmpty();
        assertThat(only(ofResource(arn).warnings())).contains(found);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                    | Condition is empty
            null                                  | Condition is null
            {'StringEquals': {}}                  | StringEquals is empty
            {'StringEquals': {'aws:userid': []}}  | aws:userid is empty
            {'StringEquals': {'userid': 'x'}}     | "userid" is not a condition key
            {'StringEquals': {'aws:userid': null}} | aws:userid holds null
            {'StringEquals': {'aws:userid': {}}}  | aws:userid holds an object
            {'StringEquals': {'aws:userid': '${x'}} | a policy variable without its closing brace in "${x"
            {'StringEqual': {'aws:userid': 'x'}}  | "StringEqual" is not a condition operator
            {'NullIfExists': {'aws:userid': 'true'}} | "NullIfExists" is not a condition operator
            {'IpAddress': {'aws:SourceIp': 'office'}} | "office" as a value of IpAddress
            """)
    void conditionsThatIamRefuses(String condition, String found) {
        assertThat(only(ofCondition(condition).errors())).contains(": " + found + ";");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'NumericLessThan': {'aws:MultiFactorAuthAge': 'an hour'}} | "an hour" as a value of NumericLessThan
            {'DateLessThan': {'aws:CurrentTime': '31.12.2026'}}        | "31.12.2026" as a value of DateLessThan
            {'Bool': {'aws:SecureTransport': 'yes'}}                   | "yes" as a value of Bool
            """)
    void conditionsThatNeverHold(String condition, String found) {
        assertThat(ofCondition(condition).errors()).isEmpty();
        assertThat(only(ofCondition(condition).warnings())).contains(": " + found + ";");
    }

    @Test
    void globalConditionKeysThatDoNotExist() {
        PolicyFindings found = ofCondition("{'StringEquals': {'aws:PrincipleTag/team': 'a', 'AWS:requesttag/x': 'b',"
                + " 'aws:PrincipalTag/team': 'c', 's3:prefix': 'd'}}");

        assertThat(only(found.warnings()))
                .contains("\"aws:PrincipleTag/team\" is not one of the global condition keys (2026-09);")
                .endsWith("fix: did you mean aws:PrincipalTag/team?");
    }

    @Test
    void numbersAndBooleansAreValuesOfConditions() {
        PolicyFindings found = ofCondition("{'Bool': {'aws:SecureTransport': true}, 'NumericLessThanEquals':"
                + " {'aws:MultiFactorAuthAge': 3600}, 'DateLessThan': {'aws:CurrentTime': '2026-01-01T00:00:00Z'},"
                + " 'IpAddressIfExists': {'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32']}}");

        assertThat(found.errors()).isEmpty();
        assertThat(found.warnings()).isEmpty();
    }

    @Test
    void whatAStatementLacksOrMustNotHave() {
        assertThat(findings("{'Sid': 'a b', 'Effect': 'Allow', 'Action': [], 'Resource': []},"
                                + " {'Sid': 'One', 'Effect': 'Deny', 'NotAction': 's3:*', 'NotResource': '*'},"
                                + " {'Sid': 'One', 'Effect': 'Allow', 'Action': 's3:*', 'Principal': '*'},"
                                + " {'Effect': 'Allow', 'Action': 's3:*', 'Resources': '*'}")
                        .errors()
                        .stream()
                        .map(problem -> problem.place().toString().replaceFirst(".* ", "") + " " + problem.found()))
                .containsExactly(
                        "Statement[3].Resources \"Resources\" is not an element of a statement",
                        "Statement[0].Sid the Sid \"a b\"",
                        "Statement[0].Action Action is empty",
                        "Statement[0].Resource Resource is empty",
                        "Statement[2].Sid duplicate Sid \"One\"",
                        "Statement[2].Principal a Principal in a policy of an identity, which is the principal itself",
                        "Statement[2] no Resource");
    }

    @Test
    void actionsThatNoResourceOfTheirStatementFits() {
        assertThat(findings("{'Effect': 'Allow', 'Action': ['s3:GetObject', 's3:ListBucket', 's3:ListAllMyBuckets',"
                                + " 'sqs:SendMessage'], 'Resource': 'arn:aws:s3:::b/*'},"
                                + " {'Effect': 'Allow', 'Action': 's3:PutObject', 'Resource': 'arn:aws:s3:::b'}")
                        .warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "p.json:1:63 Statement[0].Action[1]: s3:ListBucket on objects, but it is about buckets: the"
                                + " statement does not apply to it; fix: add arn:aws:s3:::b",
                        "p.json:1:80 Statement[0].Action[2]: s3:ListAllMyBuckets has no resources of its own: the"
                                + " statement does not apply to it; fix: move it to a"
                                + " statement with Resource \"*\"",
                        "p.json:1:103 Statement[0].Action[3]: sqs:SendMessage with resources of s3 only: the statement"
                                + " does not apply to it; fix: add its resource, or move it to"
                                + " a statement of its own",
                        "p.json:1:186 Statement[1].Action: s3:PutObject on buckets, but it is about objects: the"
                                + " statement does not apply to it; fix: write"
                                + " arn:aws:s3:::b/*");
    }

    @Test
    void theOldVersionIsWrittenAsTheCurrentOneWithTheSameMeaning() {
        String json = """
                {"Version": "2008-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*",
                "Resource": ["arn:aws:s3:::b/${aws:userid}", "arn:aws:s3:::b/${*}/${open"],
                "Condition": {"StringLike": {"s3:prefix": "${ aws:x }*"}}}}
                """;
        InlinePolicy document = InlinePolicy.read(LocatedJson.read("p.json", json));
        PolicyFindings found = document.findings(Partition.AWS, List.of());

        assertThat(document.policy().toJson())
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\","
                        + "\"Resource\":[\"arn:aws:s3:::b/${$}{aws:userid}\",\"arn:aws:s3:::b/${$}{*}/${$}{open\"],"
                        + "\"Condition\":{\"StringLike\":{\"s3:prefix\":\"${$}{ aws:x }*\"}}}]}");
        assertThat(found.errors()).isEmpty();
        assertThat(only(found.warnings()))
                .startsWith("p.json:1:13 Version: Version 2008-10-17, which IAM refuses in managed policies");
    }

    @Test
    void theOldVersionOfAProgramKeepsItsTerraformExpressions() {
        InlinePolicy document = InlinePolicy.read(LocatedJson.of(Map.of(
                "Version",
                "2008-10-17",
                "Statement",
                Map.of("Effect", "Allow", "Action", "s3:*", "Resource", "arn:aws:s3:::b/${aws:userid}"))));
        InlinePolicy ofProgram = InlinePolicy.of(Map.of(
                "Version",
                "2008-10-17",
                "Statement",
                Map.of("Effect", "Allow", "Action", "s3:*", "Resource", "${aws_s3_bucket.b.arn}/${aws:userid}")));

        assertThat(document.policy().toTerraformJson()).contains("arn:aws:s3:::b/$${$}{aws:userid}");
        assertThat(ofProgram.policy().toTerraformJson()).contains("${aws_s3_bucket.b.arn}/$${$}{aws:userid}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            *:GetObject  | has a wildcard in its service
            ?3:GetObject | has a wildcard in its service
            s3*:*        | has a wildcard in its service
            *GetObject   | is not an action
            **           | is not an action
            s3           | is not an action
            :GetObject   | is not an action
            s3:          | is not an action
            """)
    void actionsThatIamRefuses(String action, String found) {
        assertThat(only(ofAction(action).errors())).contains("Action: \"" + action + "\" " + found);
    }

    @Test
    void aProgramMayLeaveTextsToTerraform() {
        Map<String, Object> open = Map.of(
                "Effect",
                "Allow",
                "Action",
                "s3:*",
                "Resource",
                List.of("${aws_s3_bucket.b.arn}", "${aws_s3_bucket.b.arn}/*"));

        assertThat(InlinePolicy.of(Map.of("Statement", open)).policy().isOpen()).isTrue();
        assertThat(ProblemsOf.making(() -> InlinePolicy.of(
                        Map.of("Statement", Map.of("Effect", "Allow", "Action", "GetObject", "Resource", 7)))))
                .hasSize(2)
                .allMatch(problem ->
                        problem.startsWith("Statement.Action: ") || problem.startsWith("Statement.Resource: "));
    }
}
