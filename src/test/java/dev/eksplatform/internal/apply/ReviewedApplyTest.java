package dev.eksplatform.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eksplatform.internal.plan.Plan;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.plan.SynthesizedFolder;
import dev.eksplatform.internal.review.Rendered;
import dev.eksplatform.internal.review.facts.Reviewer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a script in the place of terraform that shows the text of a plan file, and reports what it was asked to apply. */
class ReviewedApplyTest {

    @TempDir
    Path folder;

    private Path planFile;
    private Path stack;
    private Path review;
    private final StringWriter said = new StringWriter();
    private final List<AppliedStack> done = new ArrayList<>();

    @BeforeEach
    void reviewed() throws IOException {
        planFile = Files.write(folder.resolve("plan.tfplan"), PlanFiles.recordedBytes("a-update"));
        stack = Files.createDirectories(folder.resolve("out/stacks/shop"));
        Files.writeString(stack.resolve("cdk.tf.json"), "{\"terraform\":{}}");
        review = Files.writeString(
                folder.resolve("review.json"),
                Rendered.json(Reviewer.review(List.of(StackEvidence.planned("shop", Plan.read(planFile))), List.of())
                        .boundTo(Map.of("shop", ReviewBinding.of("shop", planFile, Optional.empty(), stack, "abc")))));
    }

    private ReviewedApply apply(String commit, String onApply) throws IOException {
        Path script = Files.writeString(folder.resolve("terraform"), """
                #!/bin/sh
                case "$1" in
                show) cat "$3" ;;
                apply) %s ;;
                esac
                """.formatted(onApply));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return new ReviewedApply(
                script.toString(), new SynthesizedFolder(folder.resolve("out")), Checkout.given(commit));
    }

    private boolean run(ReviewedApply apply) {
        return apply.run(review, Map.of("shop", planFile), new PrintWriter(said), done::add);
    }

    @Test
    void appliesTheVeryPlanFileInTheStacksFolder() throws IOException {
        assertThat(run(apply("abc", "echo \"$*\"; pwd"))).isTrue();
        assertThat(said.toString())
                .matches("Applying the reviewed plan of shop\napply -input=false -no-color \\S+/plan-0.tfplan\n"
                        + stack.toRealPath() + "\n")
                .doesNotContain(planFile.toString());
    }

    @Test
    void refusesAnotherPlan() throws IOException {
        Files.write(planFile, PlanFiles.recordedBytes("a-create"));
        assertThatThrownBy(() -> run(apply("abc", "echo applied")))
                .hasMessageMatching(
                        "stack shop: another plan than the reviewed one; allowed: plan [0-9a-f]{12}; fix: review"
                                + " this plan, then apply it with that review");
        assertThat(said.toString()).isEmpty();
    }

    @Test
    void refusesAnotherCommitAndAnotherConfiguration() throws IOException {
        Files.writeString(stack.resolve("cdk.tf.json"), "{\"terraform\":{},\"resource\":{}}");
        assertThatThrownBy(() -> run(apply("def", "echo applied")))
                .hasMessageContaining("stack shop: the configuration in " + stack + " has changed since the review;")
                .hasMessageContaining("stack shop: commit def; allowed: the reviewed commit abc;");
        assertThat(done).containsExactly(new AppliedStack("shop", AppliedStack.Outcome.REFUSED, ""));
        assertThat(said.toString()).isEmpty();
    }

    @Test
    void refusesAPlanWhoseStateHasMovedOn() throws IOException {
        assertThatThrownBy(() -> run(apply("abc", "echo 'Error: Saved plan is stale' >&2; exit 1")))
                .hasMessage("stack shop: a stale plan: the state has changed since " + planFile
                        + " was created; fix: plan, review and apply again");
        assertThat(done).containsExactly(new AppliedStack("shop", AppliedStack.Outcome.REFUSED, ""));
    }

