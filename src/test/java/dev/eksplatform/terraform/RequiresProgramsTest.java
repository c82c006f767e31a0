package dev.eksplatform.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.io.TempDir;

/** A test whose programs are missing is skipped on a workstation and fails in CI. */
class RequiresProgramsTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void installTerraform() throws IOException {
        Files.createFile(
                folder.resolve("terraform"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    @Test
    void runsWhenEverythingIsThere() {
        assertThat(evaluate(true, "terraform").isDisabled()).isFalse();
    }

    @Test
    void isSkippedWithTheReasonOnAWorkstation() {
        ConditionEvaluationResult result = evaluate(false, "terraform", "python3", "npm");
        assertThat(result.isDisabled()).isTrue();
        assertThat(result.getReason()).contains("no python3, no npm on PATH");
    }

    @Test
    void failsInCi() {
        assertThatThrownBy(() -> evaluate(true, "terraform", "python3"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("MotoIT: no python3 on PATH. With CI=true that is a failure: install it.");
    }

    private ConditionEvaluationResult evaluate(boolean ci, String... programs) {
        return RequiresPrograms.Condition.evaluate("MotoIT", List.of(programs), folder.toString(), ci);
    }
}
