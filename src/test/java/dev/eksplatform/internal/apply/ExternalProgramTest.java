package dev.eksplatform.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalProgramTest {

    @TempDir
    Path folder;

    @Test
    void runsInItsFolder() throws Exception {
        assertThat(saidBy(folder)).isEqualTo(folder.toRealPath() + "\n");
    }

    @Test
    void theEmptyPathIsTheWorkingFolder() throws Exception {
        assertThat(saidBy(Path.of(""))).isEqualTo(Path.of("").toRealPath() + "\n");
    }

    private static String saidBy(Path folder) {
        return new ExternalProgram("pwd", folder)
                .run(new PrintWriter(new StringWriter()), List.of("-P"))
                .said();
    }
}
