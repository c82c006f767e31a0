package dev.eksplatform.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares with an approved text under {@code src/test/golden}; {@code -Dgolden.update=true} approves the new one. */
final class Golden {

    private static final Path FOLDER = Path.of("src/test/golden");

    private Golden() {}

    static void assertSame(String name, String text) throws IOException {
        Path file = FOLDER.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }
}
