package dev.eksplatform.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.eksplatform.problem.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {

    @ParameterizedTest
    @CsvSource({
        "create, aws_iam_role.orders, CREATE",
        "update, aws_cloudwatch_log_group.audit, UPDATE",
        "replace-delete-first, aws_cloudwatch_log_group.audit, REPLACE_DELETE_FIRST",
        "replace-create-first, aws_cloudwatch_log_group.audit, REPLACE_CREATE_FIRST",
        "delete, aws_cloudwatch_log_group.audit, DELETE",
        "forget, aws_cloudwatch_log_group.audit, FORGET",
        "move, aws_cloudwatch_log_group.control_plane, NO_OP",
        "import, aws_cloudwatch_log_group.audit, UPDATE",
        "read, data.aws_iam_role.orders, READ"
    })
    void saysWhatIsDone(String plan, String address, Action action) {
        assertThat(PlanFiles.recorded("recorded/" + plan).resourceChanges())
                .extracting(ResourceChange::address, ResourceChange::action)
                .contains(tuple(address, action));
    }

    @Test
    void knowsWhereAResourceWasAndWhereItComesFrom() {
        ResourceChange moved =
                PlanFiles.recorded("recorded/move").resourceChanges().get(0);
        assertThat(moved.previousAddress()).contains("aws_cloudwatch_log_group.audit");
        ResourceChange imported =
                PlanFiles.recorded("recorded/import").resourceChanges().get(0);
        assertThat(imported.importing()).contains("/shop/audit");
    }

    private static final String SMALL = "{\"format_version\":\"1.2\",\"planned_values\":{},\"resource_changes\":[]}";

    @Test
    void aCompressedPlanIsRead(@TempDir Path folder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(SMALL.getBytes(StandardCharsets.UTF_8));
        }
        Path file = folder.resolve("plan.json.gz");
        Files.write(file, bytes.toByteArray());
        assertThat(Plan.read(file).resourceChanges()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PK\u0003\u0004x            | a plan file, as `terraform plan -out` writes it, not its JSON; | fix: run `terraform show -json",
                "[command]/bin/terraform-bin show -json p\\n{} | a line of something else before the JSON; | tail -n +2",
                "one\\ntwo\\n{}            | 2 lines of something else before the JSON; | tail -n +3",
                "` `                        | nothing but white space; | `terraform show -json PLANFILE > plan.json`",
                "{\"@level\":\"info\"}       | the log of `terraform plan -json`, not a plan; | terraform plan -out=PLANFILE",
                "{\"version\":4,\"serial\":1} | a state file, not a plan; | terraform show -json",
            })
    void whatIsGivenInsteadOfAPlanIsNamed(String text, String found, String fix, @TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("plan.json");
        Files.write(file, text.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Plan.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(found)
                .hasMessageContaining(fix);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"before\":[1],\"after\":{\"a\":\"SECRET\"} | resource_changes[0].change.before: not an object",
                "\"before\":\"x\",\"after\":null | resource_changes[0].change.before: not an object",
                "\"before\":null,\"after\":{\"t\":[\"a\"]},\"after_sensitive\":{\"t\":{\"x\":true}} | resource_changes[0].change.after_sensitive: marks that do not have the form of after",
                "\"before\":null,\"after\":{\"t\":[\"a\"]},\"after_unknown\":{\"t\":{\"x\":true}} | resource_changes[0].change.after_unknown: marks that do not have the form of after",
            })
    void aChangeOfTheWrongFormIsNamed(String sides, String found) {
        assertThatThrownBy(() -> PlanFiles.of(SMALL.replace(
                        "[]",
                        "[{\"address\":\"a.b\",\"type\":\"a\",\"name\":\"b\",\"change\":{\"actions\":[\"update\"],"
                                + sides + "}}]")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(found)
                .message()
                .doesNotContain("SECRET");
    }

    @Test
    void knowsWhatForcesAReplacement() {
        ResourceChange replaced = PlanFiles.recorded("a-replace-cluster").resourceChanges().stream()
                .filter(change -> change.address().equals("aws_eks_node_group.n"))
                .findFirst()
                .orElseThrow();
        assertThat(replaced.action()).isEqualTo(Action.REPLACE_CREATE_FIRST);
        assertThat(replaced.replacePaths())
                .containsExactly(List.of("node_group_name_prefix"), List.of("instance_types"), List.of("cluster_name"));
        assertThat(replaced.reason()).contains("replace_because_cannot_update");
    }

    @Test
    void readsEveryRecordedPlan() {
        Map<Action, Long> actions = PlanFiles.recorded("a-replace-cluster").resourceChanges().stream()
                .collect(Collectors.groupingBy(ResourceChange::action, Collectors.counting()));
        assertThat(actions)
                .containsOnly(
                        Map.entry(Action.NO_OP, 51L),
                        Map.entry(Action.REPLACE_DELETE_FIRST, 9L),
                        Map.entry(Action.REPLACE_CREATE_FIRST, 3L),
                        Map.entry(Action.UPDATE, 2L),
                        Map.entry(Action.READ, 1L));
        assertThat(PlanFiles.recorded("c-bucket-replaced").outputChanges())
                .extracting(OutputChange::name)
                .containsExactly("lb");
    }

    @Test
    void knowsWhatAnAttributeRefersTo() {
        Configuration configuration = PlanFiles.recorded("a-update").configuration();
        assertThat(configuration.arguments("aws_vpc.v").has("tags")).isTrue();
        assertThat(configuration.arguments("aws_vpc.v").has("tags_all")).isFalse();
        assertThat(configuration.references("aws_iam_role.lbc", "assume_role_policy"))
                .contains("data.aws_iam_policy_document.irsa");
    }

    @Test
    void keepsWhatIsDeferredAndWhatWasChecked() {
        Plan plan = PlanFiles.small("incomplete");
        assertThat(plan.complete()).isFalse();
        assertThat(plan.deferredChanges())
                .extracting(
                        DeferredChange::reason, deferred -> deferred.change().address())
                .containsExactly(tuple("provider_config_unknown", "kubernetes_namespace.app"));
        assertThat(plan.checks())
                .containsExactly(new Check("check.endpoint", "fail", List.of("The endpoint must answer.")));
    }

    @Test
    void readsANewerMinorVersionAndIgnoresWhatItAdds() {
        assertThat(PlanFiles.recorded("recorded/newer-minor").resourceChanges()).hasSize(1);
    }

    @Test
    void refusesANewerMajorVersion() {
        assertThatThrownBy(() -> PlanFiles.recorded("recorded/newer-major"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "recorded/newer-major.json format_version: \"2.0\"; allowed: 1.x (any minor); fix: make the plan with a"
                                + " Terraform that writes format 1.x, or use a newer eks-platform");
    }

    @Test
    void anOlderPlanIsCompleteAndWithoutErrors() {
        Plan plan = PlanFiles.of("{\"format_version\":\"1.0\",\"planned_values\":{},\"resource_changes\":[]}");
        assertThat(plan.complete()).isTrue();
        assertThat(plan.errored()).isFalse();
    }

    @Test
    void refusesAState() {
        assertThatThrownBy(() -> PlanFiles.of("{\"format_version\":\"1.0\",\"values\":{}}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("plan.json: JSON without planned_values and resource_changes: a state, not a plan"
                        + "; fix: run `terraform show -json" + " PLANFILE > plan.json` and give plan.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"S3cr3t", "{\"format_version\":\"1.2\",\"variables\":{\"db\":{\"value\":\"S3cr3t", "[1]", ""})
    void refusesWhatIsNoPlanWithoutQuotingIt(String text) {
        assertThatThrownBy(() -> PlanFiles.of(text))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .startsWith("plan.json")
                .doesNotContain("S3cr3t");
    }

    @Test
    void refusesActionsItDoesNotKnow() {
        String json = """
                {"format_version":"1.9","planned_values":{},"resource_changes":[
                 {"address":"a_b.c","type":"a_b","name":"c","change":{"actions":["teleport"]}},
                 {"address":"a_b.d"}]}""";
        assertThatThrownBy(() -> PlanFiles.of(json))
                .hasMessage("plan.json resource_changes[0].change.actions: actions this version does not know; allowed:"
                        + " no-op, create, read, update, delete, forget, open, renew, close, and the replacements made of"
                        + " them; fix: use a newer"
                        + " eks-platform\n"
                        + "plan.json resource_changes[1]: a change without address, type or change"
                        + "; fix: run `terraform show -json PLANFILE >"
                        + " plan.json` and give plan.json");
    }

    @Test
    void saysThatAFileIsMissing(@TempDir Path folder) {
        Path file = folder.resolve("none.json");
        assertThatThrownBy(() -> Plan.read(file))
                .hasMessage(file
                        + ": no such file; fix:"
                        + " run `terraform show -json PLANFILE > plan.json` and give plan.json");
    }

    @Test
    void aCompressedPlanThatIsCutOffOrDamagedIsCalledSo(@TempDir Path folder) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(PlanFiles.recordedBytes("recorded/update"));
        }
        byte[] damaged = bytes.toByteArray();
        damaged[bytes.size() / 2] ^= 0x55;
        for (byte[] broken : List.of(Arrays.copyOf(bytes.toByteArray(), 300), Arrays.copyOf(damaged, 5), damaged)) {
            Path file = Files.write(folder.resolve("plan.json.gz"), broken);
            assertThatThrownBy(() -> Plan.read(file))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(file.toString());
        }
        Path cut = Files.write(folder.resolve("cut.json.gz"), Arrays.copyOf(bytes.toByteArray(), 300));
        assertThatThrownBy(() -> Plan.read(cut))
                .hasMessage(cut + ": compressed by gzip, but cut off or damaged; fix: write the file again");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "planned_values | 7 | planned_values: not an object",
                "prior_state | [] | prior_state: not an object",
                "configuration | `\"x\"` | configuration: not an object",
                "variables | true | variables: not an object",
                "output_changes | [1] | output_changes: not an object",
                "output_changes | {\"a\":1} | output_changes.a: not an object",
                "resource_drift | {} | resource_drift: not an array",
                "checks | {} | checks: not an array",
                "checks | [{\"status\":\"fail\"}] | checks[0]: a check without address or status",
                "action_invocations | [{\"type\":\"a\"}] | action_invocations[0]: an action without address or type",
                "deferred_changes | [{\"reason\":\"x\"}] | deferred_changes[0].resource_change: a change without address",
                "complete | `\"no\"` | complete: neither true nor false",
                "errored | 1 | errored: neither true nor false",
                "applyable | [] | applyable: neither true nor false",
            })
    void aFieldOfTheWrongFormIsNamed(String field, String value, String found) {
        String json = "{\"format_version\":\"1.2\",\"resource_changes\":[],\"" + field + "\":" + value + "}";
        assertThatThrownBy(() -> PlanFiles.of(json))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .startsWith("plan.json " + found)
                .contains("; fix: ");
    }

    @Test
    void readsAFile(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("plan.json"), PlanFiles.recordedBytes("a-update"));
        assertThat(Plan.read(file).resourceChanges()).isNotEmpty();
    }
}
