package dev.eksplatform.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Files that hold what is expected, whole; {@code -Dgolden.update} rewrites them. They are reviewed like code. */
public final class Golden {

    static final String UPDATE = "golden.update";

    private static final Path FOLDER = Path.of("src/test/resources");

    private Golden() {}

    /** Compares a text with a file below {@code src/test/resources}. */
    public static void check(String file, String actual) {
        check(FOLDER.resolve(file), actual);
    }

    /** Compares a text with a file of the project, such as a page of its documentation that follows from the code. */
    public static void check(Path file, String actual) {
        check(file, actual, System.getProperty(UPDATE), System.getenv("CI"));
    }

    static void check(Path golden, String actual, @Nullable String update, @Nullable String ci) {
        try {
            if (update != null) {
                assertThat(ci)
                        .as("-D%s in CI: golden files are rewritten by a person, who reviews them", UPDATE)
                        .isNull();
                Files.createDirectories(golden.toAbsolutePath().getParent());
                Files.writeString(golden, actual);
                return;
            }
            if (!Files.exists(golden)) {
                fail(
                        "%s does not exist: run the test with -D%s, read the file that it writes, and commit it",
                        golden, UPDATE);
            }
            Path found = Files.createTempFile("found-", ".txt");
            try {
                Files.writeString(found, actual);
                assertThat(found)
                        .as("not as in %s; if the change is intended, run with -D%s and review it", golden, UPDATE)
                        .hasSameTextualContentAs(golden);
            } finally {
                Files.delete(found);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
