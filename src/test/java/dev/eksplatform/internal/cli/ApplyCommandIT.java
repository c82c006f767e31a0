package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.terraform.Command;
import dev.eksplatform.terraform.Moto;
import dev.eksplatform.terraform.RequiresPrograms;
import dev.eksplatform.terraform.TerraformRunner;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
                    "--plan-file",
                    "shop=" + planFile,
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
            assertThat(otherCommit.output())
                    .contains("stack shop: commit def; allowed: the reviewed commit abc;")
                    .doesNotContain("\u001b[");
            assertThat(otherCommit.exitCode()).isEqualTo(2);

            Command applied = run(terraform, arguments, "abc");
            assertThat(applied.output())
                    .startsWith("Applying the reviewed plan of shop\n")
                    .contains("Apply complete! Resources: 1 added, 0 changed, 0 destroyed.");
            assertThat(applied.exitCode()).isZero();
            assertThat(folder.resolve("result.md"))
                    .content()
                    .contains("- `shop` is applied: Apply complete! Resources: 1 added, 0 changed, 0 destroyed.\n");

            Command again = run(terraform, arguments, "abc");
            assertThat(again.output())
                    .contains("stack shop: a stale plan: the state has changed since " + planFile
                            + " was created; fix: plan, review and apply again");
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

    /** Both workspaces are empty: Terraform itself would apply the plan in the wrong one. */
    @Test
    void aPlanIsAppliedInItsWorkspaceOnly() throws Exception {
        Path stack = Files.createDirectories(folder.resolve("out/stacks/shop"));
        Files.writeString(stack.resolve("cdk.tf.json"), """
                {"terraform": {"backend": {"local": {"path": "terraform.tfstate"}}},
                 "resource": {"terraform_data": {"greeting": {"input": "hello"}}}}
                """);
        terraform(stack, "init");
        terraform(stack, "workspace", "new", "blue");
        terraform(stack, "plan", "-out=plan.tfplan");
        Path planFile = stack.resolve("plan.tfplan");
        String shown = terraform(stack, "show", "-json", "plan.tfplan");
        Path plan = Files.writeString(folder.resolve("plan.json"), shown);
        Path review = folder.resolve("review.json");
        CommandRun reviewed = CommandRun.of(
                "review",
                "--today",
                "2026-03-01",
                "--stack",
                "shop=" + plan,
                "--plan-file",
                "shop=" + planFile,
                "--config",
                folder.resolve("out").toString(),
                "--json",
                review.toString());
        assertThat(reviewed.status()).isZero();
        terraform(stack, "workspace", "select", "default");
        String[] apply = {
            "apply",
            "--reviewed",
            review.toString(),
            "--stack",
            "shop=" + planFile,
            "--config",
            folder.resolve("out").toString()
        };

        CommandRun refused = CommandRun.of(apply);
        assertThat(refused.err())
                .isEqualTo(
                        "stack shop: the selected workspace is default; allowed: the reviewed workspace blue; fix: run"
                                + " `terraform -chdir=" + stack + " workspace select blue`, without TF_WORKSPACE in the"
                                + " environment\n1 problem\n");
        assertThat(refused.status()).isEqualTo(2);

        terraform(stack, "workspace", "select", "blue");
        CommandRun applied = CommandRun.of(apply);
        assertThat(applied.out()).contains("Apply complete! Resources: 1 added, 0 changed, 0 destroyed.");
        assertThat(applied.status()).isZero();

        CommandRun again = CommandRun.of(apply);
        assertThat(again.err())
                .startsWith("stack shop: a stale plan: the state has changed since " + planFile + " was created;");
        assertThat(again.out()).isEmpty();
    }

    private static String terraform(Path folder, String... arguments) {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.keySet().removeIf(name -> name.startsWith("TF_"));
        environment.put("CHECKPOINT_DISABLE", "1");
        List<String> line = new ArrayList<>(List.of("terraform"));
        line.addAll(List.of(arguments));
        Command ended = Command.run(folder, environment, line).expect(0);
        return ended.output().substring(Math.max(0, ended.output().indexOf("{\"format_version\"")));
    }

    private Command run(TerraformRunner terraform, List<String> arguments, String commit) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(path -> Path.of(path).toAbsolutePath().toString())
                        .collect(Collectors.joining(File.pathSeparator)),
                Main.class.getName()));
        line.addAll(arguments);
        line.addAll(List.of(
                "--commit", commit, "--markdown", folder.resolve("result.md").toString()));
        // outside of a checkout, where --commit says what is applied
        return Command.run(folder, terraform.environment(), line);
    }
}
