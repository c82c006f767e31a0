package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values and credentials of charts that are in no file: where they come from, and what of them is in the state. */
class SensitiveValuesTest {

    private static final String CLUSTER = "cluster: {existing: {name: shop}}\n";

    @TempDir
    private Path folder = Path.of("");

    private EnvironmentText environment(String addons) {
        return EnvironmentText.of(folder, CLUSTER + addons);
    }

    private JsonNode platform(String addons) throws IOException {
        return environment(addons).stacks().get("platform");
    }

    private static JsonNode release(JsonNode platform, String name) {
        return EnvironmentText.resources(platform, "helm_release").get("addons_" + name + "_release");
    }

    private static String chart(String name, String more) {
        return chart(name, "oci://registry.example.com/charts", more);
    }

    private static String chart(String name, String repository, String more) {
        return "    " + name + ": {chart: " + name + ", repository: \"" + repository
                + "\", chartVersion: 1.0.0, namespace: shop" + more + "}\n";
    }

    @Test
    void eachSourceIsReadWithoutACopyInTheState() throws IOException {
        JsonNode platform = platform("addons:\n  helm:\n"
                + chart(
                        "shop",
                        ", sensitiveRevision: 3, sensitiveValues: {database.password: {secretsManager: shop/database, key: password},"
                                + " whole: {secretsManager: shop/whole}, api.token: {variable: api_token},"
                                + " \"list[0].x\": {ssmParameter: /shop/x}, y: {ssmParameter: y},"
                                + " z: {ssmParameter: \"arn:aws:ssm:eu-west-1:444455556666:parameter/z\"}}"));

        JsonNode release = release(platform, "shop");
        assertThat(release.path("set_wo"))
                .extracting(value ->
                        value.path("type").asText() + " " + value.path("name").asText() + " "
                                + value.path("value").asText())
                .containsExactly(
                        "string database.password "
                                + escaped(
                                        "jsondecode(ephemeral.aws_secretsmanager_secret_version.shop_database_password.secret_string)"
                                                + "[\"password\"]"),
                        "string whole "
                                + escaped("ephemeral.aws_secretsmanager_secret_version.shop_whole.secret_string"),
                        "string api.token " + escaped("var.api_token"),
                        "string list[0].x " + escaped("ephemeral.aws_ssm_parameter.shop_list_0__x.value"),
                        "string y " + escaped("ephemeral.aws_ssm_parameter.shop_y.value"),
                        "string z " + escaped("ephemeral.aws_ssm_parameter.shop_z.value"));
        assertThat(release.path("values").toString()).isEqualTo("[\"{}\"]");
        assertThat(platform.path("ephemeral")).isEqualTo(TestJson.parse("""
                {
                  "aws_secretsmanager_secret_version": {
                    "shop_database_password": {"secret_id": "shop/database"},
                    "shop_whole": {"secret_id": "shop/whole"}
                  },
                  "aws_ssm_parameter": {
                    "shop_list_0__x": {"arn": "arn:aws:ssm:eu-central-1:111122223333:parameter/shop/x"},
                    "shop_y": {"arn": "arn:aws:ssm:eu-central-1:111122223333:parameter/y"},
                    "shop_z": {"arn": "arn:aws:ssm:eu-west-1:444455556666:parameter/z"}
                  }
                }"""));
        assertThat(platform.path("variable"))
                .isEqualTo(TestJson.parse(
                        "{\"api_token\": {\"ephemeral\": true, \"sensitive\": true, \"type\": \"string\"}}"));
        assertThat(platform.at("/terraform/required_version").asText()).isEqualTo(">= 1.11");
    }

    /** What {@code helm --set} would read as a list, or as the end of the value. */
    private static String escaped(String expression) {
        return "${replace(" + expression + ", \"/([\\\\\\\\,{}])/\", \"\\\\$1\")}";
    }

