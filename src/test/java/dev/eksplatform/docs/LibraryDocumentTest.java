package dev.eksplatform.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The code in docs/library.md is that of the example, which is built and tested as a project of its own. */
class LibraryDocumentTest {

    private static final Path EXAMPLE = Path.of("examples/java-consumer");

    private static void assertContains(String file) throws IOException {
        assertThat(Files.readString(Path.of("docs/library.md")))
                .contains("```java\n" + Files.readString(EXAMPLE.resolve(file)) + "```\n");
    }

    @Test
    void theProgramIsTheExample() throws IOException {
        assertContains("src/main/java/com/example/shop/ShopPlatform.java");
    }

    @Test
    void theTestIsTheExamples() throws IOException {
        assertContains("src/test/java/com/example/shop/ShopPlatformTest.java");
    }

    @Test
    void theDependencyIsTheProjectsOwn() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String coordinates = pom.substring(pom.indexOf("<groupId>"), pom.indexOf("<packaging>"))
                .strip()
                .replace("\n  ", "\n");
        assertThat(Files.readString(Path.of("docs/library.md")).replace("\n  <", "\n<"))
                .contains("<dependency>\n" + coordinates.replace("\n  <", "\n<") + "\n</dependency>");
    }
}
