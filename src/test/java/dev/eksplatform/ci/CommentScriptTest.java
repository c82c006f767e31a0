package dev.eksplatform.ci;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.eksplatform.internal.apply.AppliedStack;
import dev.eksplatform.internal.review.Rendered;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.facts.Reviewer;
import dev.eksplatform.internal.review.render.MarkdownApply;
import dev.eksplatform.internal.review.render.MarkdownReview;
import dev.eksplatform.terraform.Command;
import dev.eksplatform.terraform.RequiresPrograms;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ci/comment.sh} keeps one comment on pull request 7 of shop/platform; GitHub's REST API is played by WireMock. */
@RequiresPrograms({"bash", "curl", "jq"})
class CommentScriptTest {

    private static final String TOKEN = "ghs_0123456789";
    private static final String COMMENTS = "/repos/shop/platform/issues/7/comments";
    private static final String COMMENT = "/repos/shop/platform/issues/comments/";
    private static final String REVIEW = MarkdownReview.MARKER
            + "\n## 🟠 It's \"one\" \\ two\\n $(touch broken) `id` ${HOME} %s\n\n\ttab, ünïcödé, 𝔘𝔫𝔦, 🚀\n";
    private static final String OLD = MarkdownReview.MARKER + "\nof an earlier commit";

    @TempDir
    private Path folder;

