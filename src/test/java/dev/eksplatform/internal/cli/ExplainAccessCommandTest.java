package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code explain access} answers with status 0 whatever the answer is, and with 2 for a question that makes no sense. */
class ExplainAccessCommandTest {

    private static final Path ENVIRONMENTS = Path.of("src/test/resources/cases/iam/environments");
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
                        default/iam-test assumes the role irsa-workshop-default-iam-test; s3:ListAllMyBuckets on *: allowed
                          AmazonS3ReadOnlyAccess (v3, 2023-08-10), statement 1 allows s3:ListAllMyBuckets on *
                        default/iam-test assumes the role irsa-workshop-default-iam-test; ec2:DescribeInstances on *: denied
                          no statement of AmazonS3ReadOnlyAccess (v3, 2023-08-10) allows ec2:DescribeInstances on *
                        Assuming the role irsa-workshop-default-iam-test:
                          the trust policy, statement 1 allows sts:AssumeRoleWithWebIdentity by holders of a token of \
                        arn:aws:iam::111122223333:oidc-provider/<issuer of irsa-workshop>
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "sts:GetCallerIdentity, allowed",
        "sts:getcalleridentity, allowed",
        "sts:GetSessionToken, denied",
        "sts:GetFederationToken, denied",
        "sts:AssumeRoleWithWebIdentity, cannot be decided",
        "sts:AssumeRoleWithSAML, cannot be decided",
        "sts:GetAccessKeyInfo, denied"
    })
    void whatNeedsNoPermissionIsNotDecidedByPolicies(String action, String verdict) {
        CommandRun run = CommandRun.of("explain", "access", WORKSHOP, "--as", "default/iam-test", "--action", action);

        assertThat(run.out().lines().findFirst()).get().asString().endsWith(": " + verdict);
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
                .contains(
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

    /** The environments of cases/iam/environments, each with the lines of its answer that matter. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            admin          | s3:GetObject | on every accesspointobject and object: allowed
            admin          | s3:GetObject | AdministratorAccess (v1, 2015-02-06), statement 1 allows it
            bucket         | s3:GetObject | on every accesspointobject and object: cannot be decided for all at once
            bucket         | s3:GetObject | allowed for arn:aws:s3:::shop-reports/*
            bucket         | s3:GetObject | denied for everything else
            denyone        | s3:GetObject | on every accesspointobject and object: cannot be decided for all at once
            denyone        | s3:GetObject | denied for arn:aws:s3:::secret/*
            denyone        | s3:GetObject | allowed for everything else
            denyone        | s3:ListBucket| denied for arn:aws:s3:::secret
            incomplete     | s3:GetObject | on every accesspointobject and object: denied
            incomplete     | s3:ListAllMyBuckets | on *: cannot be decided
            denyone        | s3:ListAllMyBuckets | on *: allowed
            podarn         | s3:GetObject | on every accesspointobject and object: allowed
            podusername    | s3:GetObject | on every accesspointobject and object: denied
            noversionvar   | s3:GetObject | cannot be decided for arn:aws:s3:::b/${aws:PrincipalTag/kubernetes-namespace}/*
            regioncond     | s3:GetObject | on every accesspointobject and object: allowed
            varbeforefifth | sqs:SendMessage | on every queue of the account 111122223333: denied
            """)
    void withoutAResourceTheAnswerNamesThoseForWhichItHolds(String environment, String action, String line) {
        CommandRun run = ask(environment, "--action", action);

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains(line + "\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            denyone | s3:GetObject | arn:aws:s3:::secret/a | denied
            denyone | s3:GetObject | arn:aws:s3:::secrets/a | allowed
            denyone | s3:getobject | arn:aws:s3:::secret/* | denied
            denyone | s3:GetObject | arn:aws:s3:::other/?.txt | allowed
            denyone | s3:GetObject | arn:aws:s3:::sec* | cannot be decided for all at once
            incomplete | s3:GetObject | arn:aws:s3:::reports/a | denied
            admin | sqs:SendMessage | arn:aws:sqs:eu-central-1:111122223333:q | allowed
            admin | sqs:SendMessage | arn:aws:sqs:eu-central-1:999999999999:q | cannot be decided
            admin | sqs:SendMessage | arn:aws:sqs:*:*:q | cannot be decided
            varbeforefifth | sqs:SendMessage | arn:aws:sqs:eu-central-1:111122223333:q | denied
            """)
    void aResourceOrAPatternOfResourcesIsDecided(String environment, String action, String resource, String verdict) {
        CommandRun run = ask(environment, "--action", action, "--resource", resource);

        assertThat(run.status()).isZero();
        assertThat(run.out().lines().findFirst()).get().asString().endsWith(": " + verdict);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            s3:GetObjct | * | --action: "s3:GetObjct" is not an action of s3 (2026-09); fix: did you mean s3:GetObject?
            s4:GetObject | * | --action: "s4" is not a service of IAM (2026-09); fix: did you mean s3:GetObject?
            s3:GetObject | arn:aws-cn:s3:::b/a | --resource: "arn:aws-cn:s3:::b/a" is in the partition aws-cn, the account in aws; fix: write arn:aws:s3:::b/a
            s3:GetObject | arn:aws-cn:s3:::b/* | --resource: "arn:aws-cn:s3:::b/*" is in the partition aws-cn, the account in aws; fix: write arn:aws:s3:::b/*
            s3:GetObject | arn:aws:s3:::b | --resource: "arn:aws:s3:::b" has the type bucket, which s3:GetObject does not use; allowed: arn:aws:s3:${Region}:${Account}:accesspoint/${AccessPointName}/object/${ObjectName} (accesspointobject), arn:aws:s3:::${BucketName}/${ObjectName} (object);
            s3:ListBucket | arn:aws:s3:::b/a | --resource: "arn:aws:s3:::b/a" has the type object, which s3:ListBucket does not use;
            s3:GetObject | arn:aws:sqs:eu-central-1:111122223333:q | --resource: "arn:aws:sqs:eu-central-1:111122223333:q" is not a resource that s3:GetObject uses;
            dynamodb:DeleteTable | arn:aws:dynamodb:eu-central-1:111122223333:table/t/index/i | has the type index, which dynamodb:DeleteTable does not use;
            s3:ListAllMyBuckets | arn:aws:s3:::b | --resource: "arn:aws:s3:::b" for s3:ListAllMyBuckets, which has no resource; fix: leave --resource out, or write "*"
            sqs:SendMessage | arn:aws:sqs:cn-north-1:111122223333:q | --resource: the region cn-north-1 is in the partition aws-cn, the account in aws; fix: name a region of aws
            sqs:SendMessage | arn:aws:sqs:eu-centrl-1:111122223333:q | did you mean eu-central-1?
            sqs:SendMessage | arn:aws:sqs | --resource: "arn:aws:sqs" is not an ARN;
            s3:GetObject | arn:aws:s3:::b/${aws:username} | --resource: "arn:aws:s3:::b/${aws:username}" has a variable; fix: write the ARN itself, or * for any text
            """)
    void aQuestionThatMakesNoSenseIsBadInput(String action, String resource, String error) {
        CommandRun run = ask("admin", "--action", action, "--resource", resource);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(error);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void resourcesAndConditionKeysNeedAnAction() {
        CommandRun run = ask("admin", "--resource", "arn:aws:s3:::b/a", "--context", "aws:SecureTransport=true");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("""
                        --resource: given without --action; fix: add --action ACTION
                        --context: given without --action; fix: add --action ACTION
                        2 problems
                        """);
    }

    @Test
    void ofOtherServicesNothingIsDecided() {
        CommandRun run = ask("admin", "--action", "chime:CreateBot");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("chime:CreateBot on *: cannot be decided\n");
    }

    @Test
    void anActionOnSeveralResourcesAtOnceIsCheckedOnEach() {
        CommandRun run = ask("admin", "--action", "ec2:RunInstances");

        assertThat(run.out())
                .contains("  every request is checked on each of its image, instance, network-interface, security-group"
                        + " and subnet: all of them must be allowed\n");
    }

    @Test
    void conditionKeysDecide(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("shop.yaml");
        Files.writeString(
                file,
                Files.readString(ENVIRONMENTS.resolve("admin.yaml"))
                        .replace("{\"policies\": [\"AdministratorAccess\"]}", """
                                {mode: pod-identity, policy: {Version: "2012-10-17", Statement: [{
                                  Effect: Allow, Action: "s3:*", Resource: "*",
                                  Condition: {IpAddress: {"aws:SourceIp": 203.0.113.0/24}, Bool: {"aws:SecureTransport": "true"},
                                    "ForAllValues:StringEquals": {"aws:TagKeys": [a, b]}}}]}}"""));

        assertThat(bucket(file)).contains(": cannot be decided\n");
        assertThat(bucket(
                        file, "aws:SourceIp=203.0.113.7", "aws:SecureTransport=true", "aws:TagKeys=a", "aws:TagKeys=b"))
                .contains(": allowed\n");
        assertThat(bucket(
                        file, "aws:SourceIp=203.0.113.7", "aws:SecureTransport=true", "aws:TagKeys=a", "aws:TagKeys=c"))
                .contains(": denied\n");
        assertThat(bucket(file, "AWS:sourceip=192.0.2.1")).contains(": denied\n");
    }

    private static String bucket(Path file, String... context) {
        List<String> arguments = new ArrayList<>(
                List.of("explain", "access", file.toString(), "--as", "shop/orders", "--action", "s3:CreateBucket"));
        for (String one : context) {
            arguments.addAll(List.of("--context", one));
        }
        String out = CommandRun.of(arguments.toArray(new String[0])).out();
        return out.substring(out.indexOf("s3:CreateBucket"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            aws:SourcIp=203.0.113.7 | "aws:SourcIp" is not a global condition key; fix: did you mean aws:SourceIp?
            aws:SourceIp=203.0.113.0/24 | "203.0.113.0/24" as the value of aws:SourceIp; allowed: an address such as 203.0.113.7;
            aws:SourceIp=203.0.113.256 | "203.0.113.256" as the value of aws:SourceIp;
            aws:SecureTransport=yes | "yes" as the value of aws:SecureTransport; allowed: true or false;
            aws:CurrentTime=tomorrow | "tomorrow" as the value of aws:CurrentTime; allowed: a date such as 2026-01-31T12:00:00Z, or seconds since 1970;
            aws:CurrentTime=2026-02-30 | "2026-02-30" as the value of aws:CurrentTime;
            aws:MultiFactorAuthAge=old | "old" as the value of aws:MultiFactorAuthAge; allowed: a number;
            aws:SourceArn=bucket | "bucket" as the value of aws:SourceArn; allowed: a whole ARN;
            aws:SourceAccount=1234 | "1234" as the value of aws:SourceAccount; allowed: an account id of 12 digits;
            aws:RequestedRegion=eu-centrl-1 | "eu-centrl-1" as the value of aws:RequestedRegion; allowed: a region such as eu-central-1;
            aws:PrincipalTag=x | "aws:PrincipalTag" does not name a tag; fix: write aws:PrincipalTag/NAME
            aws:SourceIp/x=203.0.113.7 | "aws:SourceIp/x" is not followed by a name; fix: write aws:SourceIp
            aws:PrincipalAccount=999999999999 | aws:PrincipalAccount is 111122223333 in all requests of this role, not "999999999999"; fix: leave it out
            aws:username=x | aws:username is not in the requests of a role; fix: leave it out
            s3:prefx=a | "s3:prefx" is not a condition key of s3 (2026-09); fix: did you mean s3:prefix?
            s3:max-keys=many | "many" as the value of s3:max-keys; allowed: a number;
            foo:bar=x | "foo" in "foo:bar" is not a service of IAM;
            prefix=a | "prefix=a" is not a condition key with its value; allowed: key=value;
            aws:SourceIp | "aws:SourceIp" is not a condition key with its value;
            """)
    void aConditionKeyThatCannotBeIsBadInput(String context, String error) {
        CommandRun run = ask("admin", "--action", "s3:GetObject", "--context", context);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("--context: " + error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aws:SourceIp=2001:db8::1",
                "aws:CurrentTime=2026-01-31",
                "aws:EpochTime=1",
                "aws:CurrentTime=2026-01-31T12:00:00Z",
                "aws:PrincipalTag/team=a=b",
                "aws:PrincipalAccount=111122223333",
                "s3:ExistingObjectTag/team=a",
                "kms:EncryptionContext:app=shop",
                "chime:key=x",
                "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE:sub=x"
            })
    void otherConditionKeysAreTaken(String context) {
        CommandRun run = ask("admin", "--action", "s3:GetObject", "--context", context);

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
    }

    private static CommandRun ask(String environment, String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "explain", "access", ENVIRONMENTS.resolve(environment + ".yaml").toString(), "--as", "shop/orders"));
        all.addAll(List.of(arguments));
        return CommandRun.of(all.toArray(new String[0]));
    }
}
