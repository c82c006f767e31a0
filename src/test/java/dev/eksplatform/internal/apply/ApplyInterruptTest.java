package dev.eksplatform.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.plan.Plan;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Rendered;
import dev.eksplatform.internal.review.facts.Reviewer;
import dev.eksplatform.terraform.Command;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while a script in the place of terraform applies a plan. */
class ApplyInterruptTest {

    @TempDir
    Path folder;

    @Test
    void terraformIsInterruptedOnceAndWritesItsState() throws Exception {
        Path plan = Files.write(folder.resolve("plan.tfplan"), PlanFiles.recordedBytes("a-update"));
        Path stack = Files.createDirectories(folder.resolve("out/stacks/shop"));
        Files.writeString(stack.resolve("cdk.tf.json"), "{\"terraform\":{}}");
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        Path terraform = Files.writeString(folder.resolve("terraform"), """
                #!/bin/sh
                case "$1" in
                show) cat "$3" ;;
                apply)
                  trap 'echo interrupted >>%1$s/log' INT
                  touch %1$s/started
                  for i in $(seq 300); do [ ! -s %1$s/log ] || break; sleep 0.1; done
                  sleep 2
                  echo "state of $(cat "$4" | wc -c) bytes written" >>%1$s/log
                  exit 1
                  ;;
                esac
                """.formatted(folder));
        Files.setPosixFilePermissions(terraform, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(
                folder.resolve("review.json"),
                Rendered.json(Reviewer.review(List.of(StackEvidence.planned("shop", Plan.read(plan))), List.of())
                        .boundTo(Map.of("shop", ReviewBinding.of("shop", plan, Optional.empty(), stack, "abc")))));

        Command run = Command.run(
                folder,
                Map.of(
                        "PATH", System.getenv("PATH"),
                        "JAVA", ProcessHandle.current().info().command().orElse("java"),
                        "CLASSPATH", classPath(),
                        "TERRAFORM_BINARY_NAME", terraform.toString()),
                // a test that runs in the background inherits that interrupts are ignored
                List.of("env", "--default-signal=INT", "bash", "-c", """
                        set -m
                        "$JAVA" -Djava.io.tmpdir=tmp dev.eksplatform.internal.cli.Main apply --reviewed review.json \\
                          --stack shop=plan.tfplan --config out --commit abc &
                        job=$!
                        set +m
                        for ((i = 0; i < 6000; i++)); do
                          [[ ! -e started ]] || break
                          kill -0 $job 2>/dev/null || break
                          sleep 0.01
                        done
                        kill -INT -- -$job
                        wait $job 2>/dev/null
                        echo status $?
                        """));

        assertThat(run.output())
                .startsWith("Applying the reviewed plan of shop\n")
                .endsWith("status 130\n");
        assertThat(folder.resolve("log"))
                .content()
                .isEqualTo("interrupted\nstate of " + Files.size(plan) + " bytes written\n");
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.filter(path -> !path.endsWith("hsperfdata_root"))).isEmpty();
        }
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
