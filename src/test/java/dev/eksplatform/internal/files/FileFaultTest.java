package dev.eksplatform.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileFaultTest {

    private static String in(Throwable thrown) {
        return FileFault.in(thrown).map(Object::toString).orElse("none");
    }

    @Test
    void theReasonIsThatOfTheOperatingSystem() {
        assertThat(FileFault.unwritable(Place.file("out"), new AccessDeniedException("/x/out")))
                .hasToString("out: cannot be written: Permission denied; fix: change its permissions, or"
                        + " name another place");
        assertThat(FileFault.unreadable(Place.file("in"), new FileSystemException("in", null, "Input/output error")))
                .hasToString("in: cannot be read: Input/output error; fix: check the disk, or name another" + " place");
    }

    @Test
    void anotherPlaceIsNamedAsTheCommandNamesIt() {
        IOException readOnly = new FileSystemException("/x/out", null, "Read-only file system");
        assertThat(FileFault.unwritable(Place.file("out"), readOnly, "name another with --output"))
                .hasToString(
                        "out: cannot be written: Read-only file system; fix: mount it writable, or name another with"
                                + " --output");
    }

    @Test
    void itIsFoundBehindOtherExceptions() {
        IOException full = new FileSystemException("/x/out", null, "No space left on device");
        assertThat(in(new IllegalStateException(new UncheckedIOException(full))))
                .startsWith("/x/out: cannot be read or written: No space left on device;")
                .endsWith("fix: free some space there, or name another place");
        assertThat(in(new UncheckedIOException(new IOException("No space left on device"))))
                .startsWith(
                        "a temporary file (TMPDIR names their folder) or an output: cannot be read or written: No space");
        assertThat(in(new InvalidPathException("gr??e", "Malformed input")))
                .startsWith("gr??e: not a path: Malformed input;");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENOSPC: no space left on device, write | No space left on device",
                "EROFS: read-only file system, mkdir '/x/out' | Read-only file system",
                "EACCES: permission denied, open '/x/out/a, b' | Permission denied",
            })
    void nodeSaysItInItsOwnWords(String message, String reason) {
        assertThat(in(new RuntimeException("Error: " + message + "\n    at Object.openSync (node:fs:573:18)")))
                .contains(": cannot be read or written: " + reason + "; ");
    }

    @Test
    void aDefectIsNone() {
        assertThat(in(new IllegalStateException("ENOENT: no such file or directory, open 'x'")))
                .isEqualTo("none");
        assertThat(in(new IOException("Stream closed"))).isEqualTo("none");
        assertThat(in(new NullPointerException())).isEqualTo("none");
    }
}
