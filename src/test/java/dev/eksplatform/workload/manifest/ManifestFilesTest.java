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
    private final Problems warnings = new Problems();

    @BeforeEach
    void files() throws IOException {
        for (String file : List.of("app/b.yaml", "app/a.yml", "app/README.md", "app/more/c.json", "top.yaml")) {
            Files.createDirectories(base.resolve(file).getParent());
            Files.writeString(base.resolve(file), "");
        }
    }

    private List<String> find(String... patterns) {
        return ManifestFiles.find(base, List.of(patterns), problems, warnings).stream()
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
                        "[0]: there is no file app/b.yml in BASE; fix: did you mean app/a.yml?",
                        "[1]: there is no file other.yaml in BASE; fix: create the file, or remove it here");
    }

    @Test
    void aPatternThatMatchesNothingIsAProblem() {
        assertThat(find("ap/*.yaml", "none/*.yaml")).isEmpty();
        assertThat(problems())
                .containsExactly(
                        "[0]: \"ap/*.yaml\" matches no file in BASE; fix: did you mean app/*.yaml?",
                        "[1]: \"none/*.yaml\" matches no file in BASE; fix:"
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

        Assertions.assertThatThrownBy(() -> ManifestSet.read(base, List.of("top.yaml"), "default"))
                .hasMessage(ManifestFiles.name(base)
                        + "/top.yaml:1:1: bytes that are not UTF-8; fix: save the file as UTF-8");
    }

    private List<String> warnings() {
        return warnings.found().stream().map(Object::toString).toList();
    }

    private void link(String link, String target) throws IOException {
        Files.createDirectories(base.resolve(link).getParent());
        Files.createSymbolicLink(base.resolve(link), Path.of(target));
    }

    @Test
    void twoStarsStandForAnyNumberOfFoldersAlsoNone() throws IOException {
        Files.writeString(base.resolve("app/more/d.yaml"), "");

        assertThat(find("app/**/*.yaml")).containsExactly("app/b.yaml", "app/more/d.yaml");
        assertThat(find("**/b.yaml", "./app//more/*.yaml")).containsExactly("app/b.yaml", "app/more/d.yaml");
        assertThat(find("**/*.yaml")).containsExactly("app/b.yaml", "app/more/d.yaml", "top.yaml");
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void linksAreFollowedOnceAndNotInCircles() throws IOException {
        link("linked", "app");
        link("app/more/up", "../..");
        link("one.yaml", "top.yaml");

        assertThat(find("linked/*.yaml", "linked/**/*.json")).containsExactly("linked/b.yaml", "linked/more/c.json");
        assertThat(find("*.yaml")).containsExactly("one.yaml");
        assertThat(find("app/**/*.yaml")).containsExactly("app/b.yaml");
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void aLinkToNothingIsAProblem() throws IOException {
        link("app/gone.yaml", "../nowhere.yaml");
        link("app/.#b.yaml", "someone@host.1");

        assertThat(find("app/*.yaml", "app/gone.yaml")).containsExactly("app/b.yaml");
        assertThat(problems())
                .containsExactly(
                        "[0]: app/gone.yaml is a link to a file that does not exist; fix: correct the link, or remove it",
                        "[1]: app/gone.yaml is a link to a file that does not exist; fix: correct the link, or remove it");
    }

    @Test
    void aFolderIsNamedWithThePatternToWrite() throws IOException {
        Files.createDirectories(base.resolve("empty"));

        assertThat(find("app", "app/more/", "empty")).isEmpty();
        assertThat(problems())
                .containsExactly(
                        "[0]: \"app\" is a folder; fix: write app/**/*.json, app/*.yaml, app/*.yml",
                        "[1]: \"app/more\" is a folder; fix: write app/more/*.json",
                        "[2]: \"empty\" is a folder; fix: name files: there is no YAML in it");
    }

    @Test
    void hiddenFilesAreReadAndOthersReportedWhenTheyHoldObjects() throws IOException {
        Files.writeString(base.resolve("app/.hidden.yaml"), "");
        Files.writeString(base.resolve("app/a.yml"), "# a\napiVersion: v1\n");
        Files.writeString(base.resolve("app/d.json"), "{\"apiVersion\": \"v1\"}");
        Files.writeString(base.resolve("app/dashboard.json"), "{\"panels\": []}");
        Files.writeString(base.resolve("app/E.YAML"), "apiVersion: v1\n");

        assertThat(find("app/*.yaml")).containsExactly("app/.hidden.yaml", "app/b.yaml");
        assertThat(warnings())
                .containsExactly(
                        "[0]: app/E.YAML is not read: \"app/*.yaml\" does not match it; fix: add app/E.YAML, or move "
                                + "the file elsewhere",
                        "[0]: app/a.yml is not read: \"app/*.yaml\" does not match it; fix: add app/*.yml, or move the "
                                + "file elsewhere",
                        "[0]: app/d.json is not read: \"app/*.yaml\" does not match it; fix: add app/*.json, or move "
                                + "the file elsewhere");
    }

    @Test
    void aPatternThatIsNoPathIsAProblem() {
        assertThat(find("app/\0.yaml", "app/\0*.yaml")).isEmpty();
        assertThat(problems()).hasSize(2).allMatch(problem -> problem.contains("is not a file below BASE"));
    }

    @Test
    void aByteOrderMarkBeginsAnyDocument() {
        assertThat(Read.all("\uFEFF" + Read.configMap("") + "---\n\uFEFF" + Read.configMap("  namespace: b\n"))
                        .inOrder())
                .hasSize(2);
    }
}
