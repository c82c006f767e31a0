package dev.eksplatform.ci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.review.render.MarkdownReview;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Workflows pin what they run, and give nobody more permissions than they need. */
class WorkflowTest {

    private static final Path FOLDER = Path.of(".github/workflows");
    private static final Workflow BUILD = Workflow.read(FOLDER.resolve("ci.yml"));
    private static final Workflow REVIEW = Workflow.read(FOLDER.resolve("plan-review.yml"));

    private record Workflow(String text, JsonNode content) {

        static Workflow read(Path file) {
            try {
                String text = Files.readString(file);
                return new Workflow(
                        text, TestJson.tree(new Load(LoadSettings.builder().build()).loadFromString(text)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        JsonNode job() {
            assertThat(content.path("jobs")).hasSize(1);
            return content.path("jobs").elements().next();
        }

        List<JsonNode> steps(Predicate<JsonNode> which) {
            return StreamSupport.stream(job().path("steps").spliterator(), false)
                    .filter(which)
                    .toList();
        }

        List<String> scripts(Predicate<JsonNode> which) {
            return steps(which.and(step -> step.has("run"))).stream()
                    .map(step -> step.path("run").asText())
                    .toList();
        }
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyActionIsPinnedByItsCommitAndNamesItsVersion(Path file) {
        Workflow workflow = Workflow.read(file);
        List<String> uses =
                workflow.text().lines().filter(line -> line.contains("uses:")).toList();

        assertThat(uses).hasSameSizeAs(workflow.steps(step -> step.has("uses")));
        assertThat(uses)
                .isNotEmpty()
                .allMatch(line -> line.matches("[ -]+uses: [\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"));
    }

    /** Titles and branch names come from anybody: they reach a shell only as variables. */
    @ParameterizedTest
    @MethodSource("files")
    void noScriptContainsExpressions(Path file) {
        assertThat(Workflow.read(file).scripts(step -> true)).isNotEmpty().noneMatch(script -> script.contains("${{"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void theCheckoutKeepsNoToken(Path file) {
        assertThat(Workflow.read(file).steps(step -> step.path("uses").asText().startsWith("actions/checkout@")))
                .singleElement()
                .satisfies(
                        step -> assertThat(step.at("/with/persist-credentials").asText())
                                .isEqualTo("false"));
    }

    @Test
    void theBuildOnlyReads() {
        assertThat(BUILD.content().path("on").toString())
                .isEqualTo("{\"push\":{\"branches\":[\"main\"]},\"pull_request\":null}");
        assertThat(BUILD.content().path("permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
        assertThat(BUILD.job().has("permissions")).isFalse();
        assertThat(BUILD.text()).doesNotContain("secrets.");
    }

    @Test
    void theBuildRunsWhatRunsEverywhere() {
        assertThat(BUILD.scripts(step -> true)).contains(".ci/run");
        assertThat(BUILD.job().at("/env/CI").asText()).isEqualTo("true");
    }

    @Test
    void theTokenOfTheReviewMayDoWhatIsNeededAndNoMore() throws IOException {
        assertThat(REVIEW.content().path("on").toString())
                .as("not pull_request_target, whose token may write for a fork")
                .isEqualTo("{\"pull_request\":null}");
        assertThat(REVIEW.content().path("permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
        assertThat(REVIEW.job().path("permissions")).isEqualTo(TestJson.parse("""
                {"contents": "read", "actions": "read", "id-token": "write", "pull-requests": "write",
                 "security-events": "write"}
                """));
    }

    /** The run of a fork has no variables, no identity for AWS, and a token that only reads. */
    @Test
    void aForkIsReviewedWithoutTheStepsThatNeedMore() {
        assertThat(REVIEW.job().path("if").asText())
                .isEqualTo("vars.PLAN_ROLE_ARN != ''"
                        + " || github.event.pull_request.head.repo.full_name != github.repository");
        assertThat(REVIEW.steps(WorkflowTest::needsMore)).hasSize(5).allMatch(WorkflowTest::isForOwnBranches);
        assertThat(REVIEW.scripts(step -> !isForOwnBranches(step)))
                .anyMatch(script -> script.contains("ci/plan-review.sh"))
                .anyMatch(script -> script.contains("$GITHUB_STEP_SUMMARY"));
    }

    private static boolean needsMore(JsonNode step) {
        return Stream.of("configure-aws-credentials", "github.token", "upload-sarif", "plan-review/plans")
                .anyMatch(step.toString()::contains);
    }

    private static boolean isForOwnBranches(JsonNode step) {
        return step.path("if").asText().contains("env.FORK == 'false'");
    }

    @Test
    void withoutAReviewTheCommentIsFoundByTheReviewsMarker() {
        assertThat(REVIEW.scripts(step -> step.path("name").asText().equals("Comment without a review")))
                .singleElement()
                .satisfies(script -> assertThat(script).contains("'" + MarkdownReview.MARKER + "'", "--update-only"));
    }
}
