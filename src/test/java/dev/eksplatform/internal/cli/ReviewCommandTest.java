package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.apply.ReviewBinding;
import dev.eksplatform.internal.plan.PlanFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewCommandTest {

    private static final String DAY = "2026-03-01";

    @TempDir
    Path folder;

    private Path replaced;
    private Path noop;

    @BeforeEach
    void plans() throws IOException {
        replaced = Files.write(folder.resolve("replaced.json"), PlanFiles.recordedBytes("a-replace-cluster"));
        noop = Files.write(folder.resolve("noop.json"), PlanFiles.recordedBytes("a-noop"));
    }

    private static CommandRun review(String... arguments) {
        return CommandRun.of(Stream.concat(Stream.of("review", "--today", DAY), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private Path synthesized(String name, String stack, String resources) throws IOException {
        Path out = folder.resolve(name);
        Path one = Files.createDirectories(out.resolve("stacks").resolve(stack));
        Files.writeString(one.resolve("cdk.tf.json"), "{\"terraform\":{},\"resource\":{" + resources + "}}");
        return out;
    }

    private List<String> inFolder() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void markdownGoesToStandardOutputAndAReplacedClusterFails() {
        CommandRun run = review("--stack", "shop=" + replaced);
        assertThat(run.out())
                .contains(
                        "## 🔴 Replaces `aws_eks_cluster.c`: a new cluster, so every workload is lost and every IRSA trust"
                                + " breaks. 3 more risks are severe: 1 critical, 2 high. 12 replaced, 2 changed.")
                .contains("`cluster-kept`");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void theThresholdDecidesTheStatus() {
        assertThat(review("--stack", "shop=" + noop, "--fail-on", "info").status())
                .isZero();
        assertThat(review("--stack", "shop=" + noop, "--fail-on-all", "critical")
                        .status())
                .isZero();
        assertThat(review("--stack", "shop=" + noop, "--fail-on-all", "info").status())
                .isEqualTo(1);
        assertThat(review("--stack", "shop=" + replaced, "--fail-on", "critical")
                        .status())
                .isEqualTo(1);
        assertThat(review("--stack", "shop=" + noop, "--fail-on-risk", "low").status())
                .isZero();
    }

    @Test
    void mistakesInTheOptionsOfTheGateAreReportedTogether() {
        CommandRun run = review("--stack", "shop=" + noop, "--fail-on-all", "hig", "--run", "javascript:alert(1)");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--fail-on-all", "--run", "\"javascript:alert(1)\" is not an address");
    }

    @Test
    void everyOutputGoesToItsFile() throws Exception {
        Path out = folder.resolve("out");
        CommandRun run = review(
                "--stack", "shop=" + replaced,
                "--markdown", out.resolve("review.md").toString(),
                "--html", out.resolve("review.html").toString(),
                "--sarif", out.resolve("review.sarif").toString(),
                "--junit", out.resolve("review.xml").toString(),
                "--json", out.resolve("review.json").toString());
        assertThat(run.out()).isEmpty();
        assertThat(Files.readString(out.resolve("review.md"))).startsWith("<!-- eks-platform review -->\n## 🔴 ");
        assertThat(Files.readString(out.resolve("review.html"))).startsWith("<!DOCTYPE html>");
        assertThat(Files.readString(out.resolve("review.sarif"))).contains("\"ruleId\" : \"cluster-kept\"");
        assertThat(Files.readString(out.resolve("review.xml")))
                .contains("<testcase name=\"cluster-kept aws_eks_cluster.c\"");
        assertThat(Files.readString(out.resolve("review.json"))).contains("\"rule\" : \"cluster-kept\"");
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files).hasSize(5);
        }
    }

    @Test
    void allUnusableInputIsReportedAndEveryFileStaysAsItWas() throws Exception {
        Path markdown = Files.writeString(folder.resolve("review.md"), "the old one");
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"format_version\":\"1.2\",");
        Path major =
                Files.writeString(folder.resolve("major.json"), "{\"format_version\":\"2.0\",\"planned_values\":{}}");
        CommandRun run = review(
                "--stack",
                "a=" + broken,
                "--stack",
                "b=" + major,
                "--stack",
                "c=" + folder.resolve("missing.json"),
                "--markdown",
                markdown.toString());
        assertThat(run.err())
                .contains(
                        broken + ":1:25: not JSON, or cut off;",
                        major + " format_version: \"2.0\"; allowed: 1.x (any minor);");
        assertThat(run.err()).endsWith("3 problems, nothing was written\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(2);
        assertThat(markdown).hasContent("the old one");
        assertThat(inFolder()).containsExactly("broken.json", "major.json", "noop.json", "replaced.json", "review.md");
    }

    @Test
    void oneOutputThatCannotBeWrittenLeavesTheOthersAsTheyWere() throws Exception {
        Path markdown = Files.writeString(folder.resolve("review.md"), "the old one");
        Path html = noop.resolve("review.html");
        CommandRun run = review("--stack", "a=" + noop, "--markdown", markdown.toString(), "--html", html.toString());
        assertThat(run.err())
                .isEqualTo(
                        html
                                + ": cannot be written: Not a directory; fix: remove the file in the way, or name another place\n1 problem, nothing was written\n");
        assertThat(run.status()).isEqualTo(2);
        assertThat(markdown).hasContent("the old one");
        assertThat(inFolder()).containsExactly("noop.json", "replaced.json", "review.md");
    }

    @Test
    void aSecretOfABrokenPlanIsNotInTheError() throws Exception {
        Path broken = Files.writeString(
                folder.resolve("broken.json"),
                "{\"format_version\":\"1.2\",\"variables\":{\"p\":{\"value\":\"S3cr3t\"}},S3cr3t");
        CommandRun run = review("--stack", "a=" + broken);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(broken.toString()).doesNotContain("S3cr3t");
    }

    @Test
    void anUnknownStackOfTheConfigurationIsRefusedWithASuggestion() throws Exception {
        Path configuration = synthesized("out", "shop-infrastructure", "");
        CommandRun run = review("--stack", "shop-infrastucture=" + noop, "--config", configuration.toString());
        assertThat(run.err())
                .isEqualTo(configuration + ": no stack \"shop-infrastucture\"; allowed: shop-infrastructure;"
                        + " fix: did you mean \"shop-infrastructure\"?\n1 problem, nothing was written\n");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void whatIsNoStackOptionIsRefused() {
        CommandRun run = review("--stack", "plan.json", "--stack", "a=" + noop, "--stack", "a=" + noop);
        assertThat(run.err()).isEqualTo("""
                --stack: "plan.json"; fix: write NAME=FILE
                --stack: duplicate stack "a"; fix: remove one of them
                2 problems, nothing was written
                """);
        assertThat(run.status()).isEqualTo(2);
        assertThat(review().status()).isEqualTo(2);
        assertThat(review("--no-such-option").status()).isEqualTo(2);
    }

    @Test
    void aStackWithoutAPlanIsReviewedByWhatIsSynthesized() throws Exception {
        String before = "\"helm_release\":{\"lbc\":{\"name\":\"lbc\",\"version\":\"1.13.0\"}}";
        Path base = synthesized("base", "shop-platform", before);
        synthesized("base", "shop-same", "");
        Path head = synthesized("head", "shop-platform", before.replace("1.13.0", "1.13.4"));
        synthesized("head", "shop-same", "");
        CommandRun run = review("--base", base.toString(), "--config", head.toString());
        assertThat(run.out())
                .contains("There is no plan yet", "helm_release.lbc", "1.13.4")
                .doesNotContain("shop-same");
    }

    @Test
    void aStackWhosePlanFailedIsNamedAlthoughNothingOfItChanges() throws Exception {
        Path base = synthesized("base", "shop-platform", "");
        Path head = synthesized("head", "shop-platform", "");
        CommandRun run = review("--unplanned", "shop-platform", "--base", base.toString(), "--config", head.toString());
        assertThat(run.out()).contains("No known changes; the review is not complete.", "There is no plan yet");
        assertThat(run.status()).isZero();
    }

    @Test
    void aStackWhosePlanFailedIsInTheConfiguration() throws Exception {
        Path head = synthesized("head", "shop-platform", "");
        CommandRun run = review("--unplanned", "shop-plattform", "--config", head.toString());
        assertThat(run.err())
                .isEqualTo(head + ": no stack \"shop-plattform\"; allowed: shop-platform; fix: did you mean"
                        + " \"shop-platform\"?\n1 problem, nothing was written\n");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void aReviewWithConfigurationIsBound() throws Exception {
        Path configuration = synthesized("out", "shop", "");
        Path json = folder.resolve("review.json");
        review(
                "--stack",
                "shop=" + noop,
                "--config",
                configuration.toString(),
                "--commit",
                "abc",
                "--json",
                json.toString());
        assertThat(ReviewBinding.read(json, "shop"))
                .isEqualTo(
                        ReviewBinding.of("shop", noop, Optional.empty(), configuration.resolve("stacks/shop"), "abc"));
        assertThat(ReviewBinding.read(json, "shop").commit()).isEqualTo("abc");
    }

    @Test
    void aPlanFileBelongsToAStackAndIsOne() throws Exception {
        CommandRun other = review("--stack", "shop=" + noop, "--plan-file", "other=" + noop);
        assertThat(other.err())
                .startsWith("--plan-file: given for other, which has no --stack; fix: add --stack other=FILE with the"
                        + " output of `terraform show -json`");
        CommandRun json = review(
                "--stack",
                "shop=" + noop,
                "--config",
                synthesized("out", "shop", "").toString(),
                "--plan-file",
                "shop=" + noop);
        assertThat(json.err()).contains(noop + ": not a plan file; allowed: what `terraform plan -out` wrote;");
        assertThat(json.status()).isEqualTo(2);
    }
}