    @Test
    void refusalsOfTerraformAreReadWithoutColours() throws IOException {
        String coloured =
                "printf '\\033[31m│\\033[0m \\033[0m\\033[1mError: \\033[0mSaved plan does not match the given"
                        + " state\\n' >&2; exit 1";
        assertThatThrownBy(() -> run(apply("abc", coloured)))
                .hasMessage(
                        "stack shop: " + planFile + " was created from the state of another lineage; fix: check that"
                                + " workspace and backend are those of the plan; else plan, review and apply again");
        ReviewedApply unshown = apply("abc", "echo applied");
        Files.writeString(
                folder.resolve("terraform"),
                "#!/bin/sh\nprintf '\\033[31m╷\\033[0m\\n\\033[31m│ \\033[1mError: \\033[0mFailed to read\\n' >&2; exit 1\n");
        assertThatThrownBy(() -> run(unshown))
                .hasMessageStartingWith(
                        planFile + ": not shown by " + folder.resolve("terraform") + ": Failed to read;");
    }

    @Test
    void whatIsAppliedIsWhatWasChecked() throws IOException {
        ReviewedApply apply = apply("abc", "grep -c format_version \"$4\"");
        String script = Files.readString(folder.resolve("terraform"));
        // as another process would: after the check, something else is in its place
        Files.writeString(
                folder.resolve("terraform"), script.replace("cat \"$3\"", "cat \"$3\"; echo replaced >" + planFile));

        assertThat(run(apply)).isTrue();
        assertThat(Files.readString(planFile)).isEqualTo("replaced\n");
        assertThat(said.toString()).endsWith("\n1\n");
    }

    @Test
    void aLinkIsFollowedOnceAndAPipeIsRefused() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link.tfplan"), planFile);
        ReviewedApply apply = apply("abc", "echo applied");
        assertThat(apply.run(review, Map.of("shop", link), new PrintWriter(said), done::add))
                .isTrue();

        Path pipe = folder.resolve("pipe.tfplan");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> apply.run(review, Map.of("shop", pipe), new PrintWriter(said), done::add))
                .hasMessageStartingWith(pipe + ": not a file, but a folder, pipe or device; fix: fetch the one");
    }

    @Test
    void theOutcomeOfEachStackIsReported() throws IOException {
        run(apply("abc", "echo 'Apply complete! Resources: 1 added, 0 changed, 0 destroyed.'"));
        run(apply("abc", "printf '\\033[31m│\\033[0m Error: no credentials\\n' >&2; exit 1"));

        assertThat(done)
                .containsExactly(
                        new AppliedStack(
                                "shop",
                                AppliedStack.Outcome.APPLIED,
                                "Apply complete! Resources: 1 added, 0 changed, 0 destroyed."),
                        new AppliedStack("shop", AppliedStack.Outcome.FAILED, "no credentials"));
    }

    @Test
    void saysWhenTerraformFails() throws IOException {
        assertThat(run(apply("abc", "echo 'Error: no credentials' >&2; exit 1")))
                .isFalse();
        assertThat(said.toString()).endsWith("Error: no credentials\n");
    }

    @Test
    void refusesWhatTerraformCannotShow() throws IOException {
        ReviewedApply apply = apply("abc", "echo applied");
        Files.writeString(
                folder.resolve("terraform"), "#!/bin/sh\necho >&2; echo '│ Error: Failed to read' >&2; exit 1\n");
        assertThatThrownBy(() -> run(apply))
                .hasMessage(
                        planFile + ": not shown by " + folder.resolve("terraform") + ": Failed to read; allowed: a plan"
                                + " file of `terraform plan -out`, in an initialized stack; fix: run `terraform init` in "
                                + stack
                                + "; give the plan file, not its JSON");
    }

    @Test
    void refusesAMissingPlanFileAndAMissingProgram() throws IOException {
        ReviewedApply missing = new ReviewedApply(
                folder.resolve("tofu").toString(), new SynthesizedFolder(folder.resolve("out")), Checkout.given("abc"));
        assertThatThrownBy(() -> run(missing))
                .hasMessage(
                        folder.resolve("tofu") + ": a program that cannot be run; fix: install it, or name its path");
        Files.delete(planFile);
        assertThatThrownBy(() -> run(apply("abc", "echo applied")))
                .hasMessage(planFile + ": no such file; fix: fetch the one that"
                        + " `terraform plan -out` wrote for the review");
    }
}
