package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.environment.Environment;
import dev.eksplatform.testing.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every environment of {@code stacks/} is synthesized to what its golden files say. The logical ids in them are API: one
 * that changes replaces somebody's resource.
 */
class EnvironmentGoldenTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}");

    @TempDir
    Path output;

    static List<Path> environments() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("stacks"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private List<Synthesis.Written> synthesize(Path environment, String folder) {
        return Synthesis.write(List.of(Environment.read(environment)), output.resolve(folder))
                .written();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String folder(Path environment) {
        return environment.getFileName().toString().replace(".yaml", "");
    }

    @ParameterizedTest
    @MethodSource("environments")
    void isSynthesizedToItsGoldenFiles(Path environment) throws IOException {
        TreeSet<String> expected = new TreeSet<>();
        for (Synthesis.Written stack : synthesize(environment, "once")) {
            Golden.check("golden/" + folder(environment) + "/" + stack.stack() + ".json", read(stack.file()));
            expected.add(stack.stack() + ".json");
        }
        try (Stream<Path> files = Files.list(GOLDEN.resolve(folder(environment)))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("golden files of stacks that are no longer made")
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("environments")
    void givesTheSameBytesTwice(Path environment) {
        List<Synthesis.Written> first = synthesize(environment, "first");
        List<Synthesis.Written> second = synthesize(environment, "second");

        assertThat(second).hasSameSizeAs(first);
        for (int i = 0; i < first.size(); i++) {
            assertThat(second.get(i).file()).hasSameBinaryContentAs(first.get(i).file());
            assertThat(second.get(i).file().resolveSibling("sources.json"))
                    .hasSameBinaryContentAs(first.get(i).file().resolveSibling("sources.json"));
        }
        assertThat(output.resolve("second/manifest.json"))
                .hasSameBinaryContentAs(output.resolve("first/manifest.json"));
    }

    @ParameterizedTest
    @MethodSource("environments")
    void holdsNothingOfTheMachineTheTimeOrCdktf(Path environment) throws IOException {
        synthesize(environment, "one");
        List<Path> written;
        try (Stream<Path> files = Files.walk(output)) {
            written = files.filter(Files::isRegularFile).toList();
        }

        assertThat(written).hasSizeGreaterThan(1);
        for (Path file : written) {
            assertThat(read(file))
                    .as(file.toString())
                    .doesNotContain(Path.of("").toAbsolutePath().toString())
                    .doesNotContain(output.toString(), output.toRealPath().toString())
                    .doesNotContain(System.getProperty("user.home") + "/")
                    .doesNotContainIgnoringCase("tftoken[")
                    .doesNotContain("E298", "-2147483648")
                    .doesNotContain("stackTrace")
                    .doesNotContainPattern(TIME);
        }
    }

    @Test
    void everyGoldenFolderBelongsToAnEnvironment() throws IOException {
        try (Stream<Path> folders = Files.list(GOLDEN)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .isSubsetOf(environments().stream()
                            .map(EnvironmentGoldenTest::folder)
                            .toList());
        }
    }
}
