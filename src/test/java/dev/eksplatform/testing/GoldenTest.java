package dev.eksplatform.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenTest {

    @TempDir
    Path folder;

    @Test
    void theSameTextIsFine() throws IOException {
        Path golden = Files.writeString(folder.resolve("a.json"), "{\n  \"a\": 1\n}\n");

        Golden.check(golden, "{\n  \"a\": 1\n}\n", null, "true");

        assertThat(golden).hasContent("{\n  \"a\": 1\n}\n");
    }

    @Test
    void aDifferenceShowsItsLines() throws IOException {
        Path golden = Files.writeString(folder.resolve("a.json"), "{\n  \"a\": 1,\n  \"b\": 2\n}\n");

        assertThatThrownBy(() -> Golden.check(golden, "{\n  \"a\": 3,\n  \"b\": 2\n}\n", null, null))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(
                        golden.toString(),
                        "run with -Dgolden.update",
                        "Changed content at line 2",
                        "\"  \"a\": 1,\"",
                        "\"  \"a\": 3,\"");
    }

    @Test
    void aMissingFileSaysHowToWriteIt() {
        Path golden = folder.resolve("b.json");

        assertThatThrownBy(() -> Golden.check(golden, "{}", null, null))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        golden
                                + " does not exist: run the test with -Dgolden.update, read the file that it writes, and commit it");
        assertThat(golden).doesNotExist();
    }

    @Test
    void anUpdateRewrites() {
        Path golden = folder.resolve("new/c.json");

        Golden.check(golden, "{}", "", null);

        assertThat(golden).hasContent("{}");
    }

    @Test
    void anUpdateIsRefusedInCi() {
        Path golden = folder.resolve("d.json");

        assertThatThrownBy(() -> Golden.check(golden, "{}", "", "true"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dgolden.update in CI");
        assertThat(golden).doesNotExist();
    }
}
