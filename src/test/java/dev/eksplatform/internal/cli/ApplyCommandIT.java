package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.terraform.Command;
import dev.eksplatform.terraform.Moto;
import dev.eksplatform.terraform.RequiresPrograms;
import dev.eksplatform.terraform.TerraformRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code apply} with Terraform: the command runs in its own process because terraform takes its account from the environment. */
@RequiresPrograms
class ApplyCommandIT {

    @TempDir
    Path folder;

    @Test
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
            Command otherCommit = run(terraform, arguments, "def");
            assertThat(otherCommit.output()).contains("stack shop: commit def; allowed: the reviewed commit abc;");
            assertThat(otherCommit.exitCode()).isEqualTo(2);

            Command applied = run(terraform, arguments, "abc");
            assertThat(applied.output())
                    .startsWith("Applying the reviewed plan of shop\n")
                    .contains("Apply complete! Resources: 1 added, 0 changed, 0 destroyed.");
            assertThat(applied.exitCode()).isZero();

            Command again = run(terraform, arguments, "abc");
            assertThat(again.output())
                    .contains("stack shop: a stale plan: the state has changed since " + planFile
                            + " was made; fix: plan, review and apply again");
            assertThat(again.exitCode()).isEqualTo(2);

            Files.writeString(stack, Files.readString(stack).replace("hello", "good evening"));
            terraform.replaceStack(stack);
            assertThat(terraform.planDetailed()).isPresent();
            Command other = run(terraform, arguments, "abc");
            assertThat(other.output())
                    .contains("stack shop: another plan than the reviewed one;")
                    .contains("stack shop: the configuration in ");
            assertThat(other.exitCode()).isEqualTo(2);
        }
    }

    private static Command run(TerraformRunner terraform, List<String> arguments, String commit) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        line.addAll(arguments);
        line.addAll(List.of("--commit", commit));
        return Command.run(Path.of("").toAbsolutePath(), terraform.environment(), line);
    }
}
