package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.terraform.Moto;
import dev.eksplatform.terraform.RequiresPrograms;
import dev.eksplatform.terraform.TerraformRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyCommandTest {

    @TempDir
    Path folder;

    @Test
    void needsAReviewAndAStack() {
        CommandRun run = CommandRun.of("apply");
        assertThat(run.err()).isEqualTo("""
                --reviewed: not given; allowed: --reviewed FILE; fix: add it; see eks-platform apply --help
                --stack: not given; allowed: --stack NAME=PLANFILE; fix: add it; see eks-platform apply --help
                2 problems
                """);
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void refusesAReviewThatBindsNothing() throws Exception {
        Path plan = Files.write(folder.resolve("plan.json"), PlanFiles.recordedBytes("a-noop"));
        Path review = folder.resolve("review.json");
        CommandRun.of("review", "--today", "2026-03-01", "--stack", "shop=" + plan, "--json", review.toString());
        CommandRun run = CommandRun.of("apply", "--reviewed", review.toString(), "--stack", "shop=" + plan);
        assertThat(run.err())
                .isEqualTo(review + ": nothing that binds stack shop; allowed: a review in JSON of this stack"
                        + " and its plan; fix: run the review again with --json FILE and give that file\n1 problem\n");
        assertThat(run.status()).isEqualTo(2);
    }

    /** The command runs in a process of its own, because terraform takes its account from the environment. */
    @Test
    @RequiresPrograms
    void whatWasReviewedIsAppliedOnceAndNothingElse() throws Exception {
        try (Moto aws = Moto.start("111122223333")) {
            Path stack = Files.writeString(folder.resolve("cdk.tf.json"), """
                    {"terraform": {"required_providers": {"aws": {"source": "aws", "version": "5.100.0"}},
                      "backend": {"local": {"path": "terraform.tfstate"}}},
                     "provider": {"aws": [{"region": "eu-central-1"}]},
                     "resource": {"aws_ssm_parameter": {"greeting": {"name": "/shop/greeting", "type": "String", "value": "hello"}}}}
                    """);
            TerraformRunner terraform = TerraformRunner.of("apply-command/stacks/shop", stack, aws);
            Path out = terraform.folder().resolve("../..").normalize();
            terraform.init();
            assertThat(terraform.planDetailed()).isPresent();
            Path planFile = terraform.folder().resolve("plan.tfplan");
            Path plan = Files.writeString(
                    folder.resolve("plan.json"), terraform.showJson().toString());
            Path review = folder.resolve("review.json");
            CommandRun reviewed = CommandRun.of(
                    "review",
                    "--today",
                    "2026-03-01",
                    "--stack",
                    "shop=" + plan,
                    "--config",
                    out.toString(),
                    "--commit",
                    "abc",
                    "--json",
                    review.toString());
            assertThat(reviewed.status()).isZero();

            List<String> arguments = List.of(
                    "apply",
                    "--reviewed",
                    review.toString(),
                    "--stack",
                    "shop=" + planFile,
                    "--config",
                    out.toString());
            Ended otherCommit = run(terraform, arguments, "def");
            assertThat(otherCommit.said()).contains("stack shop: commit def; allowed: the reviewed commit abc;");
            assertThat(otherCommit.status()).isEqualTo(2);

            Ended applied = run(terraform, arguments, "abc");
            assertThat(applied.said())
                    .startsWith("Applying the reviewed plan of shop\n")
                    .contains("Apply complete! Resources: 1 added, 0 changed, 0 destroyed.");
            assertThat(applied.status()).isZero();

            Ended again = run(terraform, arguments, "abc");
            assertThat(again.said())
                    .contains("stack shop: a stale plan: the state has changed since " + planFile
                            + " was made; allowed: a plan of the current state; fix: plan, review and apply again");
            assertThat(again.status()).isEqualTo(2);

            Files.writeString(stack, Files.readString(stack).replace("hello", "good evening"));
            terraform.replaceStack(stack);
            assertThat(terraform.planDetailed()).isPresent();
            Ended other = run(terraform, arguments, "abc");
            assertThat(other.said())
                    .contains("stack shop: another plan than the reviewed one;")
                    .contains("stack shop: the configuration in ");
            assertThat(other.status()).isEqualTo(2);
        }
    }

    private record Ended(int status, String said) {}

    private Ended run(TerraformRunner terraform, List<String> arguments, String commit) throws Exception {
        List<String> line = new java.util.ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        line.addAll(arguments);
        line.addAll(List.of("--commit", commit));
        Path said = folder.resolve("said.txt");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().clear();
        builder.environment().putAll(terraform.environment());
        int status = builder.start().waitFor();
        return new Ended(status, Files.readString(said));
    }
}