    private static final WireMockServer github = new WireMockServer(
            WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

    @BeforeAll
    static void start() {
        github.start();
    }

    @AfterAll
    static void stop() {
        github.stop();
    }

    @BeforeEach
    void reset() {
        github.resetAll();
        github.stubFor(get("/user").willReturn(refusal("Resource not accessible by integration")));
        github.stubFor(post(COMMENTS).willReturn(jsonResponse("{}", 201)));
        page(1);
    }

    @Test
    void theFirstReviewBecomesAComment() throws IOException {
        comment(REVIEW).expect(0);

        assertThat(requests()).containsExactly("GET /user", "GET " + COMMENTS, "POST " + COMMENTS);
        assertThat(writtenBody()).isEqualTo(REVIEW);
        assertThat(last().getHeader("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void theNextOneUpdatesItEvenOnTheSecondPage() throws IOException {
        page(1, Collections.nCopies(100, bot(1, "Coverage: 90 %")).toArray(String[]::new));
        page(2, bot(2, "Coverage: 91 %"), bot(42, OLD), bot(43, OLD));
        github.stubFor(patch(COMMENT + "42").willReturn(jsonResponse("{}", 200)));

        comment(REVIEW).expect(0);

        assertThat(requests())
                .containsExactly("GET /user", "GET " + COMMENTS, "GET " + COMMENTS, "PATCH " + COMMENT + "42");
        assertThat(writtenBody()).isEqualTo(REVIEW);
    }

    @Test
    void whoQuotesTheMarkerKeepsTheirComment() throws IOException {
        page(1, by("User", "ada", 1, OLD), bot(2, "As the review said:\n> " + OLD), "{\"id\": 3, \"user\": null}");

        comment(REVIEW).expect(0);

        assertThat(requests()).last().isEqualTo("POST " + COMMENTS);
    }

    @Test
    void withTheTokenOfAUserThatUsersCommentIsUpdated() throws IOException {
        github.stubFor(get("/user").willReturn(jsonResponse("{\"login\": \"ada\"}", 200)));
        page(1, bot(1, OLD), by("User", "ben", 2, OLD), by("User", "ada", 3, OLD));
        github.stubFor(patch(COMMENT + "3").willReturn(jsonResponse("{}", 200)));

        comment(REVIEW).expect(0);

        assertThat(requests()).last().isEqualTo("PATCH " + COMMENT + "3");
    }

    @Test
    void aReviewWithoutChangesMakesNoCommentButUpdatesOne() throws IOException {
        Review review = Reviewer.review(List.of(), List.of());
        String noChanges = MarkdownReview.render(review, "the page");
        Files.writeString(folder.resolve("review.json"), Rendered.json(review));
        comment(noChanges).expect(0);
        assertThat(requests()).containsExactly("GET /user", "GET " + COMMENTS);

        page(1, bot(42, OLD));
        github.stubFor(patch(COMMENT + "42").willReturn(jsonResponse("{}", 200)));
        comment(noChanges).expect(0);
        assertThat(writtenBody()).isEqualTo(noChanges);
    }

    /** Whatever the words of the headline are. */
    @Test
    void theJsonDecidesWhetherAChangeHasAnEffect() throws IOException {
        Files.writeString(folder.resolve("review.json"), "{\"hasEffect\": false}");
        comment(REVIEW).expect(0);
        assertThat(requests()).allMatch(request -> request.startsWith("GET "));

        Files.writeString(folder.resolve("review.json"), "{\"hasEffect\": true}");
        comment(MarkdownReview.MARKER + "\n## 🔵 No effect: 1\n").expect(0);
        assertThat(requests()).last().isEqualTo("POST " + COMMENTS);

        Files.writeString(folder.resolve("review.json"), "half of a");
        assertThat(comment(REVIEW).expect(2).output()).endsWith("review.json is not a review in JSON\n");
    }

    @Test
    void theResultOfAnApplyIsAddedToTheReviewAndReplaced() throws IOException {
        String failed = result(AppliedStack.Outcome.FAILED, "no credentials");
        page(1, bot(42, REVIEW));
        github.stubFor(patch(COMMENT + "42").willReturn(jsonResponse("{}", 200)));

        comment(failed).expect(0);

        String rest = REVIEW.substring(MarkdownReview.MARKER.length() + 1);
        assertThat(writtenBody()).isEqualTo(failed + rest);

        page(1, bot(42, failed + rest));
        String applied =
                result(AppliedStack.Outcome.APPLIED, "Apply complete! Resources: 1 added, 0 changed, 0 destroyed.");
        comment(applied).expect(0);

        assertThat(writtenBody())
                .isEqualTo(applied + rest)
                .contains("## ✅ Applied\n\n- `shop` is applied: Apply complete!");
    }

    @Test
    void theResultOfAnApplyWithoutAReviewIsACommentOfItsOwn() throws IOException {
        String applied = result(AppliedStack.Outcome.APPLIED, "");
        comment(applied).expect(0);

        assertThat(requests()).last().isEqualTo("POST " + COMMENTS);
        assertThat(writtenBody()).isEqualTo(applied);
    }

    @Test
    void aReviewThatIsTooLongWithTheResultIsCutOffBelow() throws IOException {
        String applied = result(AppliedStack.Outcome.APPLIED, "");
        page(1, bot(42, MarkdownReview.MARKER + "\n" + "é".repeat(65_000)));
        github.stubFor(patch(COMMENT + "42").willReturn(jsonResponse("{}", 200)));

        comment(applied).expect(0);
        assertThat(writtenBody())
                .startsWith(applied)
                .hasSizeLessThanOrEqualTo(65_536)
                .endsWith("é");
    }

    @Test
    void aResultThatIsCutOffIsBadInput() throws IOException {
        String cut = result(AppliedStack.Outcome.APPLIED, "").replace(MarkdownApply.END, "");
        assertThat(comment(cut).expect(2).output()).contains("does not end with " + MarkdownApply.END);
        assertThat(requests()).isEmpty();
    }

    private static String result(AppliedStack.Outcome outcome, String said) {
        return MarkdownApply.render(List.of(new AppliedStack("shop", outcome, said)), List.of());
    }

    @Test
    void updateOnlyMakesNoComment() throws IOException {
        comment(REVIEW, "--update-only").expect(0);

        assertThat(requests()).containsExactly("GET /user", "GET " + COMMENTS);
    }

    @Test
    void theTokenIsInTheHeaderAndNowhereElse() throws IOException {
        Path arguments = folder.resolve("arguments");
        Path curl = Files.writeString(
                folder.resolve("curl"),
                "#!/bin/sh\nprintf '%s\\n' \"$@\" >>" + arguments + "\nexec " + RequiresPrograms.Condition.path("curl")
                        + " \"$@\"\n");
        Files.setPosixFilePermissions(curl, PosixFilePermissions.fromString("rwxr-xr-x"));

        Command comment = comment(REVIEW).expect(0);

        github.verify(3, anyRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer " + TOKEN)));
        assertThat(Files.readString(arguments)).contains("--request\nPOST\n").doesNotContain(TOKEN);
        assertThat(comment.output()).isEmpty();
    }

    @Test
    void aTokenThatMayNotWriteIsReportedWithTheFix() throws IOException {
        github.stubFor(post(COMMENTS).willReturn(refusal("Resource not accessible by integration")));

        assertThat(comment(REVIEW).expect(1).output())
                .isEqualTo("comment: POST " + github.baseUrl() + COMMENTS
                        + ": HTTP 403: Resource not accessible by integration; fix: give the token the permission"
                        + " pull-requests: write; a pull request from a fork has none\n");
    }

    @Test
    void anInvalidTokenIsReportedWithTheFix() throws IOException {
        github.stubFor(get("/user").willReturn(jsonResponse("{\"message\": \"Bad credentials\"}", 401)));

        assertThat(comment(REVIEW).expect(1).output())
                .isEqualTo("comment: GET " + github.baseUrl()
                        + "/user: HTTP 401: Bad credentials; fix: give a valid token in GH_TOKEN\n");
    }

    /** Its answer got lost on the way back: a second one would stand there forever. */
    @Test
    void aCommentThatWasMadeInSpiteOfAnErrorIsNotMadeTwice() throws IOException {
        github.stubFor(post(COMMENTS)
                .inScenario("lost")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("made")
                .willReturn(aResponse().withStatus(502).withHeader("Retry-After", "0")));
        github.stubFor(get(urlPathEqualTo(COMMENTS))
                .inScenario("lost")
                .whenScenarioStateIs("made")
                .willReturn(jsonResponse("[" + bot(42, REVIEW) + "]", 200)));
        github.stubFor(patch(COMMENT + "42").willReturn(jsonResponse("{}", 200)));

        comment(REVIEW).expect(0);

        assertThat(requests())
                .containsSubsequence("POST " + COMMENTS, "PATCH " + COMMENT + "42")
                .containsOnlyOnce("POST " + COMMENTS);
    }

    @Test
    void aSecondaryRateLimitIsWaitedForButNotForEver() throws IOException {
        github.stubFor(post(COMMENTS)
                .willReturn(refusal("You have exceeded a secondary rate limit").withHeader("Retry-After", "0")));

        assertThat(comment(REVIEW).expect(1).output())
                .isEqualTo("comment: POST " + github.baseUrl() + COMMENTS
                        + ": HTTP 403, 4 times; fix: run this again when GitHub is available\n");
        assertThat(requests())
                .filteredOn(request -> request.startsWith("POST "))
                .hasSize(4);
    }

    @Test
    void whatIsNoReviewIsNotSent() throws IOException {
        assertThat(comment("Hello\n").expect(2).output())
                .endsWith("review.md does not begin with a marker, as review --markdown writes it\n");
        assertThat(requests()).isEmpty();
    }

    private Command comment(String review, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("review.md"), review);
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.put("PATH", folder + ":" + environment.get("PATH"));
        environment.put("GITHUB_API_URL", github.baseUrl());
        environment.put("GITHUB_REPOSITORY", "shop/platform");
        environment.put("GH_TOKEN", TOKEN);
        List<String> line = new ArrayList<>(
                List.of(Path.of("ci/comment.sh").toAbsolutePath().toString()));
        line.addAll(List.of(options));
        line.addAll(List.of(file.toString(), "7"));
        return Command.run(folder, environment, line);
    }

    private void page(int number, String... comments) {
        github.stubFor(get(COMMENTS + "?per_page=100&page=" + number)
                .willReturn(jsonResponse("[" + String.join(",", comments) + "]", 200)));
    }

    private static String bot(int id, String body) {
        return by("Bot", "github-actions[bot]", id, body);
    }

    private static String by(String type, String login, int id, String body) {
        return TestJson.tree(Map.of("id", id, "user", Map.of("type", type, "login", login), "body", body))
                .toString();
    }

    private static ResponseDefinitionBuilder refusal(String message) {
        return jsonResponse("{\"message\": \"" + message + "\"}", 403);
    }

    private List<LoggedRequest> log() {
        return github.findAll(anyRequestedFor(anyUrl()));
    }

    private LoggedRequest last() {
        return log().get(log().size() - 1);
    }

    private List<String> requests() {
        return log().stream()
                .map(request -> request.getMethod() + " " + request.getUrl().split("\\?", 2)[0])
                .toList();
    }

    private String writtenBody() {
        return TestJson.parse(last().getBodyAsString()).path("body").asText();
    }
}
