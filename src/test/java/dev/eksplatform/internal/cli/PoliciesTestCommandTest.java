package dev.eksplatform.internal.cli;

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
        assertThat(run.out()).matches("[0-9]+ rules, [0-9]+ tests, all passed\n");
        assertThat(run.status()).isZero();
    }

    @Test
    void theyAreListedOnDemand() {
        CommandRun run = CommandRun.of("policies", "test", "-v");
        assertThat(run.out())
                .contains("ok   cluster-kept: ")
                .doesNotContain("FAIL")
                .endsWith(", all passed\n");
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
    void failuresComeAgainAtTheEndOfAList() throws Exception {
        aFailingTestIsALineAndStatusOne();
        String out = CommandRun.of("policies", "test", "--verbose", "--policies", folder.toString())
                .out();
        assertThat(out.split("FAIL never: any: expected pass, got fail\n", -1)).hasSize(3);
        assertThat(out.lines()
                        .toList()
                        .subList(
                                (int) out.lines().count() - 3, (int) out.lines().count() - 1))
                .allMatch(line -> line.startsWith("FAIL "));
    }

    @Test
    void aFolderWithoutRulesIsAnError() {
        CommandRun run = CommandRun.of("policies", "test", "--policies", folder.toString());
        assertThat(run.err())
                .isEqualTo("--policies " + folder
                        + ": a folder without rule files; fix: name another folder, or leave it" + " out\n1 problem\n");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void filesThatEndInYmlAndLinkedFoldersAreRead() throws Exception {
        Path real = Files.createDirectory(folder.resolve("real"));
        Files.writeString(real.resolve("odd.yml"), "id: odd\n");
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        CommandRun run = CommandRun.of("policies", "test", "--policies", link.toString());
        assertThat(run.err()).contains(link.resolve("odd.yml") + ":1:1 title: required key \"title\" is missing;");
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