    @Test
    void whateverChangesInAReleaseRaisesItsRevisionSoThatTheyAreKept() throws IOException {
        String sensitive = ", sensitiveValues: {a: {variable: x}}";
        JsonNode platform = platform("addons:\n  helm:\n" + chart("shop", sensitive));
        Map.Entry<String, JsonNode> revision =
                platform.at("/resource/terraform_data").properties().iterator().next();
        JsonNode before = revision.getValue().path("triggers_replace");

        assertThat(release(platform, "shop").path("set_wo_revision").asText())
                .isEqualTo("${terraform_data." + revision.getKey() + ".output}");
        assertThat(revision.getValue().path("input").asText())
                .isEqualTo("${tonumber(formatdate(\"YYYYMMDDhhmmss\", plantimestamp()))}");
        assertThat(revision.getValue().path("lifecycle").toString()).isEqualTo("{\"ignore_changes\":[\"input\"]}");
        for (String change : List.of(
                ", values: {b: 1}" + sensitive,
                ", timeoutMinutes: 7" + sensitive,
                ", atomic: false" + sensitive,
                ", atomic: false, wait: false" + sensitive,
                ", skipCrds: true" + sensitive,
                ", sensitiveRevision: 2" + sensitive,
                ", sensitiveValues: {a: {variable: y}}",
                ", sensitiveValues: {a: {secretsManager: x}}",
                ", sensitiveValues: {b: {variable: x}}")) {
            assertThat(platform("addons:\n  helm:\n" + chart("shop", change))
                            .at("/resource/terraform_data")
                            .path(revision.getKey())
                            .path("triggers_replace"))
                    .isNotEmpty()
                    .isNotEqualTo(before);
        }
    }

    @Test
    void addonsOfTheCatalogueAndAckControllersHaveThemToo() throws IOException {
        JsonNode platform = platform("""
                addons:
                  cert-manager: {sensitiveValues: {global.x: {variable: one}}}
                  ack: {s3: {sensitiveValues: {log.level: {variable: one}}}}
                """);

        assertThat(release(platform, "cert-manager").at("/set_wo/0/value").asText())
                .isEqualTo(escaped("var.one"));
        assertThat(release(platform, "ack-s3-controller").at("/set_wo/0/value").asText())
                .isEqualTo(escaped("var.one"));
        assertThat(platform.path("variable")).hasSize(1);
    }

    @Test
    void withoutThemNothingOfItIsThere() throws IOException {
        JsonNode platform = platform("addons:\n  helm:\n" + chart("shop", ""));

        assertThat(platform.has("variable") || platform.has("ephemeral")).isFalse();
        assertThat(platform.at("/terraform/required_version").isMissingNode()).isTrue();
        assertThat(platform.at("/provider/helm/0/registries").isMissingNode()).isTrue();
        assertThat(release(platform, "shop").has("set_wo")).isFalse();
        assertThat(release(platform, "shop").has("set_wo_revision")).isFalse();
    }

    @Test
    void thePasswordOfAnOciRegistryIsInTheConfigurationOfTheProviderOnce() throws IOException {
        String account = ", credentials: {username: shop, passwordVariable: registry_password}";
        JsonNode platform =
                platform("addons:\n  helm:\n" + chart("one", account) + chart("two", account) + chart("three", ""));

        assertThat(platform.at("/provider/helm/0/registries")).isEqualTo(TestJson.parse("""
                [{"url": "oci://registry.example.com", "username": "shop", "password": "${var.registry_password}"}]"""));
        assertThat(platform.at("/variable/registry_password/ephemeral").asBoolean())
                .isTrue();
        assertThat(List.of("one", "two", "three"))
                .allSatisfy(name -> assertThat(release(platform, name).has("repository_password"))
                        .isFalse());
    }

    @Test
    void thatOfAnotherRepositoryIsInTheStateSoThatItsVariableIsKept() throws IOException {
        JsonNode platform = platform(
                "addons:\n  helm:\n"
                        + chart("one", ", credentials: {username: shop, passwordVariable: shared}")
                        + chart(
                                "two",
                                "https://charts.example.com",
                                ", credentials: {username: two, passwordVariable: shared}, sensitiveValues: {a: {variable: shared}}"));

        assertThat(release(platform, "two").path("repository_username").asText())
                .isEqualTo("two");
        assertThat(release(platform, "two").path("repository_password").asText())
                .isEqualTo("${var.shared}");
        assertThat(platform.at("/variable/shared")).isEqualTo(TestJson.parse("""
                {"ephemeral": false, "sensitive": true, "type": "string"}"""));
    }

