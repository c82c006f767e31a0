package dev.eksplatform.internal.cli;

import dev.eksplatform.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Environment files that once failed in the wrong way, each in a folder with the files that it names. {@code X.yaml} is
 * synthesized, and {@code X.txt} beside it is what the user sees.
 */
class SynthCasesTest {

    private static final Path RESOURCES = Path.of("src/test/resources");

    @TempDir
    private Path output;

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        return files().stream()
                .map(file -> DynamicTest.dynamicTest(
                        RESOURCES.resolve("cases/synth").relativize(file).toString(), () -> check(file)));
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES.resolve("cases/synth"), 2)) {
            return files.filter(file -> file.toString().endsWith(".yaml") && Files.isRegularFile(file))
                    .filter(file -> file.getNameCount() == RESOURCES.getNameCount() + 4)
                    .sorted()
                    .toList();
        }
    }

    private void check(Path file) {
        Path parent = Objects.requireNonNull(file.getParent());
        Path folder = output.resolve(parent.getFileName() + "-" + file.getFileName());
        CommandRun run = CommandRun.of("synth", file.toString(), "--output", folder.toString());
        String seen = "status " + run.status() + "\n" + run.out() + run.err();
        Golden.check(
                RESOURCES
                        .relativize(file.resolveSibling(
                                file.getFileName().toString().replaceFirst("\\.yaml$", ".txt")))
                        .toString(),
                seen.replace(folder.toString(), "OUTPUT").replace(parent + "/", ""));
    }
}
