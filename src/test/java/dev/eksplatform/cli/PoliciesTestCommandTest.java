package dev.eksplatform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoliciesTestCommandTest {

    @TempDir
    Path folder;

    @Test
    void theShippedRulesPass() {
        CommandRun run = CommandRun.of("policies", "test");
        assertThat(run.out().lines().reduce("", (a, b) -> b)).matches("[0-9]+ rules, [0-9]+ tests, all passed");
        assertThat(run.out()).contains("ok   cluster-kept: ").doesNotContain("FAIL");
        assertThat(run.status()).isZero();
    }

    @Test
    void aFailingTestIsALineAndStatusOne() throws Exception {
        Files.writeString(folder.resolve("never.yaml"), """
                id: never
                title: Never
                why: A test.
                severity: low
                applies: {types: [aws_vpc], when: configuration}
                expression: "false"
                fix: None.
                tests:
                  - name: any
                    expect: pass
                    resource: {name: v, values: {}}
                """);
        CommandRun run = CommandRun.of("policies", "test", "--policies", folder.toString());
        assertThat(run.out())
                .contains("FAIL never: any: expected pass, got fail\n")
                .contains("FAIL never: tests cover the verdicts: no test expects fail\n")
                .endsWith(" tests, 2 failed\n");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void aBadRuleFileEndsWithTwo() throws Exception {
        Path file = Files.writeString(folder.resolve("x.yaml"), "id: x\n");
        CommandRun run = CommandRun.of("policies", "test", "--policies", folder.toString());
        assertThat(run.err()).contains(file.toString());
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(2);
    }
}
