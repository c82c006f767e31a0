package dev.eksplatform.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the build promises about its tests. */
class TestSourcesTest {

    private static final Pattern PROGRAMS = Pattern.compile("\\b(Moto|TerraformRunner|CdktfRunner|Playwright)\\b");
    private static final Pattern CONDITIONS = Pattern.compile(
            "\\b(Assumptions|assum(e|ing)(True|False|That)|TestAborted)|@(Disabled|EnabledIf|DisabledIf)");

    private static List<String> matching(Pattern pattern) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> pattern.matcher(read(file)).find())
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("TestSourcesTest.java"))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code mvn test} runs the classes named {@code *Test}, {@code mvn verify} also those named {@code *IT}. */
    @Test
    void aTestThatStartsTerraformMotoNpmOrABrowserIsNamedIT() throws IOException {
        assertThat(matching(PROGRAMS)).contains("MotoIT.java").noneMatch(name -> name.endsWith("Test.java"));
    }

    /**
     * With {@code CI=true} no test is skipped: only {@code RequiresPrograms} skips, which fails there. The reference data that {@code
     * FactTablesTest} compares with is not part of the project.
     */
    @Test
    void onlyOneRuleSkipsTests() throws IOException {
        assertThat(matching(CONDITIONS)).containsExactly("FactTablesTest.java");
    }
}
