package dev.eksplatform.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.SynthesizedFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workspace, state and lock file of a plan file are bound, and compared before anything is applied. */
class PlanFileTest {

    private static final String LOCK = """
            # This file is maintained automatically by "terraform init".
            provider "registry.terraform.io/hashicorp/aws" {
              version = "6.0.0"
            }
            """;

    @TempDir
    Path folder;

    private Path json;
    private Path planFile;
    private Path stack;

    @BeforeEach
    void planned() throws IOException {
        json = Files.write(folder.resolve("plan.json"), PlanFiles.recordedBytes("a-update"));
        stack = Files.createDirectories(folder.resolve("out/stacks/shop"));
        Files.createDirectories(stack.resolve(".terraform"));
        Files.writeString(stack.resolve(".terraform/environment"), "blue");
        Files.writeString(stack.resolve("cdk.tf.json"), "{\"terraform\":{}}");
        Files.writeString(stack.resolve(".terraform.lock.hcl"), LOCK);
        planFile = plan("blue", "one", 4, LOCK);
    }

    @Test
    void itsWorkspaceStateAndLockAreRead() {
        assertThat(PlanFile.read(planFile))
                .contains(new PlanFile(Optional.of("blue"), new PlanFile.State("one", 4), PlanFile.lock(LOCK)));
        assertThat(PlanFile.read(json)).isEmpty();
    }

    @Test
    void whatWasReviewedIsApplied() {
        assertThatCode(() -> apply("one", 4)).doesNotThrowAnyException();
    }

    @Test
    void commentsOfTheLockFileDoNotMatter() throws IOException {
        Files.writeString(stack.resolve(".terraform.lock.hcl"), "# other\r\n" + LOCK.replace("\n", "\r\n"));
        assertThatCode(() -> apply("one", 4)).doesNotThrowAnyException();
    }

    @Test
    void anotherWorkspaceIsToBeSelected() throws IOException {
        Files.delete(stack.resolve(".terraform/environment"));
        assertThatThrownBy(() -> apply("one", 4))
                .hasMessage(
                        "stack shop: the selected workspace is default; allowed: the reviewed workspace blue; fix: run"
                                + " `terraform -chdir=" + stack + " workspace select blue`, without TF_WORKSPACE in the"
                                + " environment");
    }

    @Test
    void withoutThePlanFileTheReviewBindsTheSelectedWorkspaceAndTheLockFile() throws IOException {
        ReviewBinding binding = ReviewBinding.of("shop", json, Optional.empty(), stack, null);
        assertThat(binding.workspace()).isEqualTo("blue");
        assertThat(binding.lockDigest()).isEqualTo(bound().lockDigest());
        assertThat(binding.lineage()).isNull();
        Path green = plan("green", "one", 4, LOCK);
        assertThatThrownBy(() -> binding.verify(json, PlanFile.read(green), stack, Checkout.given(null)))
                .hasMessage("stack shop: a plan of the workspace green; allowed: the reviewed workspace blue; fix: give"
                        + " the plan of that workspace, or review this one");
    }

    @Test
    void anotherLockFileIsRefused() throws IOException {
        Files.writeString(stack.resolve(".terraform.lock.hcl"), LOCK.replace("6.0.0", "6.1.0"));
        assertThatThrownBy(() -> apply("one", 4))
                .hasMessageMatching(
                        "stack shop: the lock file \\S+/\\.terraform\\.lock\\.hcl has changed since the review;"
                                + " allowed: lock file [0-9a-f]{12}; fix: put the reviewed lock file back and run `terraform"
                                + " init -lockfile=readonly`, or plan and review with this one");
        Files.delete(stack.resolve(".terraform.lock.hcl"));
        assertThatThrownBy(() -> apply("one", 4)).hasMessageContaining("has changed since the review;");
    }

    @Test
    void aPlanOfAnotherStateIsRefused() throws IOException {
        ReviewBinding bound = bound();
        Path other = plan("blue", "two", 4, LOCK);
        assertThatThrownBy(() -> bound.verify(json, PlanFile.read(other), stack, Checkout.given(null)))
                .hasMessage(
                        "stack shop: a plan of another state, lineage \"two\"; allowed: the reviewed lineage \"one\";"
                                + " fix: review this plan, then apply it with that review");
    }

