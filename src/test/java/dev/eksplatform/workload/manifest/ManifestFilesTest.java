package dev.eksplatform.workload.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFilesTest {

    @TempDir
    Path base;

    private final Problems problems = new Problems();

    @BeforeEach
    void files() throws IOException {
        for (String file : List.of("app/b.yaml", "app/a.yml", "app/README.md", "app/more/c.json", "top.yaml")) {
            Files.createDirectories(base.resolve(file).getParent());
            Files.writeString(base.resolve(file), "");
        }
    }

    private List<String> find(String... patterns) {
        return ManifestFiles.find(base, List.of(patterns), problems).stream()
                .map(file -> ManifestFiles.name(base.relativize(file)))
                .toList();
    }

    private List<String> problems() {
        InvalidInputException exception =
                Assertions.catchThrowableOfType(InvalidInputException.class, problems::throwIfAny);
        String folder = ManifestFiles.name(base);
        return exception.problems().stream()
                .map(problem -> problem.toString().replace(folder, "BASE"))
                .toList();
    }

    @Test
    void aPatternFindsFilesByName() {
        assertThat(find("app/*")).containsExactly("app/a.yml", "app/b.yaml");
        assertThat(find("app/**")).containsExactly("app/a.yml", "app/b.yaml", "app/more/c.json");
        assertThat(find("app/{b,c}.yaml", "t?p.yaml")).containsExactly("app/b.yaml", "top.yaml");
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void eachFileIsReadOnce() {
        assertThat(find("top.yaml", "*.yaml", "app/b.yaml", "app/*.yaml")).containsExactly("top.yaml", "app/b.yaml");
    }

    @Test
    void aMissingFileIsAProblemWithTheNearestName() {
        assertThat(find("app/b.yml", "other.yaml")).isEmpty();
        assertThat(problems())
                .containsExactly(
                        "[0]: there is no file app/b.yml in BASE; allowed: files that exist, relative to BASE; fix: did you"
                                + " mean app/a.yml?",
                        "[1]: there is no file other.yaml in BASE; allowed: files that exist, relative to BASE; fix: create"
                                + " the file, or remove it here");
    }

    @Test
    void aPatternThatMatchesNothingIsAProblem() {
        assertThat(find("ap/*.yaml", "none/*.yaml")).isEmpty();
        assertThat(problems())
                .containsExactly(
                        "[0]: \"ap/*.yaml\" matches no file in BASE; allowed: files that exist, relative to BASE; fix: did"
                                + " you mean app/*.yaml?",
                        "[1]: \"none/*.yaml\" matches no file in BASE; allowed: files that exist, relative to BASE; fix:"
                                + " create a file that it matches, or remove the pattern");
    }

    @Test
    void aPatternStaysBelowItsFolder() {
        assertThat(find("../*.yaml", "/etc/*.yaml", "[")).isEmpty();
        assertThat(problems())
                .containsExactly(
                        "[0]: \"../*.yaml\" is not a file below BASE; allowed: a file or a glob pattern relative to BASE,"
                                + " without ..; fix: move the file below BASE and name it like sample-app/*.yaml",
                        "[1]: \"/etc/*.yaml\" is not a file below BASE; allowed: a file or a glob pattern relative to BASE,"
                                + " without ..; fix: move the file below BASE and name it like sample-app/*.yaml",
                        "[2]: \"[\" is not a glob pattern; allowed: a file or a glob pattern with *, ?, **,"
                                + " [ab] or {a,b}; fix: write it like sample-app/*.yaml");
    }

    @Test
    void aFileThatIsNotUtf8IsAProblem() throws IOException {
        Files.write(base.resolve("top.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0x61});

        Assertions.assertThatThrownBy(() -> Manifests.read(base, List.of("top.yaml"), "default"))
                .hasMessage(ManifestFiles.name(base)
                        + "/top.yaml: this is not UTF-8 text; allowed: YAML in UTF-8; fix: save the file as UTF-8");
    }
}
