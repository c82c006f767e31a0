package dev.eksplatform.ci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.eksplatform.internal.review.render.MarkdownReview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The plan review's workflow gives nobody more than they need. */
class WorkflowTest {

    private static String text = "";
    private static JsonNode workflow = MissingNode.getInstance();
    private static JsonNode job = MissingNode.getInstance();

    @BeforeAll
    static void read() throws IOException {
        text = Files.readString(Path.of(".github/workflows/plan-review.yml"));
        workflow =
                new ObjectMapper().valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
        job = workflow.at("/jobs/review");
    }

    @Test
    void everyActionIsPinnedByItsCommitAndTellsItsVersion() {
        List<String> uses = text.lines().filter(line -> line.contains("uses:")).toList();

        assertThat(uses).hasSameSizeAs(steps(step -> step.has("uses")));
        assertThat(uses)
                .isNotEmpty()
                .allMatch(line -> line.matches("[ -]+uses: [\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"));
    }

    /** Titles and branch names are anybody's: they reach a shell as variables only. */
    @Test
    void noScriptIsMadeOfExpressions() {
        assertThat(scripts(step -> true)).isNotEmpty().noneMatch(script -> script.contains("${{"));
    }

    @Test
    void theTokenMayDoWhatIsNeededAndNoMore() throws IOException {
        assertThat(workflow.path("on").toString())
                .as("not pull_request_target, whose token may write for a fork")
                .isEqualTo("{\"pull_request\":null}");
        assertThat(workflow.path("jobs")).hasSize(1);
        assertThat(workflow.path("permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
        assertThat(job.path("permissions")).isEqualTo(new ObjectMapper().readTree("""
                {"contents": "read", "actions": "read", "id-token": "write", "pull-requests": "write",
                 "security-events": "write"}
                """));
    }

    /** A fork's run has no variables, no identity for AWS, and a token that only reads. */
    @Test
    void aForkIsReviewedWithoutTheStepsThatNeedMore() {
        assertThat(job.path("if").asText())
                .isEqualTo("vars.PLAN_ROLE_ARN != ''"
                        + " || github.event.pull_request.head.repo.full_name != github.repository");
        assertThat(steps(WorkflowTest::needsMore)).hasSize(5).allMatch(WorkflowTest::isForOwnBranches);
        assertThat(scripts(step -> !isForOwnBranches(step)))
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
        assertThat(scripts(step -> step.path("name").asText().equals("Comment without a review")))
                .singleElement()
                .satisfies(script -> assertThat(script).contains("'" + MarkdownReview.MARKER + "'", "--update-only"));
    }

    private static List<JsonNode> steps(Predicate<JsonNode> which) {
        return StreamSupport.stream(job.path("steps").spliterator(), false)
                .filter(which)
                .toList();
    }

    private static List<String> scripts(Predicate<JsonNode> which) {
        return steps(which.and(step -> step.has("run"))).stream()
                .map(step -> step.path("run").asText())
                .toList();
    }
}