    @Test
    void aStateThatHasMovedOnIsFoundBeforeAnythingIsApplied() {
        assertThatThrownBy(() -> apply("one", 5))
                .hasMessage("stack shop: a stale plan: the state has changed since " + planFile
                        + " was created; fix: plan, review and apply again");
        assertThatThrownBy(() -> apply("two", 4))
                .hasMessage(
                        "stack shop: " + planFile + " was created from the state of another lineage, one; allowed: the"
                                + " lineage of the current state, two; fix: check that workspace and backend are those of the"
                                + " plan; else plan, review and apply again");
        assertThatThrownBy(() -> apply("", 0))
                .hasMessageContaining("the lineage of the current state, which is empty;");
    }

    @Test
    void theFirstPlanOfAStackNeedsAStateWithoutVersions() throws IOException {
        planFile = plan("blue", "", 0, LOCK);
        assertThatCode(() -> apply("", 0)).doesNotThrowAnyException();
        assertThatThrownBy(() -> apply("one", 1)).hasMessageContaining("a stale plan:");
    }

    @Test
    void aPlanInJsonIsNotAPlanFile() {
        assertThatThrownBy(() -> ReviewBinding.of("shop", json, Optional.of(json), stack, null))
                .hasMessage(
                        json + ": not a plan file; allowed: what `terraform plan -out` wrote; fix: give the plan file,"
                                + " not its JSON; leave it out for HCP Terraform and encrypted plans");
    }

    private ReviewBinding bound() {
        return ReviewBinding.of("shop", json, Optional.of(plan()), stack, null);
    }

    private Path plan() {
        return planFile;
    }

    /** With a script in the place of terraform, whose state has this lineage and serial. */
    private void apply(String lineage, long serial) throws IOException {
        Path review = Files.writeString(folder.resolve("review.json"), """
                {"stacks": [{"name": "shop", "binding": {"planDigest": "%s", "configurationDigest": "%s", "workspace": "%s",
                  "lineage": "%s", "lockDigest": "%s"}}]}
                """.formatted(
                        PlanDigest.ofPlan(json),
                        PlanDigest.ofConfiguration(stack),
                        "blue",
                        PlanFile.read(planFile).orElseThrow().state().lineage(),
                        PlanDigest.ofText(PlanFile.lock(LOCK))));
        String state = lineage.isEmpty() ? "" : "{\"lineage\": \"" + lineage + "\", \"serial\": " + serial + "}";
        Path script = Files.writeString(folder.resolve("terraform"), """
                #!/bin/sh
                case "$1" in
                show) cat '%s' ;;
                state) printf '%%s' '%s' ;;
                esac
                """.formatted(json, state));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        new ReviewedApply(script.toString(), new SynthesizedFolder(folder.resolve("out")), Checkout.given(null))
                .run(review, Map.of("shop", planFile), new PrintWriter(new StringWriter()), stack -> {});
    }

    private Path plan(String workspace, String lineage, long serial, String lock) throws IOException {
        Path file = folder.resolve(workspace + lineage + serial + ".tfplan");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            entry(zip, "tfplan", tfplan(workspace));
            entry(
                    zip,
                    "tfstate",
                    ("{\"version\": 4, \"serial\": " + serial + ", \"lineage\": \"" + lineage + "\"}")
                            .getBytes(StandardCharsets.UTF_8));
            entry(zip, ".terraform.lock.hcl", lock.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    /** The fields of Terraform's planfile.proto around the workspace. */
    private static byte[] tfplan(String workspace) {
        ByteArrayOutputStream backend = new ByteArrayOutputStream();
        field(backend, 1, "local".getBytes(StandardCharsets.UTF_8));
        field(backend, 3, workspace.getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream plan = new ByteArrayOutputStream();
        plan.write(8);
        plan.write(3);
        field(plan, 14, "1.11.4".getBytes(StandardCharsets.UTF_8));
        field(plan, 13, backend.toByteArray());
        return plan.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] value) {
        out.write(number << 3 | 2);
        out.write(value.length);
        out.writeBytes(value);
    }

    private static void entry(OutputStream out, String name, byte[] content) throws IOException {
        ZipOutputStream zip = (ZipOutputStream) out;
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