    @Test
    void whatIsNotASourceIsRefused() throws IOException {
        assertThat(environment("addons:\n  helm:\n"
                                + chart(
                                        "shop",
                                        ", sensitiveValues: {b: {variable: x, ssmParameter: /y}, c: {variable: Not-One},"
                                                + " d: {key: k, ssmParameter: /y}, g: {secretsManager: \"a b\"}},"
                                                + " sensitiveRevision: 0, timeoutMinutes: 121, wait: false,"
                                                + " credentials: {username: \"a b\", passwordVariable: P}"))
                        .problems())
                .extracting(problem -> problem.replaceFirst("^shop.yaml:7:\\d+ addons.helm.shop.", ""))
                .containsExactlyInAnyOrder(
                        "sensitiveValues.b.ssmParameter: variable and ssmParameter; allowed: one of them; fix: remove the"
                                + " others",
                        "sensitiveValues.c.variable: \"Not-One\" is not the name of a Terraform variable; allowed: lower"
                                + " case letters, digits and _; fix: write it like admin_password",
                        "sensitiveValues.d.key: a key without a secret; allowed: a key of secretsManager; fix: remove it",
                        "sensitiveValues.g.secretsManager: \"a b\" is not the name or ARN of a secret; allowed: letters,"
                                + " digits and /_+=.@-; fix: copy it from `aws secretsmanager list-secrets`",
                        "sensitiveRevision: 0; allowed: 1 or more; fix: use 1",
                        "timeoutMinutes: 121; allowed: 1 to 120; fix: use 10, or more for large images",
                        "wait: false with atomic: Helm waits for a release that it may undo; fix: add atomic: false, or"
                                + " remove wait",
                        "credentials.username: \"a b\"; allowed: a name without spaces; fix: use that of the registry",
                        "credentials.passwordVariable: \"P\" is not the name of a Terraform variable; allowed: lower case"
                                + " letters, digits and _; fix: write it like admin_password");
    }

    @Test
    void aValueWithoutASourceAndAPathThatHelmReadsOtherwiseAreRefused() throws IOException {
        assertThat(environment("addons:\n  helm:\n"
                                + chart("shop", ", sensitiveValues: {a: {}, \"e,f\": {variable: x}}"))
                        .problems())
                .extracting(problem -> problem.replaceFirst("^shop.yaml:7:\\d+ addons.helm.shop.", ""))
                .containsExactlyInAnyOrder(
                        "sensitiveValues.a: no source of the value; allowed: variable, secretsManager or ssmParameter;"
                                + " fix: add one of them",
                        "sensitiveValues[\"e,f\"]: \"e,f\" is not the path of a value; allowed: keys joined by dots; fix:"
                                + " write it like admin.password");
    }

    @Test
    void timeoutAtomicWaitAndCrdsAreHelms() throws IOException {
        JsonNode platform = platform("addons:\n  helm:\n"
                + chart("one", ", timeoutMinutes: 30, atomic: false, wait: false, skipCrds: true")
                + chart("two", ""));

        assertThat(release(platform, "one").path("timeout").asInt()).isEqualTo(1800);
        assertThat(release(platform, "one").path("atomic").asBoolean()).isFalse();
        assertThat(release(platform, "one").path("wait").asBoolean()).isFalse();
        assertThat(release(platform, "one").path("skip_crds").asBoolean()).isTrue();
        assertThat(release(platform, "two").path("timeout").asInt()).isEqualTo(600);
        assertThat(release(platform, "two").path("atomic").asBoolean()).isTrue();
        assertThat(release(platform, "two").has("skip_crds")).isFalse();
    }
}
