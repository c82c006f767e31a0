package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profile and roles are those of the AWS provider, the state in S3 and the token of the cluster alike. */
class AccountsTest {

    private static final String ROLE = "arn:aws:iam::111122223333:role/deployer";

    private static final String ENVIRONMENT = """
            environment: shop
            region: eu-central-1
            account: "111122223333"
            cluster: {existing: {name: shop}}
            addons: {cert-manager: {}}
            """;

    @TempDir
    private Path folder;

    private JsonNode stack(String name, String... lines) throws IOException {
        return synthesized(ENVIRONMENT, name, lines);
    }

    private JsonNode synthesized(String environment, String name, String... lines) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), environment + String.join("\n", lines));
        Path output = folder.resolve("out");
        Synthesis.write(List.of(Environment.read(file)), output);
        return TestJson.read(output.resolve("stacks").resolve("shop-" + name).resolve("cdk.tf.json"));
    }

    private List<String> problems(String... lines) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), ENVIRONMENT + String.join("\n", lines));
        return ProblemsOf.making(() -> Environment.read(file)).stream()
                .map(problem -> problem.replace(folder + "/", ""))
                .toList();
    }

    private static String getToken(JsonNode platform) {
        String token = platform.at("/provider/kubernetes/0/exec/0/args").toString();
        assertThat(platform.at("/provider/helm/0/kubernetes/exec/args")).hasToString(token);
        return token;
    }

    @Test
    void theCredentialsOfTheEnvironmentAreTheDefault() throws IOException {
        JsonNode platform = stack("platform", "state: {s3: {bucket: states}}");
        assertThat(platform.at("/provider/aws")).isEqualTo(TestJson.parse("""
                        [{"allowed_account_ids": ["111122223333"], "region": "eu-central-1"}]
                        """));
        assertThat(getToken(platform)).doesNotContain("--profile", "--role-arn");
        assertThat(platform.at("/terraform/backend/s3").toString()).doesNotContain("profile", "assume_role");
    }

    @Test
    void aProfileIsUsedByAll() throws IOException {
        for (String name : List.of("infrastructure", "platform")) {
            JsonNode stack = stack(name, "profile: shop production", "state: {s3: {bucket: states}}");
            assertThat(stack.at("/provider/aws/0/profile").asText()).isEqualTo("shop production");
            assertThat(stack.at("/provider/aws/0/allowed_account_ids/0").asText())
                    .isEqualTo("111122223333");
            assertThat(stack.at("/terraform/backend/s3/profile").asText()).isEqualTo("shop production");
        }
        assertThat(getToken(stack("platform", "profile: shop production")))
                .isEqualTo("[\"eks\",\"get-token\",\"--cluster-name\",\"shop\",\"--region\",\"eu-central-1\","
                        + "\"--profile\",\"shop production\"]");
    }

    @Test
    void aRoleIsAssumedByAll() throws IOException {
        for (String name : List.of("infrastructure", "platform")) {
            JsonNode stack = stack(name, "assumeRole: {roleArn: \"" + ROLE + "\"}", "state: {s3: {bucket: states}}");
            assertThat(stack.at("/provider/aws/0/assume_role")).hasToString("[{\"role_arn\":\"" + ROLE + "\"}]");
            assertThat(stack.at("/terraform/backend/s3/assume_role")).hasToString("{\"role_arn\":\"" + ROLE + "\"}");
        }
        assertThat(getToken(stack("platform", "assumeRole: {roleArn: \"" + ROLE + "\"}")))
                .endsWith("\"--role-arn\",\"" + ROLE + "\"]");
    }

    @Test
    void theCommandForAKubeconfigHasBoth() throws IOException {
        JsonNode infrastructure = synthesized(
                ENVIRONMENT.replace("{existing: {name: shop}}", "{version: \"1.36\"}"),
                "infrastructure",
                "network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}",
                "nodeGroups: {general: {instanceTypes: [m7g.large]}}",
                "profile: shop production",
                "assumeRole: {roleArn: \"" + ROLE + "\"}");
        assertThat(infrastructure.at("/output/update_kubeconfig_command/value").asText())
                .isEqualTo("aws eks update-kubeconfig --region eu-central-1 --name shop --profile 'shop production'"
                        + " --role-arn " + ROLE + " --assume-role-arn " + ROLE);
    }

    @Test
    void everythingAboutARoleIsPassedOn() throws IOException {
        String[] lines = {
            "state: {s3: {bucket: states}}",
            "assumeRole:",
            "  roleArn: " + ROLE,
            "  externalId: shop-7f3a",
            "  sessionName: eks-platform",
            "  durationSeconds: 3600",
            "  policy: {Statement: {Effect: Allow, Action: 'eks:*', Resource: '*'}}",
            "  policyArns: ['arn:aws:iam::aws:policy/PowerUserAccess']",
            "  tags: {team: '${shop}'}",
            "  transitiveTagKeys: [team]",
            "  sourceIdentity: release",
        };
        JsonNode role = TestJson.parse("""
                {"role_arn": "%s", "external_id": "shop-7f3a", "session_name": "eks-platform", "duration": "3600s",
                 "policy": "{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Action\\":\\"eks:*\\",\\"Resource\\":\\"*\\"}]}",
                 "policy_arns": ["arn:aws:iam::aws:policy/PowerUserAccess"], "tags": {"team": "$${shop}"},
                 "transitive_tag_keys": ["team"], "source_identity": "release"}
                """.formatted(ROLE));
        JsonNode platform = stack("platform", lines);
        assertThat(platform.at("/provider/aws/0/assume_role/0")).isEqualTo(role);
        assertThat(platform.at("/terraform/backend/s3/assume_role")).isEqualTo(role);
        assertThat(platform.at("/provider/kubernetes/0/token").asText())
                .as("the AWS CLI cannot give an external ID")
                .startsWith("${data.aws_eks_cluster_auth.");
    }

    @Test
    void rolesAreChained() throws IOException {
        String[] lines = {
            "assumeRole:",
            "  - {roleArn: 'arn:aws:iam::444455556666:role/hub', durationSeconds: 7200}",
            "  - {roleArn: '" + ROLE + "', durationSeconds: 3600}",
            "state: {s3: {bucket: states, assumeRole: {roleArn: 'arn:aws:iam::444455556666:role/state'}}}",
        };
        JsonNode platform = stack("platform", lines);
        assertThat(platform.at("/provider/aws/0/assume_role").findValuesAsText("role_arn"))
                .containsExactly("arn:aws:iam::444455556666:role/hub", ROLE);
        assertThat(platform.at("/terraform/backend/s3/assume_role"))
                .hasToString("{\"role_arn\":\"arn:aws:iam::444455556666:role/state\"}");
        assertThat(platform.at("/provider/kubernetes/0/token").isMissingNode()).isFalse();
    }

    @Test
    void theStateHasItsOwnAccount() throws IOException {
        String role = "assumeRole: {roleArn: \"" + ROLE + "\"}";
        JsonNode ofEnvironment =
                stack("platform", role, "profile: shop", "state: {s3: {bucket: states, assumeRole: none}}");
        assertThat(ofEnvironment.at("/terraform/backend/s3/assume_role").isMissingNode())
                .isTrue();
        assertThat(ofEnvironment.at("/terraform/backend/s3/profile").asText()).isEqualTo("shop");
        JsonNode ownProfile = stack("platform", role, "state: {s3: {bucket: states, profile: tools}}");
        assertThat(ownProfile.at("/terraform/backend/s3/assume_role").isMissingNode())
                .isTrue();
        assertThat(ownProfile.at("/terraform/backend/s3/profile").asText()).isEqualTo("tools");
        assertThat(ownProfile.at("/provider/aws/0/profile").isMissingNode()).isTrue();
    }

    @Test
    void rolesThatLeadElsewhereAreRefused() throws IOException {
        assertThat(problems("assumeRole: {roleArn: \"arn:aws:iam::444455556666:role/deployer\"}"))
                .containsExactly("shop.yaml:6:23 assumeRole.roleArn: a role of the account 444455556666, but account is"
                        + " 111122223333; fix: use a role of 111122223333, or correct account");
        assertThat(problems(
                        "assumeRole:",
                        "  - {roleArn: \"" + ROLE + "\"}",
                        "  - {roleArn: 'arn:aws-cn:iam::444455556666:role/b', durationSeconds: 7200}"))
                .containsExactly(
                        "shop.yaml:8:71 assumeRole[1].durationSeconds: 7200 seconds, but a role that another role assumes has a"
                                + " session of one hour; allowed: 900 to 3600; fix: write 3600, or leave it out");
        assertThat(problems(
                        "assumeRole:",
                        "  - {roleArn: \"" + ROLE + "\"}",
                        "  - {roleArn: 'arn:aws-cn:iam::444455556666:role/b'}"))
                .containsExactly(
                        "shop.yaml:8:15 assumeRole[1].roleArn: a role of the account 444455556666, but account is"
                                + " 111122223333; fix: use a role of 111122223333, or correct account",
                        "shop.yaml:8:15 assumeRole[1].roleArn: \"arn:aws-cn:iam::444455556666:role/b\" is in the partition"
                                + " aws-cn, the account in aws; fix: write arn:aws:iam::444455556666:role/b");
    }

    @Test
    void whatOneOfTheThreeCannotAssumeIsRefused() throws IOException {
        assertThat(problems(
                        "clusterAuthentication: exec",
                        "assumeRole: {roleArn: \"" + ROLE + "\", externalId: shop-7f3a}"))
                .containsExactly(
                        "shop.yaml:6:24 clusterAuthentication: exec, but `aws eks get-token` assumes one role by its"
                                + " ARN, without external ID, session name, tags and source identity; fix: write token, or instead of"
                                + " assumeRole a profile whose role the AWS config describes");
        String chain = "assumeRole: [{roleArn: 'arn:aws:iam::444455556666:role/hub'}, {roleArn: '" + ROLE + "'}]";
        assertThat(problems(chain, "state: {s3: {bucket: states}}"))
                .containsExactly(
                        "shop.yaml:7:13 state.s3: the state in S3 is read with one assumed role, and assumeRole has 2;"
                                + " fix: add assumeRole here: none, or a role that the credentials of the environment can assume; or"
                                + " profile");
        assertThat(problems(chain, "state: {s3: {bucket: states, assumeRole: none}}"))
                .isEmpty();
        assertThat(problems("state: {s3: {bucket: states, assumeRole: [{roleArn: '" + ROLE + "'}, {roleArn: '" + ROLE
                        + "'}]}}"))
                .containsExactly(
                        "shop.yaml:6:42 state.s3.assumeRole: 2 roles, but the state in S3 is read with one assumed"
                                + " role; fix: name one role, or a profile");
    }

    @Test
    void whatStsRefusesIsRefused() throws IOException {
        assertThat(problems("assumeRole: {roleArn: 'arn:aws:iam::111122223333:user/deployer'}"))
                .containsExactly(
                        "shop.yaml:6:23 assumeRole.roleArn: \"arn:aws:iam::111122223333:user/deployer\" is not the ARN of an IAM"
                                + " role; allowed: arn:aws:iam::ACCOUNT:role/NAME; fix: copy it from IAM, such as"
                                + " arn:aws:iam::111122223333:role/deployer");
        assertThat(problems(
                        "profile: --role",
                        "assumeRole:",
                        "  roleArn: " + ROLE,
                        "  externalId: a",
                        "  sessionName: a b",
                        "  durationSeconds: 60",
                        "  policyArns: [PowerUserAccess]",
                        "  tags: {'aws:team': x}",
                        "  transitiveTagKeys: [stage]",
                        "  sourceIdentity: x"))
                .containsExactly(
                        "shop.yaml:6:10 profile: \"--role\" is not the name of a profile; allowed: letters, digits, spaces"
                                + " inside and _ . @ : / + = , -; fix: copy it from `aws configure list-profiles`",
                        "shop.yaml:9:15 assumeRole.externalId: \"a\" is not an external ID; allowed: 2 to 1224 letters, digits"
                                + " and _ + = , . @ : / -; fix: copy it from the trust policy of the role",
                        "shop.yaml:10:16 assumeRole.sessionName: \"a b\" is not a session's name; allowed: 2 to 64 letters, digits"
                                + " and _ + = , . @ -; fix: write it like eks-platform",
                        "shop.yaml:11:20 assumeRole.durationSeconds: 60 seconds; allowed: 900 to 43200, and at most the maximum of"
                                + " the role; fix: write 3600",
                        "shop.yaml:12:16 assumeRole.policyArns[0]: \"PowerUserAccess\" is not the ARN of a managed policy;"
                                + " allowed: arn:aws:iam::ACCOUNT:policy/NAME; fix: write it like"
                                + " arn:aws:iam::aws:policy/PowerUserAccess",
                        "shop.yaml:13:22 assumeRole.tags[\"aws:team\"]: \"aws:team\" is not the key of a session tag; allowed: 1 to"
                                + " 128 characters, not beginning with aws:; fix: choose another key",
                        "shop.yaml:14:23 assumeRole.transitiveTagKeys[0]: \"stage\" is not a key of tags; fix: add the tag, or"
                                + " remove the key",
                        "shop.yaml:15:19 assumeRole.sourceIdentity: \"x\" is not a source identity; allowed: 2 to 64 letters,"
                                + " digits and _ + = , . @ -; fix: write it like release");
    }

    @Test
    void sessionPoliciesAreChecked() throws IOException {
        assertThat(problems(
                        "assumeRole:",
                        "  roleArn: " + ROLE,
                        "  policy:",
                        "    Statement: {Effect: Allow, Action: 'eks:DescribeClusterz', Resource: '*'}"))
                .singleElement()
                .asString()
                .startsWith("shop.yaml:9:40 assumeRole.policy.Statement.Action: ");
    }
}
