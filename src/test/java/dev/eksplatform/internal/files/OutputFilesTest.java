package dev.eksplatform.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eksplatform.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OutputFilesTest {

    @TempDir
    private Path folder;

    @Test
    void filesAreMadeWithTheirFoldersAndReadableAsOthersAre() throws IOException {
        Path file = folder.resolve("new/a.json");
        Path other = Files.createFile(folder.resolve("other"));
        OutputFiles.write(Map.of(file, text("text")));
        assertThat(file).hasContent("text");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
        assertThat(names(folder.resolve("new"))).containsExactly("a.json");
    }

    @Test
    void noneIsChangedWhenOneCannotBe() throws IOException {
        Path good = Files.writeString(folder.resolve("good"), "before");
        Path bad = Files.createDirectory(folder.resolve("bad"));
        assertThatThrownBy(() -> OutputFiles.write(Map.of(good, text("after"), bad, text("text"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(bad + ": cannot be written: Is a directory;" + " fix: name a file, or remove the folder");
        assertThat(good).hasContent("before");
        assertThat(names(folder)).containsExactly("bad", "good");
    }

    @Test
    void aLinkStaysOne() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
        OutputFiles.write(Map.of(link, text("text")));
        assertThat(link).isSymbolicLink();
        assertThat(folder.resolve("real")).hasContent("text");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDeviceIsWrittenTo() {
        OutputFiles.write(Map.of(Path.of("/dev/null"), text("text")));
        assertThat(Path.of("/dev/null")).exists();
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
        assertThatThrownBy(() -> OutputFiles.write(Map.of(Path.of("/dev/full"), text("text"))))
                .hasMessageContaining("/dev/full: cannot be written: No space left on device;");
    }

    private static Stream<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    private static OutputFiles.Content text(String text) {
        return out -> out.write(text);
    }
}
