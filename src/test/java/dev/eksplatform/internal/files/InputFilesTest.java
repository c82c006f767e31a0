package dev.eksplatform.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {

    @TempDir
    private Path folder;

    private List<String> problems(Path file) {
        return ProblemsOf.making(() -> InputFiles.text(file, 1 << 20)).stream()
                .map(problem -> problem.replace(folder + "/", ""))
                .toList();
    }

    @Test
    void aTextIsReadWithoutItsByteOrderMark() throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), "\uFEFFa: \u00e4\n");
        assertThat(InputFiles.text(file, 1 << 20)).isEqualTo("a: \u00e4\n");
    }

    @Test
    void aFileThatDoesNotExistHasTheNameThatWasMeant() throws IOException {
        assertThat(problems(folder.resolve("policy.json")))
                .containsExactly("policy.json: no such file; fix: check the path");
        Files.createFile(folder.resolve("policies.json"));
        assertThat(problems(folder.resolve("policy.json")))
                .containsExactly("policy.json: no such file; fix: did you mean policies.json?");
        assertThat(ProblemsOf.making(() -> InputFiles.check(folder.resolve("plan"), "run terraform plan")))
                .containsExactly(folder.resolve("plan") + ": no such file; fix: run terraform plan");
    }

    @Test
    void whatCannotBeReadIsReportedWithItsReason() throws IOException {
        assertThat(problems(Files.createDirectory(folder.resolve("stacks"))))
                .containsExactly("stacks: a folder; fix: name a file in it");
        assertThat(problems(Files.write(folder.resolve("large"), new byte[(1 << 20) + 1])))
                .containsExactly("large: a file of more than 1 MiB; fix: split it into several files");
        assertThat(problems(Files.write(
                        folder.resolve("latin"), "a: 1\nb: \u00e4\n".getBytes(StandardCharsets.ISO_8859_1))))
                .containsExactly("latin:2:4: bytes that are not UTF-8; fix: save the file as UTF-8");
    }
}
